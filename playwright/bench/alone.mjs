// The races without a player: transport streams to what a SourceBuffer takes, and playlists to lists of segments. All
// in one page, the sides in turn, the order turned each time; ratios are of medians.
import { launch } from '../driver/chromium.mjs'
import { startServer } from '../server/server.mjs'
import { median } from './figures.mjs'

const SIDES = ['sprat', 'hls.js', 'mux.js']
/** Not counted: compilers work in stages, and the stream has to be fetched. */
const WARM_UPS = 3

/** @param {{runs: number, out: string, streams: Record<string, string[]>}} options */
export async function transmux({ runs, out, streams }) {
  return inPage(out, async page => {
    const rows = []
    for (const [stream, files] of Object.entries(streams)) {
      const urls = files.map(file => `/bench/transmux/${file}`)
      const speeds = Object.fromEntries(SIDES.map(side => [side, []]))
      let bytes = 0
      const outs = {}
      for (const side of turns(SIDES, runs)) {
        const pass = await page.evaluate(([side, urls]) => globalThis.measure.transmux(side, urls), [side.name, urls])
        bytes = pass.bytes
        outs[side.name] = pass.out
        // Nothing came out, or half of it: that would be no race.
        if (pass.out < pass.bytes * 0.5) throw new Error(`${side.name} made ${pass.out} bytes of ${pass.bytes}`)
        if (side.counts) speeds[side.name].push(pass.bytes / pass.ms / 1000)
      }
      const [ours, hls, mux] = SIDES.map(side => median(speeds[side]))
      rows.push({ stream, MB: bytes / 1e6, runs, spratMBs: ours, hlsMBs: hls, muxMBs: mux, 'ratio to hls.js': ours / hls, 'to mux.js': ours / mux, out: outs })
    }
    return rows
  })
}

/** @param {{runs: number, out: string}} options */
export async function playlists({ runs, out }) {
  return inPage(out, async page => {
    const rows = []
    for (const segments of [600, 5_000, 50_000]) {
      const times = { 'sprat': [], 'hls.js': [] }
      for (const side of turns(Object.keys(times), runs)) {
        const ms = await page.evaluate(([side, segments]) => globalThis.measure.playlist(side, segments), [side.name, segments])
        if (side.counts) times[side.name].push(ms)
      }
      const [ours, theirs] = Object.values(times).map(median)
      rows.push({ segments, runs, spratMs: ours, hlsMs: theirs, ratio: ours / theirs })
    }
    return rows
  })
}

async function inPage(out, work) {
  const [npm, inside, benches] = ['../node_modules', './inside', '../../target/web'].map(path => new URL(path, import.meta.url).pathname)
  const html = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Alone</title></head><body><script type="module" src="/inside/measure.js"></script></body></html>'
  const mounts = { '/npm/': npm, '/inside/': inside, '/benches/': benches, '/playlists/': out, '/bench/': out }
  const server = await startServer({ mounts, pages: { '/measure.html': html } })
  const browser = await launch()
  try {
    const page = await browser.newPage()
    page.on('pageerror', error => console.error(error))
    await page.goto(`${server.url}measure.html`)
    await page.waitForFunction(() => globalThis.ready, undefined, { timeout: 60_000 })
    return await work(page)
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Whose turn it is. */
function* turns(sides, runs) {
  for (let run = -WARM_UPS; run < runs; run++) {
    for (const name of run % 2 ? sides : sides.toReversed()) yield { name, counts: run >= 0 }
  }
}
