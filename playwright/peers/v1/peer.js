// A viewer of p2p-media-loader 0.x, as far as others can tell: it plays a rendition in a `<video>`, fetches from the
// origin what is due, takes from neighbours what they have of the next minutes, now and then fetches ahead what nobody
// has, and gives what it is asked for. What neighbours bring is worth what the publisher's list says of it, as in
// PeerTube. `?src=`: the multivariant playlist; `?tracker=`.
import { Neighbour } from './neighbour.js'
import { Tracker } from '/peers/scripted/tracker.js'
import { LOADED, LOADING, infoHash, peerId, swarmName } from './v1.js'

/** Segments from the playhead on that come from the origin if they are not here: the one shown and the next. */
const DUE = 2
/** Segments from there on that neighbours are asked for: PeerTube's priority 50. */
const AHEAD = 50
/** Of those, what nobody has is fetched from the origin with this probability each second; one at a time. */
const CHANCE = 0.06
/** Seconds ahead of the playhead that are given to the decoder. */
const BUFFERED = 30
/** Of offers in an announce. */
const OFFERS = 5

const given = new URLSearchParams(location.search)
const src = new URL(given.get('src'), location.origin).href
const score = { http: 0, httpBytes: 0, p2p: 0, p2pBytes: 0, given: 0, givenBytes: 0, refused: 0, interrupted: 0, cancels: 0, met: 0, errors: [] }

const video = document.querySelector('video')
const master = await text(src)
const codecs = /CODECS="([^"]+)"/.exec(master)[1]
const { init, first, segments } = await rendition(new URL(lines(master)[0], src))
const digests = await (await fetch(new URL('segments-sha256.json', src))).json()
const name = swarmName(src.split('?')[0], 0)

/** Segments that are here, on their way from the origin, and from a neighbour but not judged yet, by their numbers. */
const held = new Map()
const loading = new Set()
const judging = new Set()
/** What neighbours brought, to be looked at once more in the end. */
const brought = new Set()
/** @type {Set<Neighbour>} */
const neighbours = new Set()

const host = {
  score,
  segment: number => held.get(number),
  states: () => new Map([...[...held.keys()].map(number => [number, LOADED]), ...[...loading].map(number => [number, LOADING])]),
  changed: work,
  async took(number, bytes, neighbour) {
    judging.add(number)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const hex = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
    judging.delete(number)
    if (hex !== digests[segments[number - first].url.pathname.split('/').at(-1)]) {
      score.refused += 1
      neighbour.leave()
      return work()
    }
    score.p2p += 1
    score.p2pBytes += bytes.length
    brought.add(number)
    hold(number, bytes)
  },
}

globalThis.v1 = {
  video,
  score,
  /** Of what neighbours brought, how much is not what the origin has, byte for byte. */
  async unequal() {
    const found = await Promise.all([...brought].map(async number => {
      const [ours, theirs] = [held.get(number), await bytes(segments[number - first].url)]
      return ours.length !== theirs.length || ours.some((byte, i) => byte !== theirs[i])
    }))
    return found.filter(Boolean).length
  },
}
globalThis.witness.watch(() => video)

const buffer = await open(`video/mp4; codecs="${codecs}"`)
/** The next that the decoder is to have. */
let next = first
buffer.addEventListener('updateend', feed)
buffer.appendBuffer(await bytes(init))
setInterval(feed, 250)
setInterval(ahead, 1000)
new Tracker(given.get('tracker'), await infoHash(name), peerId(), meet, { offers: OFFERS }).begin()
video.play()
work()

function meet(channel) {
  const neighbour = new Neighbour(channel, name, host)
  const opened = () => {
    score.met += 1
    neighbours.add(neighbour)
    neighbour.tell()
  }
  if (channel.readyState === 'open') opened()
  else channel.addEventListener('open', opened)
  channel.addEventListener('close', () => {
    neighbours.delete(neighbour)
    work()
  })
}

/** Asks the origin for what is due, and neighbours for the rest. */
function work() {
  const at = playhead()
  for (const number of lacking(at, at + DUE)) if (!isComing(number)) load(number)
  for (const neighbour of neighbours) {
    if (neighbour.wanted !== undefined) continue
    const wanted = lacking(at, at + AHEAD).find(number => neighbour.has(number) && !isComing(number))
    if (wanted !== undefined) neighbour.ask(wanted)
  }
}

/** From the origin, what nobody has and nobody fetches. */
function ahead() {
  work()
  if (neighbours.size === 0 || loading.size > 0) return
  const at = playhead()
  const free = lacking(at, at + AHEAD).filter(number => !isComing(number) && ![...neighbours].some(one => one.has(number) || one.fetches(number)))
  const drawn = free.find(() => Math.random() < CHANCE)
  if (drawn !== undefined) load(drawn)
}

async function load(number) {
  loading.add(number)
  tellAll()
  const body = await bytes(segments[number - first].url)
  loading.delete(number)
  score.http += 1
  score.httpBytes += body.length
  hold(number, body)
}

function hold(number, body) {
  held.set(number, body)
  tellAll()
  feed()
  work()
}

function tellAll() {
  for (const neighbour of neighbours) neighbour.tell()
}

function feed() {
  const { buffered, currentTime } = video
  const end = buffered.length > 0 ? buffered.end(buffered.length - 1) : 0
  const body = held.get(next)
  if (!body || buffer.updating || end - currentTime > BUFFERED) return
  next += 1
  buffer.appendBuffer(body)
}

/** The number of the segment that is shown. */
function playhead() {
  const { currentTime } = video
  const at = segments.findIndex(({ end }) => end > currentTime)
  return first + (at < 0 ? segments.length : at)
}

function lacking(from, to) {
  const all = Array.from({ length: Math.max(0, Math.min(to, first + segments.length) - from) }, (_, i) => from + i)
  return all.filter(number => !held.has(number))
}

function isComing(number) {
  return loading.has(number) || judging.has(number) || [...neighbours].some(({ wanted }) => wanted === number)
}

async function open(type) {
  const source = new MediaSource()
  video.src = URL.createObjectURL(source)
  await new Promise(resolve => source.addEventListener('sourceopen', resolve, { once: true }))
  return source.addSourceBuffer(type)
}

/** As our own origin writes them: a file for each segment (`server/long.mjs`). */
async function rendition(url) {
  const playlist = await text(url)
  const durations = [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, duration]) => Number(duration))
  let end = 0
  return {
    init: new URL(/#EXT-X-MAP:URI="([^"]+)"/.exec(playlist)[1], url),
    first: Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(playlist)?.[1] ?? 0),
    segments: lines(playlist).map((uri, i) => ({ url: new URL(uri, url), end: end += durations[i] })),
  }
}

function lines(playlist) {
  return playlist.split('\n').filter(line => line && !line.startsWith('#'))
}

async function text(url) {
  return (await fetch(url)).text()
}

async function bytes(url) {
  return new Uint8Array(await (await fetch(url)).arrayBuffer())
}
