// Replays a recording of a low-latency origin in real time (RFC 8216bis §6.2.5): parts come into being when they did,
// requests for what is not there yet are held until it is, updates leave out what the client has, what cannot be is
// refused, as the recorded origin did. When the recording ends its last seamless run goes on and on, with media times
// and dates that run on too; what was on before the recording and is not in it is such a turn as well.
import { setTimeout as sleep } from 'node:timers/promises'
import { shifted, timescales } from './fmp4.mjs'
import { readRecording } from './recorded.mjs'

/** Requests for a segment further ahead than this are refused (§6.2.5.2: more than two). */
const SEGMENTS_AHEAD = 2
const BAD_REQUEST = { status: 400 }

/**
 * @param {string} folder
 * @param {{ clock?: () => number }} [options]   milliseconds; a test may pass its own
 */
export function replay(folder, { clock = Date.now } = {}) {
  const { bodies, tracks, run, wall, requests } = readRecording(folder)
  const length = run.to - run.from
  const period = run.seconds * 1000
  const began = clock()
  const log = []
  const places = new Map()
  for (const track of tracks.values()) {
    track.bounded = [...track.segments.keys()].some(number => number < run.from && own(track, number))
    const [scale] = timescales(bodies.get(/URI="([^"]+)"/.exec(track.map)[1])).values()
    track.ticks = BigInt(Math.round(run.seconds * scale))
    for (const [number, { uri, parts }] of track.segments) {
      if (uri) places.set(uri, { track, number })
      parts.forEach((part, index) => places.set(part.uri, { track, number, index }))
    }
  }

  /** Whether a segment before the run is here: what was listed, but not asked for, is not. */
  function own(track, n) {
    const segment = track.segments.get(n)
    return segment?.gap || segment?.body !== undefined
  }

  /** The recorded segment that plays as number `n`, and how often the run has been repeated by then. */
  function source(track, n) {
    const repeats = n >= run.to || (n < run.from && !own(track, n))
    const turns = repeats ? Math.floor((n - run.from) / length) : 0
    return { segment: track.segments.get(n - turns * length), turns }
  }
  const partAt = (track, n, i) => {
    const { segment, turns } = source(track, n)
    return segment?.parts[i] ? segment.parts[i].at + turns * period : undefined
  }
  const segmentAt = (track, n) => {
    const { segment, turns } = source(track, n)
    return segment ? segment.at + turns * period : Infinity
  }
  const partsOf = (track, n) => source(track, n).segment?.parts.length ?? 0

  /** The segment that is open at `t`, and how many of its parts are there. */
  function edge(track, t) {
    let n = run.from + Math.max(0, Math.floor((t - segmentAt(track, run.from)) / period)) * length
    while (!track.bounded && segmentAt(track, n) > t) n -= length
    if (track.bounded && segmentAt(track, n) > t) n = track.first
    while (segmentAt(track, n) <= t) n += 1
    let count = 0
    while (count < partsOf(track, n) && partAt(track, n, count) <= t) count += 1
    return { n, count }
  }

  function playlist(track, t, skip) {
    const { n: open, count } = edge(track, t)
    const first = track.bounded ? Math.max(track.first, open - track.window) : open - track.window
    const numbers = Array.from({ length: open - first }, (_, i) => first + i)
    const seconds = n => parseFloat(source(track, n).segment.duration)
    const until = Number(/CAN-SKIP-UNTIL=([\d.]+)/.exec(track.head.join())?.[1] ?? Infinity)
    // §4.4.5.2: what lies further before the end than the skip boundary may be left out.
    const old = n => numbers.filter(m => m >= n).reduce((sum, m) => sum + seconds(m), 0) > until
    const skipped = skip ? numbers.filter(old).length : 0
    const parts = (n, count) => {
      const { segment, turns } = source(track, n)
      return segment.parts.slice(0, count).map(({ line, uri }) => line.replace(uri, renamed(uri, turns)))
    }
    const date = (n, { segment, turns } = source(track, n)) => segment.date === undefined ? [] :
      [`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.date - wall + began + turns * period).toISOString()}`]
    const hint = () => {
      const [n, i] = count < partsOf(track, open) ? [open, count] : [open + 1, 0]
      const { segment, turns } = source(track, n)
      return `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${renamed(segment.parts[i].uri, turns)}"`
    }
    return [
      '#EXTM3U',
      ...track.head,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      ...(skip ? [`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`] : [track.map]),
      ...numbers.slice(skipped).flatMap(n => {
        const { segment, turns } = source(track, n)
        return [
          ...(segment.gap ? ['#EXT-X-GAP'] : []),
          ...(n >= open - track.depth ? [...date(n), ...parts(n, Infinity)] : []),
          `#EXTINF:${segment.duration}`,
          renamed(segment.uri, turns),
        ]
      }),
      ...parts(open, count),
      ...(track.hints ? [hint()] : []),
      '',
    ].join('\n')
  }

  /** Waits until `t` of the recording; says for how long, in ms. */
  async function held(t) {
    const wait = began + t - clock()
    // A timer may fire a moment early.
    if (wait > 0) await sleep(wait + 1)
    return Math.max(0, wait)
  }

  async function list(track, query) {
    const [msn, part] = ['_HLS_msn', '_HLS_part'].map(name => query.get(name))
    const skip = query.has('_HLS_skip')
    const { n: open } = edge(track, clock() - began)
    if (msn === null) return part === null ? { body: playlist(track, clock() - began, skip), waited: 0 } : { body: BAD_REQUEST, waited: 0 }
    const [number, index] = [Number(msn), part === null ? undefined : Number(part)]
    if (!(number <= open + SEGMENTS_AHEAD) || Number.isNaN(index)) return { body: BAD_REQUEST, waited: 0 }
    // A part beyond the segment's last is the first of the next one.
    const [n, i] = index >= partsOf(track, number) ? [number + 1, 0] : [number, index]
    const due = number < open ? -Infinity : index === undefined ? segmentAt(track, number) : partAt(track, n, i)
    const waited = await held(due)
    return { body: playlist(track, clock() - began, skip), waited }
  }

  async function media(name) {
    const { turns, uri } = original(name)
    const place = places.get(uri)
    if (!place) return { body: turns === 0 ? bodies.get(name) : undefined, waited: 0 }
    const { track, index } = place
    const number = place.number + turns * length
    const { segment } = source(track, number)
    // A name that was never listed: the recording had no such turn.
    if (source(track, number).turns !== turns) return { body: undefined, waited: 0 }
    const now = clock() - began
    const { n: open, count } = edge(track, now)
    const next = count < partsOf(track, open) ? [open, count] : [open + 1, 0]
    const there = index === undefined ? segmentAt(track, number) <= now : partAt(track, number, index) <= now
    const hinted = track.hints && number === next[0] && index === next[1]
    // Two windows are kept.
    if (!there && !hinted || number < open - 2 * track.window) return { body: undefined, waited: 0 }
    const waited = there ? 0 : await held(partAt(track, number, index))
    const body = index === undefined ? segment.body : segment.parts[index].body
    return { body: body && (turns === 0 ? body : shifted(body, number, () => BigInt(turns) * track.ticks)), waited }
  }

  /** Of the first track: its media time 0 by the wall clock, by the last date that the recording has. */
  function mediaBegan() {
    const [track] = tracks.values()
    const dated = [...track.segments.values()].filter(({ date, start }) => date !== undefined && start !== undefined)
    const { date, start } = dated.at(-1)
    return date - wall + began - start * 1000
  }

  return {
    began: mediaBegan(),
    /** Where to start: the multivariant playlist, or the first one that was asked for. */
    source: requests.find(({ url }) => url.endsWith('.m3u8')).url,
    run,
    /** What was asked for, and for how many milliseconds that was held. @type {{ name: string, query: string, waited: number, found: boolean }[]} */
    log,
    /** A track's playlist as it stood so many ms into the recording, for a comparison with what was recorded. */
    at: (path, t) => playlist(tracks.get(path), t, false),
    async file(name, query = new URLSearchParams()) {
      const track = tracks.get(name)
      const { body, waited } = track ? await list(track, query) : await media(name)
      log.push({ name, query: String(query), waited: Math.round(waited), found: body !== undefined && body !== BAD_REQUEST })
      return typeof body === 'string' ? Buffer.from(body) : body
    },
  }
}

/** The name of what is repeated for the `turns`th time. */
function renamed(uri, turns) {
  return turns === 0 ? uri : uri.replace(/[^/]*$/, `${turns}~$&`)
}

function original(name) {
  const [, folder, turns, file] = /^(.*\/)?(-?\d+)~([^/]*)$/.exec(name) ?? []
  return file === undefined ? { turns: 0, uri: name } : { turns: Number(turns), uri: (folder ?? '') + file }
}
