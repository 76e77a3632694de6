// The page of the races that need no player: each side does the same work on the same bytes, and says how long it took.
import * as sprat from './sprat.js'
import * as hls from './hls.js'
import * as mux from './mux.js'

const SIDES = { 'sprat': sprat, 'hls.js': hls, 'mux.js': mux }

/** Segments of streams, once fetched. */
const kept = new Map()

globalThis.measure = {
  /** One pass over a stream. @returns {{ms: number, bytes: number, out: number}} */
  async transmux(side, urls) {
    // A copy for each, made before the clock runs: whoever wants may keep it.
    const segments = (await fetched(urls)).map(buffer => buffer.slice(0))
    const transmuxer = SIDES[side].transmuxer()
    const made = []
    const began = performance.now()
    for (const segment of segments) made.push(...transmuxer.segment(segment))
    const ms = performance.now() - began
    transmuxer.close()
    const sum = list => list.reduce((all, one) => all + one.byteLength, 0)
    return { ms, bytes: sum(segments), out: sum(made) }
  },

  /** One list of so many segments. We take bytes, as they come; who takes text has it decoded already. */
  playlist(side, count) {
    const text = listOf(count)
    const input = side === 'sprat' ? new TextEncoder().encode(text) : text
    const began = performance.now()
    const found = SIDES[side].playlist(input, 'https://example.com/video/index.m3u8')
    const ms = performance.now() - began
    if (found !== count) throw new Error(`${side} found ${found} of ${count} segments`)
    return ms
  },
}
globalThis.ready = true

async function fetched(urls) {
  const key = urls.join()
  if (!kept.has(key)) kept.set(key, await Promise.all(urls.map(async url => (await fetch(url)).arrayBuffer())))
  return kept.get(key)
}

function listOf(count) {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:4', '#EXT-X-PLAYLIST-TYPE:VOD', '#EXT-X-MAP:URI="init.mp4"']
  for (let i = 0; i < count; i++) lines.push('#EXTINF:4.000000,', `segment-${String(i).padStart(6, '0')}.m4s?token=${i * 7919}`)
  return lines.concat('#EXT-X-ENDLIST', '').join('\n')
}
