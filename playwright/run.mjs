// The browser cases: which run in which browser, how many at once, and what is printed. Each folder in `cases/` is one
// case; it runs in every browser, unless its `browsers` names some.
//
//   node playwright/run.mjs [--list] [--browser NAME] [--filter NAME] [--jobs N]
//
// One browser after the other. One line per case with its figures and wall time, one tally per browser; the last line
// is the tally of all, which `cargo xtask test` reads. A failed case leaves a screenshot of each of its pages in
// `playwright/out/`, and is run once more at the end, alone: what a busy machine did is not what the player did. Passing
// then is a pass, and named; more than a few of those in one browser are failures all the same. What failed is printed
// once more before the tallies.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BROWSERS, Browser } from './driver/browsers.mjs'
import { World } from './driver/world.mjs'

const CASES = join(import.meta.dirname, 'cases')
const OUT = join(import.meta.dirname, 'out')
/** Software decoding on two cores: a third case would make stalls of its own. */
const JOBS = 2
/** So many cases of a browser may need their second run. */
const UNSTEADY = 3
/** A case that has not ended by then hangs. */
const PATIENCE_S = 120

/** An interrupted run ends its browsers too: they do so when we exit. */
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const options = readOptions(process.argv.slice(2))
const cases = await load(options.filter)
if (options.list) {
  for (const { name, browsers, about } of cases) console.log(`${name.padEnd(20)} ${about}${browsers === BROWSERS ? '' : ` (${browsers.join(', ')})`}`)
} else {
  process.exitCode = await run()
}

/** @returns {Promise<{name: string, about: string, seconds: number, browsers: string[], expects?: RegExp[], alone?: boolean, run: Function}[]>} */
async function load(filter) {
  const names = readdirSync(CASES).filter(name => !filter || name.includes(filter)).sort()
  return Promise.all(names.map(async name => ({ name, browsers: BROWSERS, ...(await import(join(CASES, name, 'case.mjs'))).default })))
}

async function run() {
  rmSync(OUT, { recursive: true, force: true })
  const tallies = []
  for (const kind of options.browsers) {
    const applicable = cases.filter(({ browsers }) => browsers.includes(kind))
    if (applicable.length > 0) tallies.push(await runIn(kind, applicable))
  }
  for (const { failed } of tallies) for (const { report } of failed) console.log(`\n${report}`)
  console.log()
  for (const { title, passed, failed, unsteady, took } of tallies) {
    const named = (what, names) => (names.length > 0 ? `, ${what}: ${names.join(' ')}` : '')
    const tooMany = unsteady.length > UNSTEADY ? ', which is too many' : ''
    console.log(`${title}: ${passed} of ${passed + failed.length} passed, ${took} s${named('failed', failed.map(({ what }) => what.name).sort())}${named('only alone', unsteady)}${tooMany}`)
  }
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed.length + Math.max(0, tally.unsteady.length - UNSTEADY), 0)
  console.log(`${passed} passed, ${failed} failed`)
  return failed > 0 || passed === 0 ? 1 : 0
}

async function runIn(kind, applicable) {
  const first = new Browser(kind)
  console.log(`\n${first.title}: ${applicable.length} of ${cases.length} cases, ${options.jobs} at a time`)
  // The longest first, so that the last to end is a short one; what keeps to a clock by the tenth of a second, or ends the
  // patience of strangers, has the machine for itself.
  const byLength = [...applicable].sort((a, b) => b.seconds - a.seconds)
  const alone = byLength.filter(what => what.alone)
  const waiting = byLength.filter(what => !what.alone)
  const again = []
  const work = async (cases, browser) => {
    for (let next; (next = cases.shift());) {
      if (await one(next, browser)) again.push(next)
    }
  }
  const began = Date.now()
  // Whoever runs beside others has a browser of its own: what is pressed goes to the window that has the focus.
  const others = Array.from({ length: options.jobs - 1 }, () => new Browser(kind))
  await Promise.all([first, ...others].map(browser => work(waiting, browser)))
  await Promise.all(others.map(browser => browser.close()))
  await work(alone, first)
  const unsteady = []
  const failed = []
  for (const what of again) {
    const report = await one(what, first)
    if (report) failed.push({ what, report })
    else unsteady.push(what.name)
  }
  await first.close()
  const took = seconds(began)
  return { title: first.title, passed: applicable.length - failed.length, failed, unsteady, took }
}

/** Runs a case in a world of its own: origin, tracker, pages. Resolves to what is to be said of its failure. */
async function one(what, browser) {
  const began = Date.now()
  const world = new World(browser, what)
  let failure
  try {
    await Promise.race([start(what, world), patience(what)])
    await world.judgeConsoles()
  } catch (error) {
    failure = error
    await world.screenshots(join(OUT, browser.kind, what.name))
  }
  await world.close()
  const sign = failure ? 'FAIL' : 'ok  '
  const lines = [`${sign} ${browser.kind.padEnd(8)} ${what.name.padEnd(17)} ${seconds(began).padStart(6)} s   ${world.figures.join('; ')}`]
  if (failure) {
    lines.push(`     ${what.about}`, String(failure.stack ?? failure).replace(/^/gm, '     '), ...world.complaints().map(line => `     console: ${line}`))
  }
  console.log(lines.join('\n'))
  return failure && lines.join('\n')
}

async function start(what, world) {
  await world.open()
  await what.run(world)
}

function patience({ seconds = 0 }) {
  const limit = Math.max(PATIENCE_S, seconds * 2)
  return new Promise((_, reject) => setTimeout(reject, limit * 1000, new Error(`not done after ${limit} s`)).unref())
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}

function readOptions(words) {
  const found = { list: false, browsers: BROWSERS, filter: undefined, jobs: JOBS }
  while (words.length > 0) {
    const word = words.shift()
    if (word === '--list') found.list = true
    else if (word === '--browser') found.browsers = words.shift().split(',')
    else if (word === '--filter') found.filter = words.shift()
    else if (word === '--jobs') found.jobs = Number(words.shift())
    else throw new Error(`unknown option ${word}`)
  }
  return found
}
