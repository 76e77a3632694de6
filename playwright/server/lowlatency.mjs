// A low-latency live (RFC 8216bis) from a short clip: segments and their parts come into being in real time; requests
// for what is not there yet are held until it is; updates leave out what the client has. Each track of the clip is a
// rendition of its own. A segment is its parts, one after the other; digests of both are listed a moment after they are
// there, those of parts while the playlist has them.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileName, range } from './live.mjs'
import { parts } from './parts.mjs'

/**
 * @typedef {object} LowLatencyOptions
 * @property {string} clip              folder under www/media; one track in each rendition
 * @property {number} [window]          complete segments in the playlist
 * @property {number} [part]            seconds in a part
 * @property {number} [holdBack]        PART-HOLD-BACK
 * @property {number} [digestLag]       seconds from when something is there until its digest is listed, as a packager takes
 */

/** Requests further ahead than this are refused (§6.2.5.2). */
const SEGMENTS_AHEAD = 2

/** @param {import('./clip.mjs').Clip} clip @param {LowLatencyOptions} options */
export function lowLatency(clip, { window = 8, part = 0.4, holdBack = 2.5 * part, digestLag = 0.2 }) {
  const [reference] = clip.renditions.values()
  const target = Math.ceil(Math.max(...range(0, window).map(reference.duration)) - 0.5)
  const skipUntil = 6 * target
  /** When the media time was 0; one window and a bit ago. */
  const began = Date.now() - (reference.start(window) + 1.3) * 1000
  const cut = memoised(48, (rendition, number) => {
    const [scale] = rendition.scales.values()
    const pieces = parts(rendition.segment(number), ticks => Math.floor(ticks / scale / part + 1e-6))
    let end = rendition.start(number)
    return pieces.map(piece => ({ ...piece, duration: piece.ticks / scale, end: (end += piece.ticks / scale), digest: digest(piece.bytes) }))
  })
  const whole = (rendition, number) => Buffer.concat(cut(rendition, number).map(({ bytes }) => bytes))
  const wholeDigest = memoised(64, (rendition, number) => digest(whole(rendition, number)))
  const log = []

  /** The open segment and how many of its parts are there, or were a while `ago`, in seconds. */
  function edge(rendition, ago = 0) {
    const elapsed = (Date.now() - began) / 1000 - ago
    let number = Math.floor(elapsed / reference.duration(0))
    while (rendition.start(number + 1) <= elapsed) number += 1
    while (rendition.start(number) > elapsed) number -= 1
    return { number, count: cut(rendition, number).filter(({ end }) => end <= elapsed).length }
  }

  /** Waits until a part is there; the first of the next segment where this one has fewer. */
  async function held(rendition, number, index = Infinity) {
    const pieces = cut(rendition, number)
    const { end } = index === Infinity ? pieces.at(-1) : pieces[index] ?? cut(rendition, number + 1)[0]
    const wait = began + end * 1000 - Date.now()
    // A timer may fire a moment early.
    if (wait > 0) await sleep(wait + 2)
    return Math.max(0, wait)
  }

  function playlist(rendition, skip) {
    const { number: open, count } = edge(rendition)
    const first = open - window
    const numbers = range(first, open)
    const skipped = skip ? numbers.filter(number => rendition.start(number + 1) < rendition.start(open) - skipUntil).length : 0
    const partsOf = (number, count) => cut(rendition, number).slice(0, count).map(({ duration, independent }, i) =>
      `#EXT-X-PART:DURATION=${duration.toFixed(6)},URI="${partName(rendition, number, i)}"${independent ? ',INDEPENDENT=YES' : ''}`)
    const date = number => `#EXT-X-PROGRAM-DATE-TIME:${new Date(began + rendition.start(number) * 1000).toISOString()}`
    return [
      '#EXTM3U',
      '#EXT-X-VERSION:10',
      `#EXT-X-TARGETDURATION:${target}`,
      `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=${skipUntil},PART-HOLD-BACK=${holdBack}`,
      // A part of sound may be a frame longer.
      `#EXT-X-PART-INF:PART-TARGET=${(part + 0.022).toFixed(3)}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      ...(skip ? [`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`] : [`#EXT-X-MAP:URI="${rendition.name}-init.mp4"`]),
      ...numbers.slice(skipped).flatMap(number => [
        date(number),
        ...(number >= open - 2 ? partsOf(number) : []),
        `#EXTINF:${rendition.duration(number).toFixed(6)},`,
        fileName(rendition, number),
      ]),
      date(open),
      ...partsOf(open, count),
      `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${count < cut(rendition, open).length ? partName(rendition, open, count) : partName(rendition, open + 1, 0)}"`,
      ...[...clip.renditions.values()].filter(other => other !== rendition).map(other => {
        const { number, count } = edge(other)
        return `#EXT-X-RENDITION-REPORT:URI="${other.name}.m3u8",LAST-MSN=${count ? number : number - 1},LAST-PART=${count ? count - 1 : cut(other, number - 1).length - 1}`
      }),
      '',
    ].join('\n')
  }

  /** What is in the playlists and was there a moment ago, by its key (`docs/digests.md`). */
  function digests() {
    const list = {}
    for (const rendition of clip.renditions.values()) {
      const { number: open, count } = edge(rendition, digestLag)
      for (const number of range(open - 2, open + 1)) {
        const there = cut(rendition, number).slice(0, number < open ? undefined : count)
        there.forEach(({ digest }, i) => (list[`${partName(rendition, number, i)}?parts`] = digest))
      }
      for (const number of range(open - window, open)) list[fileName(rendition, number)] = wholeDigest(rendition, number)
    }
    return JSON.stringify(list)
  }

  async function answer(name, query) {
    if (name === 'segments-sha256.json') return { body: Buffer.from(digests()), waited: 0 }
    const [, track, rest] = /^([a-z0-9]+)(\.m3u8|-init\.mp4|-\d{6}(?:\.\d+)?\.m4s)$/.exec(name) ?? []
    const rendition = clip.renditions.get(track)
    if (!rendition) return { body: undefined, waited: 0 }
    if (rest === '-init.mp4') return { body: rendition.init, waited: 0 }
    const { number: open, count } = edge(rendition)
    if (rest === '.m3u8') {
      const msn = number(query.get('_HLS_msn'))
      if (msn > open + SEGMENTS_AHEAD) return { body: undefined, waited: 0 }
      const waited = msn === undefined ? 0 : await held(rendition, msn, number(query.get('_HLS_part')))
      return { body: Buffer.from(playlist(rendition, query.get('_HLS_skip') === 'YES')), waited }
    }
    const [, segment, index] = /^-(\d{6})(?:\.(\d+))?/.exec(rest).map(Number)
    if (Number.isNaN(index)) return { body: segment < open ? whole(rendition, segment) : undefined, waited: 0 }
    const piece = cut(rendition, segment)[index]
    const hinted = (segment === open && index === count) || (segment === open + 1 && index === 0)
    if (!piece || segment > open + 1 || (segment >= open && index > count && !hinted)) return { body: undefined, waited: 0 }
    return { waited: await held(rendition, segment, index), body: piece.bytes }
  }

  return {
    began,
    /** What was asked for, and for how many milliseconds that was held. @type {{ name: string, query: string, waited: number, found: boolean }[]} */
    log,
    async file(name, query = new URLSearchParams()) {
      if (name === 'master.m3u8') return clip.master
      const { body, waited } = await answer(name, query)
      log.push({ name, query: String(query), waited, found: body !== undefined })
      return body
    },
  }
}

function partName(rendition, number, index) {
  return fileName(rendition, number).replace('.m4s', `.${index}.m4s`)
}

function digest(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function number(text) {
  return text === null ? undefined : Number(text)
}

/** Keeps the last results by their two arguments. */
function memoised(limit, make) {
  const kept = new Map()
  return (rendition, number) => {
    const key = `${rendition.name} ${number}`
    if (!kept.has(key)) kept.set(key, make(rendition, number))
    if (kept.size > limit) kept.delete(kept.keys().next().value)
    return kept.get(key)
  }
}
