// `cargo xtask bench swarm`: crowds of real viewers with Sprat beside the same crowds with p2p-media-loader and with
// hls.js alone, on the same stream from the same origin and tracker in the same run, in turns. How it is counted stands
// in `swarm/account.mjs`, how a crowd is made in `swarm/crowd.mjs`.
//
//   node playwright/bench/swarm.mjs [--runs N] [--only SCENARIO[,SCENARIO]] [--player NAME[,NAME]] [--short] [--minutes N] [--twice] [--threads]
//
// `--short`: 40 s of each, to see that all is in order; what was loaded and not yet shown makes its shares look bad.
// `--minutes`: of the soak, which runs once. `--twice`: who took what the origin gave more than once, and when.
// `--threads`: CPU time by process and thread, where the kernel tells.
// A table for people; everything, down to who took which segment from the origin, in `target/bench/swarm-SCENARIO.json`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXECUTABLE } from '../driver/chromium.mjs'
import { loadClip } from '../server/clip.mjs'
import { startServer } from '../server/server.mjs'
import { twice } from './swarm/account.mjs'
import { bareChannel } from './swarm/channel.mjs'
import { crowd } from './swarm/crowd.mjs'
import { median, table } from './figures.mjs'
import { ORIGIN, lines } from './swarm/lines.mjs'
import { SCRIPTS, pageOf } from './swarm/pages.mjs'
import { CLOCK, FILM, streams } from './swarm/stream.mjs'
import { each, growth, kinds, minutely, percent, stalls, summary, threads } from './swarm/told.mjs'

const here = import.meta.dirname
const out = join(here, '../../target/bench')
/** Told to clients by the incumbent's own tracker, in seconds. */
const ANNOUNCE = 120
/** Seconds of a live that are watched once everybody is there, as many as the film has, and of it, at the end, that its latency is judged by. */
const LIVE = FILM
const JUDGED = 60
/** Joining is over so many seconds after the last has come. */
const SETTLED = 10
/** What is asked for in the last moments of a run not all have asked for. */
const LATE = 14
/** Segments in the live's playlist. */
const WINDOW = 15
/** By how much a page may be fuller at the end of a soak than when its first buffers were full. */
const GROWTH_MB = 4
/** Seconds of the film in a short run. */
const SHORT = 40

const words = process.argv.slice(2)
const option = name => words.includes(name) ? words[words.indexOf(name) + 1] : undefined
const short = words.includes('--short')
const runs = Number(option('--runs') ?? 3)
const length = short ? SHORT : FILM
const players = option('--player')?.split(',') ?? ['']

const SPRAT = { kind: 'sprat' }
const LOADER = { kind: 'p2p-media-loader 2.3.1' }
const ALONE = { kind: 'hls.js' }

/** Each player's crowd in turn, or, where they are mixed, one crowd. */
const vod = viewers => ({ stream: 'film', apart: 5, sides: [SPRAT, LOADER, ALONE].map(one => Array(viewers).fill(one)) })
const SCENARIOS = {
  'vod-2': vod(2),
  'vod-4': vod(4),
  'vod-8': vod(8),
  'live-4': { stream: 'live', apart: 3, seconds: LIVE, sides: [SPRAT, LOADER, ALONE].map(one => Array(4).fill(one)) },
  // Where the live is told part by part, `low` stands nearer than `balanced`; this one is told in segments.
  'live-modes': { stream: 'live', apart: 3, seconds: LIVE, sides: ['low', 'balanced', 'shared'].map(mode => Array(4).fill({ ...SPRAT, mode })) },
  'shaped-4': { ...vod(4), line: { viewers: 4, down: 10, up: 5, delay: 20 } },
  'cost-4': { ...vod(4), sides: [SPRAT, { ...SPRAT, p2p: 'off' }, ALONE].map(one => Array(4).fill(one)), asked: true },
  soak: { stream: 'live', apart: 3, seconds: 60 * Number(option('--minutes') ?? 60), sides: [Array(4).fill(SPRAT)], soaks: true },
  'interop-a': mixed('p2p-media-loader 2.2.2', 'v2-position'),
  'interop-b': mixed('p2p-media-loader 2.3.1', 'v2-identity'),
}

function mixed(kind, naming) {
  return { stream: 'film', apart: 5, sides: [[{ kind: 'sprat', naming }, { kind }, { kind: 'sprat', naming }, { kind }]] }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
mkdirSync(out, { recursive: true })
const made = streams(join(out, 'swarm'))
const round = loadClip(made.live)
const [inRound] = round.renditions.values()
/** In the process that is behind the lines: the folder of what is at their ends. */
const behind = process.env.SPRAT_BEHIND_LINES
const server = await startServer({
  host: behind ? ORIGIN : undefined,
  mounts: { '/npm/': join(here, '../node_modules'), '/inside/': join(here, '../driver/inside'), '/bench/': join(here, 'inside'), '/crowd/': join(out, 'swarm') },
  lives: { crowd: { clip: made.live, window: WINDOW } },
  pages: pagesOf(Object.values(SCENARIOS)), compress: true, trackerInterval: ANNOUNCE,
})
await warm()
const only = option('--only')?.split(',')
for (const [name, scenario] of Object.entries(SCENARIOS)) {
  // An hour is only for who asks for it, and so is what the others tell too.
  if (only ? !only.some(one => name === one || name.startsWith(`${one}-`)) : scenario.soaks || scenario.asked) continue
  if (scenario.line && !behind) await behindLines(name, scenario.line)
  else await race(name, scenario)
}
await server.close()

/** The same in a process that lives where the origin's line ends. */
async function behindLines(name, line) {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return console.log(`\n${name}: left out, for lines are made on Linux as root`)
  const net = lines(line, EXECUTABLE)
  try {
    const [program, args] = net.inside(['node', ...process.argv.slice(1, 2), ...words.filter((word, i) => word !== '--only' && words[i - 1] !== '--only'), '--only', name])
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, SPRAT_BEHIND_LINES: net.folder } })
    const [code] = await once(child, 'exit')
    if (code !== 0) process.exitCode = 1
  } finally {
    net.close()
  }
}

async function race(name, { sides, ...how }) {
  const scenario = { ...how, sides: sides.filter(viewers => viewers.some(({ kind }) => players.some(name => kind.startsWith(name)))) }
  if (scenario.sides.length === 0) return
  const found = scenario.sides.map(() => [])
  for (let run = 0; run < (scenario.soaks ? 1 : runs); run++) {
    // The order turns, so that whatever else the machine does hits all alike.
    const order = [...scenario.sides.keys()]
    for (const side of run % 2 ? order : order.toReversed()) found[side].push(await watch(name, scenario, scenario.sides[side]))
  }
  const alone = found[scenario.sides.findIndex(viewers => viewers.every(({ kind }) => kind === ALONE.kind))]
  const rows = scenario.sides.map((viewers, i) => summary(viewers, found[i], scenario, alone))
  writeFileSync(join(out, `swarm-${name}.json`), JSON.stringify({ short, sides: scenario.sides.map((viewers, i) => ({ viewers, row: rows[i], runs: found[i] })) }, null, 1))
  console.log(`\n${name}: ${scenario.sides[0].length} viewers, ${scenario.apart} s apart, ${found[0].length} runs${short ? ', short' : ''}`)
  console.log(table(rows))
  if (words.includes('--threads')) console.log(table(threads(scenario.sides, found)))
  if (scenario.asked) console.log(await leastCost(found[0]))
  scenario.sides.forEach((viewers, i) => new Set(viewers.map(({ kind }) => kind)).size > 1 && console.log(table(each(viewers, found[i]))))
}

/** Of what viewers took from one another, in CPU seconds for each minute shown. */
async function leastCost(results) {
  const perMB = await bareChannel()
  const exchanged = median(results.map(({ viewers }) => viewers.reduce((sum, { own }) => sum + own.p2pBytes, 0) / 1e6))
  const shown = median(results.map(({ viewers }) => viewers.reduce((sum, { witness }) => sum + witness.played, 0) / 60))
  return `${(exchanged / shown).toFixed(1)} MB/min from one another; a bare data channel takes ${(perMB * 1000).toFixed(0)} ms/MB, which makes ${(perMB * exchanged / shown).toFixed(2)} s/min`
}

/** One crowd, in a browser of its own. */
async function watch(name, { stream, apart, seconds, soaks, line }, viewers) {
  const live = stream === 'live'
  if (live) server.lives.crowd.restart(WINDOW * 2)
  const { began } = server.lives.crowd
  const soak = soaks && minutely()
  const result = await crowd({
    server, apart, length,
    executables: line && viewers.map((_, i) => join(behind, `v${i + 1}`)),
    minutely: soak?.look,
    seconds: seconds && (short ? SHORT : seconds),
    addresses: viewers.map(how => server.url + address(how, stream)),
    // The pictures' own clock counts from the beginning of the clip, not of the round.
    clock: live ? { ...CLOCK, epoch: began / 1000 - round.from * 2 } : undefined,
    size: path => live ? inRound.segment(numberOf(path)).length : statSync(join(made.film, path.split('/').at(-1))).size,
  })
  if (live) Object.assign(result, { copies: copiesOnceSettled(result, began), ages: result.viewers.flatMap(({ ages }) => ages.slice(-2 * JUDGED)) })
  if (soak?.rows.length > 0 && (stalls(result) > 0 || growth(soak.rows) > GROWTH_MB)) process.exitCode = 1
  const consoles = result.complaints.length > 0 ? `; consoles: ${result.complaints.slice(0, 3).join(' | ')}` : ''
  console.log(`${name} ${kinds(viewers)}: offload ${percent(result.offload)}, ${stalls(result)} stalls${consoles}`)
  if (words.includes('--twice')) console.log(twice(result.segments, result.began).join('\n'))
  return result
}

/** Of a live's segments that came when everybody was there, and long enough before the end for all to have them. */
function copiesOnceSettled({ segments, joined, ended }, began) {
  const found = new Map(segments.map(({ segment, copies }) => [numberOf(segment), copies]))
  const published = number => began + inRound.start(number + 1) * 1000
  const counted = []
  for (let number = 0; published(number) <= ended - LATE * 1000; number++) {
    if (published(number) >= joined + SETTLED * 1000) counted.push(found.get(number) ?? 0)
  }
  return counted
}

/** What a host would have compressed long ago is no part of anybody's first frame. */
async function warm() {
  const site = readdirSync(join(here, '../../target/site')).filter(name => /\.(js|wasm)$/.test(name))
  for (const path of [...site, ...SCRIPTS.map(path => path.slice(1))]) await (await fetch(server.url + path)).arrayBuffer()
}

/** The pages of all viewers, by path. */
function pagesOf(scenarios) {
  const found = {}
  for (const { stream, sides } of scenarios) {
    const live = stream === 'live'
    for (const how of sides.flat()) found[`/${address(how, stream)}`] = pageOf({ ...how, live }, live ? '/live/crowd/master.m3u8' : '/crowd/film/master.m3u8')
  }
  return found
}

function address({ kind, naming = '', mode = '', p2p = '' }, stream) {
  return `viewers/${kind}-${naming}-${mode}-${p2p}-${stream}.html`.replaceAll(' ', '-')
}

function numberOf(path) {
  return Number(/(\d{6})\.m4s$/.exec(path)[1])
}
