// How much of the page's one thread a player takes while it plays: what Chromium counts as its tasks, and as scripts
// among them, per minute shown. The same stream in the same bare page, the players in turn, each in a fresh profile.
import { setTimeout as sleep } from 'node:timers/promises'
import { launch } from '../driver/chromium.mjs'
import { startServer } from '../server/server.mjs'
import { median } from './figures.mjs'
import { NAMES, pagesFor } from './pages.mjs'

/** Shown before the clock runs: starting is the other race. */
const BEFORE = 2
/** Seconds shown while it runs: loading ahead is in it, and so is playing with nothing to load. */
const SHOWN = 15
const PATIENCE_MS = 60_000

/** @param {{runs: number, streams: Record<string, string>, mounts: Record<string, string>}} options */
export async function mainThread({ runs, streams, mounts }) {
  const npm = new URL('../node_modules', import.meta.url).pathname
  const server = await startServer({ mounts: { '/npm/': npm, ...mounts }, pages: pagesFor(streams), compress: true })
  const browser = await launch()
  const rows = []
  try {
    for (const stream of Object.keys(streams)) {
      const found = Object.fromEntries(NAMES.map(name => [name, []]))
      for (let run = 0; run < runs; run++) {
        for (const player of run % 2 ? NAMES : NAMES.toReversed()) {
          found[player].push(await once(browser, `${server.url}race/${player}/${stream}.html`))
        }
      }
      const of = (player, what) => median(found[player].map(one => one[what]))
      const [ours, theirs] = NAMES
      rows.push({
        stream, runs,
        spratTaskMs: of(ours, 'task'), hlsTaskMs: of(theirs, 'task'), ratio: of(ours, 'task') / of(theirs, 'task'),
        spratScriptMs: of(ours, 'script'), hlsScriptMs: of(theirs, 'script'),
      })
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return rows
}

/** Milliseconds for each minute shown. */
async function once(browser, url) {
  const context = await browser.newContext({ viewport: { width: 960, height: 600 } })
  try {
    const page = await context.newPage()
    const debug = await context.newCDPSession(page)
    await debug.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.goto(url, { waitUntil: 'commit' })
    const before = await reached(page, debug, 0, BEFORE)
    const after = await reached(page, debug, before.at, SHOWN)
    const minutes = (after.at - before.at) / 60
    return { task: (after.task - before.task) / minutes, script: (after.script - before.script) / minutes }
  } finally {
    await context.close()
  }
}

/** What was counted when the film has come so many seconds further. Asked seldom: asking is a task too. */
async function reached(page, debug, from, seconds) {
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const at = await page.evaluate(() => {
      const element = document.querySelector('video, sprat-video')
      return (element?.nativeEl ?? element)?.currentTime ?? 0
    }).catch(() => 0)
    if (at >= from + seconds) {
      const { metrics } = await debug.send('Performance.getMetrics')
      const ms = name => metrics.find(metric => metric.name === name).value * 1000
      return { at, task: ms('TaskDuration'), script: ms('ScriptDuration') }
    }
    await sleep(Math.min(1000, Math.max(100, (from + seconds - at) * 1000)))
  }
  throw new Error(`${page.url()}: not ${seconds} s further within a minute`)
}
