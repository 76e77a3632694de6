// An endless live from a short clip: a sliding window over its looped segments, in PeerTube's live shape
// (numbered files, dates on every segment, digests by file name). Nothing is stored: a segment is made when asked
// for, and "now" decides which exist.
import { createHash } from 'node:crypto'

/**
 * @typedef {object} LiveOptions
 * @property {string} clip              folder under www/media, or anywhere
 * @property {number} [window]          segments in the playlist
 * @property {number} [offset]          seconds the live has already run when the server starts (default: one full window)
 * @property {number} [digestLag]       segments by which the digest list trails the playlist
 * @property {() => number} [clock]     milliseconds; a test may pass its own
 */

/** @param {import('./clip.mjs').Clip} clip @param {LiveOptions} options */
export function live(clip, { window = 6, offset, digestLag = 0, clock = Date.now }) {
  const [reference] = clip.renditions.values()
  let began = clock() - (offset ?? reference.start(window)) * 1000
  let ended

  /** The number of the first segment that is not finished yet. */
  function edge() {
    const elapsed = ((ended ?? clock()) - began) / 1000
    let number = Math.floor(elapsed / reference.duration(0))
    while (reference.start(number + 1) <= elapsed) number += 1
    while (number > 0 && reference.start(number) > elapsed) number -= 1
    return number
  }

  function playlist(rendition) {
    const first = Math.max(0, edge() - window)
    const numbers = range(first, edge())
    const target = Math.ceil(Math.max(...numbers.map(rendition.duration), 1) - 0.5)
    return [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      `#EXT-X-TARGETDURATION:${target}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      `#EXT-X-MAP:URI="${rendition.name}-init.mp4"`,
      ...numbers.flatMap(number => [
        `#EXT-X-PROGRAM-DATE-TIME:${new Date(began + rendition.start(number) * 1000).toISOString()}`,
        `#EXTINF:${rendition.duration(number).toFixed(6)},`,
        fileName(rendition, number),
      ]),
      ...(ended ? ['#EXT-X-ENDLIST'] : []),
      '',
    ].join('\n')
  }

  function digests() {
    const numbers = range(Math.max(0, edge() - window), edge() - digestLag)
    return digestList(clip, numbers)
  }

  return {
    /** When the media time was 0, in ms since 1970. */
    get began() {
      return began
    },
    /** Ends the broadcast: the window stands still and says so. */
    end() {
      ended ??= clock()
    },
    /** Begins another broadcast under the same names, with so many seconds behind it. */
    restart(seconds) {
      began = clock() - seconds * 1000
      ended = undefined
    },
    /** The file of that name if it exists now. A segment outlives its place in the playlist by one window. */
    file(name) {
      if (name === 'master.m3u8') return clip.master
      if (name === 'segments-sha256.json') return Buffer.from(digests())
      return streamFile(clip, name, playlist, number => number < edge() && number >= edge() - 2 * window)
    },
  }
}

/** A rendition's playlist, init segment or numbered segment. */
export function streamFile(clip, name, playlist, exists) {
  const [, rendition, rest] = /^([a-z0-9]+)(\.m3u8|-init\.mp4|-\d{6}\.m4s)$/.exec(name) ?? []
  const of = clip.renditions.get(rendition)
  if (!of) return undefined
  if (rest === '.m3u8') return Buffer.from(playlist(of))
  if (rest === '-init.mp4') return of.init
  const number = Number(rest.slice(1, 7))
  return exists(number) ? of.segment(number) : undefined
}

/** `{ "<file>": "<hex>" }` for all renditions. */
export function digestList(clip, numbers) {
  const digests = {}
  for (const rendition of clip.renditions.values()) {
    for (const number of numbers) digests[fileName(rendition, number)] = digestOf(rendition, number)
  }
  return JSON.stringify(digests)
}

/** Digests of a rendition by number: several viewers ask for the same ones. */
const KEPT = new WeakMap()
const MOST_KEPT = 1000

function digestOf(rendition, number) {
  if (!KEPT.has(rendition)) KEPT.set(rendition, new Map())
  const kept = KEPT.get(rendition)
  if (!kept.has(number)) {
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(number, createHash('sha256').update(rendition.segment(number)).digest('hex'))
  }
  return kept.get(number)
}

export function fileName(rendition, number) {
  return `${rendition.name}-${String(number).padStart(6, '0')}.m4s`
}

export function range(first, end) {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)
}
