// A PeerTube instance, as far as a player can tell: the recorded answers of one (tests/fixtures/peertube) with this
// origin's address in them, and our own clips in its files. A test double: that a player works with it shows nothing but
// that it works with what was recorded and with the shapes that were made after it. `peertube/` has a file for each
// concern; this is their door.
import { setTimeout as sleep } from 'node:timers/promises'
import { Access } from './peertube/access.mjs'
import * as activitypub from './peertube/activitypub.mjs'
import { API_HEAD, HEAD, nothing, text } from './peertube/answers.mjs'
import { Broadcast, PUBLISHED } from './peertube/broadcast.mjs'
import { catalog, told } from './peertube/catalog.mjs'
import { files } from './peertube/files.mjs'
import { published } from './peertube/infohash.mjs'
import * as lies from './peertube/lies.mjs'
import { Limiter } from './peertube/limiter.mjs'
import { vod } from './peertube/media.mjs'
import * as newer from './peertube/newer.mjs'
import { oembed } from './peertube/oembed.mjs'
import { pages } from './peertube/pages.mjs'
import { clientScript } from './peertube/plugins.mjs'
import { rest } from './peertube/rest.mjs'
import { recorded, sample } from './peertube/samples.mjs'
import { Sockets } from './peertube/sockets.mjs'
import { switchesOf } from './peertube/switches.mjs'
import { InstanceTracker, addressOf } from './peertube/tracker.mjs'

const MOST_BODY = 64 * 1024
const ACTIVITYPUB_RATE = { calls: 500, seconds: 10 }
/** A port at which nothing listens. */
const ELSEWHERE = 9
/** Another name for where we are: whoever goes by names takes it for another host. */
const ANOTHER = 'localhost'

export class Instance {
  /** May be changed at any time. @type {import('./peertube/switches.mjs').Switches} */
  switches
  /** What came in, in order: `{ at, text, body, … }` each. */
  heard = { views: [], metrics: [], errors: [] }
  limiter
  /** The permanent live, the one that becomes a video, and one of small latency. @type {Record<string, Broadcast>} */
  lives
  sockets = new Sockets()
  #objects
  #clip
  #site
  #media = new Map()

  /**
   * @param {object} how
   * @param {Partial<import('./peertube/switches.mjs').Switches>} how.switches
   * @param {(name: string) => import('./clip.mjs').Clip} how.clip
   * @param {string} how.site         the folder of the built pages
   * @param {number} how.interval     of the tracker, in seconds
   * @param {() => number} [how.clock]   milliseconds; a test may pass its own
   */
  constructor({ switches, clip, site, interval, clock = Date.now }) {
    this.switches = switchesOf(switches)
    this.access = new Access(this.switches)
    this.limiter = new Limiter(clock)
    this.#objects = new Limiter(clock)
    this.#clip = clip
    this.#site = site
    this.tracker = new InstanceTracker({ interval, clock, knows: infoHash => !this.switches.privateTracker || this.#known().has(infoHash) })
    const live = permanent => new Broadcast(clip('vod'), { permanent, clock })
    this.lives = { live: live(true), once: live(false), small: live(true) }
  }

  /** Where it is, once that is known. @param {string} origin   without a slash at the end */
  open(origin) {
    this.origin = origin
    this.catalog = catalog(origin)
    for (const [key, broadcast] of Object.entries(this.lives)) {
      const { id } = this.catalog.videos.get(key)
      broadcast.listen((event, detail) => this.switches.sockets && this.sockets.tell(id, event, detail))
      broadcast.publish()
    }
  }

  /** The watch address of a video or playlist, by its name in `peertube/catalog.mjs`. */
  watch(key) {
    const video = this.catalog.videos.get(key)
    return video ? `${this.origin}/w/${video.shortUUID}` : `${this.origin}/w/p/${this.catalog.playlists.get(key).shortUUID}`
  }

  embed(key) {
    const video = this.catalog.videos.get(key)
    return video ? `${this.origin}/videos/embed/${video.uuid}` : `${this.origin}/video-playlists/embed/${this.catalog.playlists.get(key).uuid}`
  }

  /** The broadcast behind a video, if it is a live. */
  broadcast({ key }) {
    return this.lives[key]
  }

  /** What the API tells of a video now. */
  tell(entry) {
    const { origin, switches } = this
    const video = this.#state(entry, told(entry, this.catalog.videos, origin, this.#folder(entry)))
    if (switches.tracker === 'none') video.trackerUrls = []
    if (switches.tracker === 'another') video.trackerUrls = video.trackerUrls.map(url => url.replace('127.0.0.1', ANOTHER))
    if (switches.tracker === 'elsewhere') video.trackerUrls = video.trackerUrls.map(url => url.replace(/:\d+\//, `:${ELSEWHERE}/`))
    for (const playlist of video.streamingPlaylists) {
      if (!switches.digests) playlist.segmentsSha256Url = null
      const copies = switches.copies.length ? switches.copies.map(name => `/${name}`) : ['']
      if (entry.redundancy) playlist.redundancies = copies.map(copy => ({ baseUrl: `${origin}/static/redundancy/hls/${entry.uuid}${copy}` }))
    }
    return newer.video(lies.video(entry.key === 'remote' ? this.#remote(video) : video, switches), switches, origin)
  }

  /** A video's files; made when they are first asked for, and the same for all that differ by name alone. */
  media(entry) {
    if (!entry.media) return undefined
    const video = told(entry, this.catalog.videos, this.origin, this.broadcast(entry) ? entry.replay : entry.folder)
    const [playlist] = video.streamingPlaylists
    // A video may say that it has none; another, which it was made from, has.
    const source = playlist ? video : told(this.catalog.videos.get(entry.of), this.catalog.videos, this.origin)
    const key = JSON.stringify([entry.media, source.streamingPlaylists[0].files.map(({ id }) => id)])
    if (!this.#media.has(key)) this.#media.set(key, vod(this.#clip(entry.media.clip), source, entry.media))
    return this.#media.get(key)
  }

  /** The info hashes that the tracker knows of a video. */
  infoHashes(entry, generation = this.switches.generation) {
    const [playlist] = this.tell(entry).streamingPlaylists
    if (!playlist) return []
    const broadcast = this.broadcast(entry)
    const { main, audio } = broadcast && !broadcast.replayed ? broadcast : this.media(entry)
    return published(generation, { playlistUrl: playlist.playlistUrl, uuid: entry.uuid, main, audio, files: playlist.files.length })
  }

  /** Those that it publishes. */
  listed(entry) {
    const generation = this.switches.listed ?? this.switches.generation
    return generation === 'none' ? [] : this.infoHashes(entry, generation)
  }

  /**
   * The answer to a request for this instance; undefined for all others.
   * @returns {Promise<{ found: import('./peertube/answers.mjs').Answer, headers: object } | { drop: true } | undefined>}
   */
  async answer(request, url) {
    const path = decodeURIComponent(url.pathname)
    if (!/^\/(api\/v1|static|lazy-static|services|plugins|tracker|socket\.io|w|videos|video-playlists)\//.test(path)) return undefined
    if (this.switches.down) return { drop: true }
    if (this.switches.slowMs) await sleep(this.switches.slowMs)
    const api = path.startsWith('/api/v1/')
    const base = { ...HEAD, ...(api && API_HEAD) }
    if (request.method === 'OPTIONS') return { found: nothing(), headers: { ...base, ...preflight(request), 'content-length': '0' } }
    const asked = { method: request.method, path, url: request.url, query: url.searchParams, headers: request.headers }
    const { found, limits } = await this.#found(request, asked, api)
    if (!found) return undefined
    return { found, headers: { ...(found.head ?? base), ...limits } }
  }

  upgrade(request, socket, head) {
    if (this.switches.down) return socket.destroy()
    if (request.url.startsWith('/socket.io/')) return this.switches.sockets ? this.sockets.upgrade(request, socket, head) : socket.destroy()
    return this.switches.tracker === 'here' ? this.tracker.upgrade(request, socket, head) : socket.destroy()
  }

  close() {
    this.tracker.close()
    this.sockets.close()
  }

  async #found(request, asked, api) {
    const address = addressOf(request)
    if (api) {
      const { headers, instead } = this.limiter.count(address, this.switches.rate)
      const body = request.method === 'POST' ? await read(request) : ''
      return { found: instead ?? rest(this, { ...asked, path: asked.path.slice('/api/v1/'.length), body }), limits: headers }
    }
    if (/^\/(lazy-)?static\//.test(asked.path)) return { found: files(this, asked) }
    if (asked.path.startsWith('/plugins/')) return { found: clientScript(this, asked.path) }
    if (asked.path === '/services/oembed') return { found: oembed(this, asked.query) }
    // A tracker over HTTP, without WebRTC: nothing for a browser.
    if (asked.path === '/tracker/announce') return { found: text(recorded('tracker/announce-http-no-params.txt'), { type: 'text/plain' }) }
    const { instead } = activitypub.wanted(asked.headers) ? this.#objects.count(address, ACTIVITYPUB_RATE) : {}
    return { found: instead ?? pages(this, asked, this.#site) }
  }

  /** Which of the recorded answers is the video's now. */
  #folder(entry) {
    const broadcast = this.broadcast(entry)
    if (broadcast?.replayed) return entry.replay
    return entry.key === 'live' && broadcast.state !== PUBLISHED ? 'live-ended' : entry.folder
  }

  #state(entry, video) {
    const broadcast = this.broadcast(entry)
    if (!broadcast) return video
    video.state = { ...broadcast.state }
    // A live that never was, and one that is over for good, have nothing to play; a permanent one keeps its address.
    if (broadcast.state !== PUBLISHED && (!broadcast.sessions || entry.key === 'once')) video.streamingPlaylists = []
    return video
  }

  /** Its files, tracker and page are at another instance: of this one it has the entry only. */
  #remote(video) {
    const { remote } = this.switches
    if (!remote) return video
    const there = sample('vod-muxed-60s/video.json', remote)
    const { url, streamingPlaylists, trackerUrls, account, channel } = there
    return { ...video, url, streamingPlaylists, trackerUrls, account, channel: { ...channel, isLocal: false } }
  }

  #known() {
    return new Set([...this.catalog.videos.values()].flatMap(entry => this.infoHashes(entry)))
  }
}

/** Whatever is asked for is allowed. */
function preflight(request) {
  return {
    'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    vary: 'Access-Control-Request-Headers',
  }
}

async function read(request) {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk
    if (body.length > MOST_BODY) break
  }
  return body
}
