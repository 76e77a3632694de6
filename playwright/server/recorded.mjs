// Reads a recording of a low-latency origin: a folder with `requests.json`, every request of a real player in order
// (`url`, `start_ms`, `end_ms`, `status`, `headers`, and `file`, its body in the folder). What was listed when is
// taken from the playlists, so that more can be answered than was asked; when a part came into being is when the first
// answer that lists it ended. Nothing here knows of the present; that is `replay.mjs`.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeTimes, timescales } from './fmp4.mjs'

/** Tracks that are repeated may be so far apart at the seam, in seconds: less than a frame of either. */
const SEAM = 0.01

/**
 * @typedef {object} Part
 * @property {string} uri
 * @property {string} line     its tag, as recorded
 * @property {number} at       ms into the recording when it was there; −∞ for what was there before
 *
 * @typedef {object} Segment
 * @property {string} [uri]    none while it is open
 * @property {string} duration
 * @property {boolean} gap
 * @property {number} [date]   EXT-X-PROGRAM-DATE-TIME, ms since 1970
 * @property {Part[]} parts
 * @property {number} at       likewise
 * @property {Buffer} [body]
 */

/** @param {string} folder */
export function readRecording(folder) {
  const requests = JSON.parse(readFileSync(join(folder, 'requests.json'), 'utf8')).filter(({ status }) => status === 200)
  const bodies = new Map()
  for (const { url, file } of requests) {
    const path = url.split('?')[0]
    if (!bodies.has(path) && existsSync(join(folder, file))) bodies.set(path, readFileSync(join(folder, file)))
  }
  const tracks = new Map()
  for (const { url, file, end_ms: at } of requests) {
    const path = url.split('?')[0]
    const text = path.endsWith('.m3u8') ? readFileSync(join(folder, file), 'utf8') : ''
    if (!/^#EXTINF|^#EXT-X-PART:/m.test(text)) continue
    if (!tracks.has(path)) tracks.set(path, newTrack(path, text))
    learn(tracks.get(path), text, at)
  }
  for (const track of tracks.values()) complete(track, bodies)
  return { requests, bodies, tracks, run: seamlessRun([...tracks.values()]), wall: wallClock(requests) }
}

function newTrack(path, text) {
  const head = text.split('\n').filter(line => /^#EXT-X-(VERSION|TARGETDURATION|SERVER-CONTROL|PART-INF|INDEPENDENT)/.test(line))
  return { path, head, map: /^#EXT-X-MAP:.*$/m.exec(text)?.[0], segments: new Map(), window: 0, depth: 0, hints: false, first: undefined }
}

/** What a playlist that came at `at` says that was not known. */
function learn(track, text, at) {
  const number = name => Number(new RegExp(`^#EXT-X-${name}(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  const sequence = number('MEDIA-SEQUENCE:')
  let msn = sequence + number('SKIP:SKIPPED-SEGMENTS=')
  const known = track.first !== undefined
  track.first ??= msn
  const when = known ? at : -Infinity
  let said = { parts: [] }
  let withParts = 0
  const segment = () => {
    if (!track.segments.has(msn)) track.segments.set(msn, { parts: [], gap: false, at: Infinity })
    const segment = track.segments.get(msn)
    segment.date ??= said.date
    for (const part of said.parts.slice(segment.parts.length)) segment.parts.push({ ...part, at: when })
    return segment
  }
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-PART:')) said.parts.push({ line, uri: /URI="([^"]+)"/.exec(line)[1] })
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) said.date = Date.parse(line.slice(25))
    else if (line.startsWith('#EXT-X-GAP')) said.gap = true
    else if (line.startsWith('#EXTINF:')) said.duration = line.slice(8)
    else if (line.startsWith('#EXT-X-PRELOAD-HINT:')) track.hints = true
    else if (line && !line.startsWith('#')) {
      const closed = segment()
      if (closed.uri === undefined) Object.assign(closed, { uri: line, duration: said.duration, gap: Boolean(said.gap), at: when })
      if (said.parts.length > 0) withParts += 1
      said = { parts: [] }
      msn += 1
    }
  }
  if (said.parts.length > 0) segment()
  track.window = Math.max(track.window, msn - sequence)
  track.depth = Math.max(track.depth, withParts)
}

/** Bodies, and where each segment begins by the media's own clock. */
function complete(track, bodies) {
  const init = bodies.get(/URI="([^"]+)"/.exec(track.map)?.[1])
  const [scale] = timescales(init).values()
  for (const segment of track.segments.values()) {
    for (const part of segment.parts) part.body = bodies.get(part.uri)
    const whole = segment.parts.length > 0 && segment.parts.every(({ body }) => body)
    // A segment is its parts, one after the other (RFC 8216bis §3.2).
    segment.body = bodies.get(segment.uri) ?? (whole && segment.uri ? Buffer.concat(segment.parts.map(({ body }) => body)) : undefined)
    const start = segment.parts[0]?.body ?? segment.body
    if (start?.length > 0) segment.start = [...decodeTimes(start).values()].map(time => Number(time) / scale)[0]
    segment.replayable = whole && segment.uri !== undefined && Number.isFinite(segment.at) && segment.parts.every(({ at }) => Number.isFinite(at))
  }
}

/** The longest run of segments whose parts are all here, after which every track has moved on by the same time. */
function seamlessRun(tracks) {
  const numbers = [...tracks[0].segments.keys()]
  const all = (number, test) => tracks.every(({ segments }) => segments.has(number) && test(segments.get(number)))
  const moved = (from, to) => tracks.map(({ segments }) => segments.get(to).start - segments.get(from).start)
  const runs = numbers.flatMap(from => numbers.filter(to => to > from).map(to => ({ from, to })))
    .filter(({ from, to }) => numbers.filter(n => n >= from && n < to).every(n => all(n, s => s.replayable)) && all(to, s => s.start !== undefined))
    .filter(({ from, to }) => Math.max(...moved(from, to)) - Math.min(...moved(from, to)) <= SEAM)
    .sort((a, b) => (b.to - b.from) - (a.to - a.from) || b.to - a.to)
  if (runs.length === 0) throw new Error('recording: no run of its segments can be repeated without a seam')
  const { from, to } = runs[0]
  return { from, to, seconds: moved(from, to)[0] }
}

/** The wall clock when the recording began, by the second-precise `Date` of its answers. */
function wallClock(requests) {
  let [least, most] = [-Infinity, Infinity]
  for (const { headers, start_ms: start, end_ms: end } of requests) {
    const date = Date.parse(headers?.date)
    if (Number.isNaN(date)) continue
    least = Math.max(least, date - end)
    most = Math.min(most, date + 1000 - start)
  }
  return (least + most) / 2
}
