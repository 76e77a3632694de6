// Plays a recording of a low-latency origin, replayed in real time (`server/replay.mjs`), and says how far behind the
// wall clock the picture was and how it came. This is how anyone holds the player against an origin that is not ours.
//
//   node playwright/bench/recording.mjs DIR [--browser NAME] [--seconds N]
//
// Succeeds with 0 stalls and a latency of at most 1.5 s, median and p95.
import { resolve } from 'node:path'
import { Browser } from '../driver/browsers.mjs'
import { told, watchEdge } from '../driver/edge.mjs'
import { World } from '../driver/world.mjs'

const BOUND_S = 1.5

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const [folder, ...words] = process.argv.slice(2)
const option = name => words[words.indexOf(name) + 1 || words.length]
const browser = new Browser(option('--browser') ?? 'chromium')
const world = new World(browser, { server: { recordings: { origin: resolve(folder) } } })
try {
  await world.open()
  const { began, log, source, run } = world.server.replays.origin
  const result = await watchEdge(world, { src: `recorded/origin/${source}`, began, log, seconds: Number(option('--seconds') ?? 60) })
  const { frames, own, witness } = result
  console.log(`${browser.title}: segments ${run.from} to ${run.to - 1} of the recording go on and on\n${told(result)}`)
  const good = witness.stalls === 0 && [frames, own].every(({ median, p95 }) => median <= BOUND_S && p95 <= BOUND_S)
  const complaints = world.complaints()
  complaints.forEach(line => console.log(`console: ${line}`))
  process.exitCode = good && complaints.length === 0 ? 0 : 1
} finally {
  await world.close()
  await browser.close()
}
