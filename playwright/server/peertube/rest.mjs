// `/api/v1`: what a player asks of an instance, answered as it was recorded (`samples.mjs`), or in that shape.
import { invalid, json, notFound, nothing, problem } from './answers.mjs'
import { beside, isId } from './catalog.mjs'
import * as lies from './lies.mjs'
import * as newer from './newer.mjs'
import { elements, summary } from './playlists.mjs'
import * as plugins from './plugins.mjs'
import { recorded, sample, wire } from './samples.mjs'
import { search } from './search.mjs'
import { since } from './switches.mjs'

const BAD_ID = { location: 'params', name: 'id', message: 'Should have a valid video id (id, short UUID or UUID)', operation: 'getVideo' }
const MOST_ELEMENTS = 100

/** Routes in order: method, path, what answers. `:id` is tried against the catalogue by those that ask for it. */
const ROUTES = [
  ['GET', /^config$/, config],
  ['GET', /^videos$/, ({ origin }) => json(sample('videos-list.json', origin))],
  ['GET', /^search\/videos$/, search],
  ['GET', /^videos\/live\/([^/]+)$/, live],
  ['GET', /^videos\/([^/]+)$/, visible(({ instance, entry }) => json(instance.tell(entry)))],
  ['GET', /^videos\/([^/]+)\/captions$/, visible(captions)],
  ['GET', /^videos\/([^/]+)\/chapters$/, visible(chapters)],
  ['GET', /^videos\/([^/]+)\/storyboards$/, visible(storyboards)],
  ['GET', /^videos\/([^/]+)\/description$/, visible(({ instance, entry }) => json({ description: instance.tell(entry).description }))],
  ['GET', /^videos\/([^/]+)\/source$/, source],
  ['GET', /^videos\/([^/]+)\/metadata\/\d+$/, visible(metadata)],
  ['GET', /^videos\/([^/]+)\/embed-privacy\/allowed$/, visible(allowed)],
  ['POST', /^videos\/([^/]+)\/token$/, visible(({ instance, entry }) => instance.access.issue(entry))],
  ['POST', /^videos\/([^/]+)\/views$/, views],
  ['GET', /^player-settings\/videos\/([^/]+)$/, visible(({ instance }) => since(instance.switches, 8) ? json({ theme: 'galaxy' }) : notFound('Not found', null))],
  ['POST', /^metrics\/playback$/, metrics],
  ['POST', /^server\/logs\/client$/, ({ instance, body }) => heard(instance.heard.errors, body)],
  ['GET', /^plugins\/([^/]+)\/public-settings$/, ({ instance, id }) => plugins.settings(instance, id)],
  ['GET', /^video-playlists$/, ({ origin }) => json(sample('playlist/list-all.json', origin))],
  ['GET', /^video-playlists\/privacies$/, () => json(wire('playlist/privacies.json'))],
  ['GET', /^video-playlists\/([^/]+)$/, playlist],
  ['GET', /^video-playlists\/([^/]+)\/videos$/, playlistVideos],
]

/** @returns {import('./answers.mjs').Answer} */
export function rest(instance, { method, path, url, query, headers, body }) {
  const asked = { instance, origin: instance.origin, url, query, headers, body }
  for (const [of, pattern, answer] of ROUTES) {
    const match = of === (method === 'HEAD' ? 'GET' : method) && pattern.exec(path)
    if (match) return answer({ ...asked, id: match[1] })
  }
  return notFound('Not found', null)
}

/** For videos that exist, and may be seen by who asks. */
function visible(answer) {
  return asked => {
    const { instance, id, url, headers } = asked
    if (!isId(id)) return invalid(url, { ...BAD_ID, value: id })
    const entry = instance.catalog.video(id)
    if (!entry) return notFound()
    const video = instance.tell(entry)
    // Nobody but moderators is told of it.
    if (video.blacklisted) return notFound()
    return instance.access.refusal(video, headers) ?? answer({ ...asked, entry, video })
  }
}

function config({ instance, origin }) {
  const told = newer.config(sample('config.json', origin), instance.switches)
  told.openTelemetry.metrics.enabled = instance.switches.metrics
  told.tracker.enabled = instance.switches.tracker !== 'none'
  told.defaults.p2p.webapp.enabled = told.defaults.p2p.embed.enabled = instance.switches.p2p
  told.instance.defaultNSFWPolicy = instance.switches.nsfw
  told.plugin.registered = plugins.registered(instance)
  if (instance.switches.lies === 'html') told.instance.name = lies.MARKUP
  return json(told)
}

/** A broadcast; once it has become a video it is none any more. */
function live({ instance, origin, id }) {
  const entry = instance.catalog.video(id)
  const broadcast = entry && instance.broadcast(entry)
  if (!broadcast || broadcast.replayed) return problem(wire('live-once-replay/live-anonymous.json'))
  const told = beside(entry, instance.catalog.videos, origin, 'live-anonymous.json')
  if (entry.latencyMode) told.latencyMode = entry.latencyMode
  return json(told)
}

function captions({ instance, origin, entry }) {
  const told = beside(entry, instance.catalog.videos, origin, 'captions.json') ?? { total: 0, data: [] }
  return json(newer.captions(lies.captions(told, instance.switches), instance.switches, origin))
}

function chapters({ instance, origin, entry }) {
  const told = beside(entry, instance.catalog.videos, origin, 'chapters.json') ?? { chapters: [] }
  return json(lies.chapters(told, instance.switches))
}

function storyboards({ instance, origin, entry }) {
  const told = beside(entry, instance.catalog.videos, origin, 'storyboards.json') ?? { storyboards: [] }
  return json(newer.storyboards(told, instance.switches, origin))
}

function source({ instance, headers, id }) {
  const entry = instance.catalog.video(id)
  if (!entry) return notFound('Video not found', 'getVideoSource')
  // Its owner's affair.
  if (headers.authorization !== `Bearer ${instance.switches.bearer}`) return problem(wire('vod-muxed-60s/source.json'))
  return json(wire('private/source.json'))
}

function metadata({ instance, entry, origin }) {
  const told = beside(entry, instance.catalog.videos, origin, 'file-metadata.json')
  return told ? json(told) : notFound('Video file not found', null)
}

function allowed({ instance, query }) {
  const { domains } = instance.switches
  if (!since(instance.switches, 8, 1)) return notFound('Not found', null)
  return json({ domainAllowed: domains.length === 0 || domains.includes(query.get('domain')), userBypassAllowed: false })
}

function views({ instance, id, url, headers, body }) {
  if (!isId(id)) return invalid(url, { ...BAD_ID, value: id, operation: 'addView' })
  const entry = instance.catalog.video(id)
  if (!entry) return notFound('Video not found', 'addView')
  const video = instance.tell(entry)
  const view = parsed(body)
  const { currentTime } = view ?? {}
  if (!Number.isInteger(currentTime) || currentTime < 0 || !video.isLive && currentTime > video.duration) {
    const told = JSON.parse(wire('views/bad.json'))
    const of = JSON.parse(wire('vod-muxed-60s/video.json'))
    return problem(JSON.stringify(told)
      .replaceAll('time -1 is', `time ${currentTime} is`)
      .replaceAll(of.uuid, video.uuid)
      .replaceAll(`duration: ${of.duration}`, `duration: ${video.duration}`))
  }
  return heard(instance.heard.views, body, { video: video.uuid, type: headers['content-type'] })
}

function metrics({ instance, body, headers }) {
  return heard(instance.heard.metrics, body, { type: headers['content-type'] })
}

/** Kept as it came, for a test to compare; the oldest make room. */
function heard(list, text, more) {
  list.push({ at: Date.now(), text, body: parsed(text), ...more })
  if (list.length > 1000) list.shift()
  return nothing()
}

function playlist({ instance, origin, id }) {
  const entry = instance.catalog.playlist(id)
  if (!entry) return notFound('Video playlist not found', null)
  return json(summary(entry, instance, origin))
}

function playlistVideos({ instance, origin, id, url, query }) {
  const entry = instance.catalog.playlist(id)
  if (!entry) return notFound('Video playlist not found', null)
  const [start, count] = ['start', 'count'].map(name => query.get(name))
  for (const [name, value, most] of [['start', start, Infinity], ['count', count, MOST_ELEMENTS]]) {
    if (value === null || /^\d+$/.test(value) && Number(value) <= most) continue
    return invalid(url, { location: 'query', name, value, message: `Should have a number ${name}${most < Infinity ? ` (max: ${most})` : ''}` })
  }
  return json(elements(entry, instance, origin, Number(start ?? 0), Number(count ?? 15)))
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The recorded WebVTT, for the catalogue's captions. */
export function webvtt() {
  return recorded('vod-muxed-60s/caption-en.vtt')
}
