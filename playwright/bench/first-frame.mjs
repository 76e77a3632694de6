// How long from navigation to the first frame, beside hls.js on the same streams in the same run: alternated, each
// time in a fresh profile (cold cache, scripts and wasm included), on loopback and over a simulated line.
import { setTimeout as sleep } from 'node:timers/promises'
import { launch } from '../driver/chromium.mjs'
import { startServer } from '../server/server.mjs'
import { NAMES, pagesFor } from './pages.mjs'
import { median, quantile } from './figures.mjs'

/** Chromium's own emulation: added to each request, and shared by all. */
const LINES = {
  loopback: undefined,
  '40 ms, 10 Mbit/s': { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 },
}
const PATIENCE_MS = 15_000

/**
 * @param {object} options
 * @param {number} options.runs                         of each player, stream and line
 * @param {Record<string, string>} options.streams      name → path on the local origin
 * @param {Record<string, string>} [options.mounts]     more folders for it
 */
export async function firstFrame({ runs, streams, mounts = {} }) {
  const npm = new URL('../node_modules', import.meta.url).pathname
  const server = await startServer({ mounts: { '/npm/': npm, ...mounts }, pages: pagesFor(streams), compress: true })
  const browser = await launch()
  const rows = []
  try {
    for (const [line, conditions] of Object.entries(LINES)) {
      for (const stream of Object.keys(streams)) {
        const times = Object.fromEntries(NAMES.map(name => [name, []]))
        // One of each first, not counted: the browser itself has to warm up.
        for (let run = -1; run < runs; run++) {
          for (const player of run % 2 ? NAMES : NAMES.toReversed()) {
            const ms = await once(browser, `${server.url}race/${player}/${stream}.html`, conditions)
            if (run >= 0) times[player].push(ms)
          }
        }
        const [ours, theirs] = NAMES.map(name => times[name])
        rows.push({
          line, stream, runs,
          spratMs: median(ours), spratP90Ms: quantile(ours, 0.9),
          hlsMs: median(theirs), hlsP90Ms: quantile(theirs, 0.9),
          ratio: median(ours) / median(theirs),
        })
      }
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return rows
}

async function once(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 960, height: 600 } })
  try {
    const page = await context.newPage()
    if (conditions) {
      const debug = await context.newCDPSession(page)
      await debug.send('Network.enable')
      await debug.send('Network.emulateNetworkConditions', conditions)
    }
    await page.goto(url, { waitUntil: 'commit' })
    const until = Date.now() + PATIENCE_MS
    while (Date.now() < until) {
      const shown = await page.evaluate(() => globalThis.shown).catch(() => undefined)
      if (shown !== undefined) return shown
      await sleep(25)
    }
    return Infinity
  } finally {
    await context.close()
  }
}
