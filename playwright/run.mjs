// The browser cases: which run, how many at once, and what is printed. Each folder in `cases/` is one case.
//
//   node playwright/run.mjs [--list] [--filter NAME] [--jobs N]
//
// One line per case with its figures and wall time; the last line is the tally that `cargo xtask test` reads.
// A failed case leaves a screenshot of each of its pages in `playwright/out/`.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Browsers } from './driver/browsers.mjs'
import { World } from './driver/world.mjs'

const CASES = join(import.meta.dirname, 'cases')
const OUT = join(import.meta.dirname, 'out')
/** Software decoding on two cores: a third case would make stalls of its own. */
const JOBS = 2
/** A case that has not ended by then hangs. */
const PATIENCE_S = 120

const options = readOptions(process.argv.slice(2))
const cases = await load(options.filter)
if (options.list) {
  for (const { name, about } of cases) console.log(`${name.padEnd(20)} ${about}`)
} else {
  process.exitCode = await run(cases)
}

/** @returns {Promise<{name: string, about: string, seconds: number, alone?: boolean, expects?: RegExp[], run: Function}[]>} */
async function load(filter) {
  const names = readdirSync(CASES).filter(name => !filter || name.includes(filter)).sort()
  return Promise.all(names.map(async name => ({ name, ...(await import(join(CASES, name, 'case.mjs'))).default })))
}

async function run(cases) {
  rmSync(OUT, { recursive: true, force: true })
  const browsers = new Browsers()
  // The longest first, so that the last to end is a short one.
  const waiting = [...cases].sort((a, b) => b.seconds - a.seconds)
  const failed = []
  const worker = async () => {
    for (let next; (next = waiting.shift());) {
      if (!(await one(next, browsers))) failed.push(next.name)
    }
  }
  const began = Date.now()
  await Promise.all(Array.from({ length: options.jobs }, worker))
  await browsers.close()
  console.log(`\n${seconds(began)} s for ${cases.length} cases, ${options.jobs} at a time`)
  if (failed.length > 0) console.log(`failed: ${failed.sort().join(' ')}`)
  console.log(`${cases.length - failed.length} passed, ${failed.length} failed`)
  return failed.length > 0 || cases.length === 0 ? 1 : 0
}

/** Runs a case in a world of its own: origin, tracker, pages. Resolves to whether it passed. */
async function one(what, browsers) {
  const began = Date.now()
  const world = new World(browsers, what)
  let failure
  try {
    await Promise.race([start(what, world), patience(what)])
    world.judgeConsoles()
  } catch (error) {
    failure = error
    await world.screenshots(join(OUT, what.name))
  }
  await world.close()
  const sign = failure ? 'FAIL' : 'ok  '
  console.log(`${sign} ${what.name.padEnd(20)} ${seconds(began).padStart(6)} s   ${world.figures.join('; ')}`)
  if (failure) {
    console.log(`     ${what.about}`)
    console.log(String(failure.stack ?? failure).replace(/^/gm, '     '))
    for (const line of world.complaints()) console.log(`     console: ${line}`)
  }
  return !failure
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
  const found = { list: false, filter: undefined, jobs: JOBS }
  while (words.length > 0) {
    const word = words.shift()
    if (word === '--list') found.list = true
    else if (word === '--filter') found.filter = words.shift()
    else if (word === '--jobs') found.jobs = Number(words.shift())
    else throw new Error(`unknown option ${word}`)
  }
  return found
}
