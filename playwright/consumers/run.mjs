// Does the npm package work where people use it? Packs it, installs the tarball in small projects beside this file, builds each with
// its own tools, opens it in Chromium and waits for the first frame. Then what others judge a package by (publint,
// Are the types wrong), what a strict TypeScript project sees, and what is in the tarball.
//
//   node playwright/consumers/run.mjs [--only NAME,…]
//
// Everything lies in `target/consumers`: this folder, its packages by the lock file here, and the tarball. The last line is the
// tally, which `cargo xtask test` reads.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Browser } from '../driver/browsers.mjs'
import { VOD, World } from '../driver/world.mjs'
import { CONSUMERS } from './consumers.mjs'
import { FOLDER, installed } from './installed.mjs'
import { JUDGES } from './judges.mjs'
import { table } from './table.mjs'
import { contents } from './tarball.mjs'

/** Of a player, or of a video that stands in the page; counted from where the page began. */
const FIRST_FRAME = `
  const seen = () => { globalThis.firstFrame ??= performance.now() }
  document.addEventListener('playing', seen, true)
`

const only = (process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : '').split(',')
const wanted = ({ name }) => only.some(part => name.includes(part))
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))

const pack = await installed()
console.log(`${pack.file}, and the same as ${pack.other}: packed and installed in ${pack.seconds} s`)
console.log(contents(pack.tarball))

const browser = new Browser('chromium')
const rows = []
let failed = 0
for (const consumer of CONSUMERS.filter(wanted)) rows.push(await tried(consumer.name, () => watched(consumer)))
await browser.close()
for (const judge of JUDGES.filter(wanted)) rows.push(await tried(judge.name, () => judged(judge)))

console.log(table(['consumer', 'version', 'build s', 'first frame ms', ''], rows))
console.log(`${rows.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 || rows.length === 0 ? 1 : 0

async function tried(name, work) {
  try {
    return [name, ...(await work())]
  } catch (error) {
    failed += 1
    console.log(`FAIL ${name}\n${String(error.stack ?? error).replace(/^/gm, '     ')}`)
    return [name, '', '', '', 'FAILED']
  }
}

/** Built, opened, and watched until it has shown something; then asked what else is to be true of it. */
async function watched({ name, tool, build, serve, page, check }) {
  const began = Date.now()
  await build?.()
  const took = build ? ((Date.now() - began) / 1000).toFixed(1) : '-'
  const world = new World(browser, { server: { mounts: { '/consumers/': FOLDER, '/modules/': join(FOLDER, 'node_modules') } } })
  await world.open()
  const served = await serve?.()
  try {
    const address = new URL(page, served?.url ?? world.server.url)
    address.searchParams.set('src', new URL(VOD, world.server.url).href)
    const tab = await world.page(address.href, { name, before: [FIRST_FRAME] })
    await tab.until(() => globalThis.firstFrame > 0, { within: 40_000, what: 'the first frame' })
    await tab.until(pageIsPlaying, { what: 'all that is there plays' })
    const said = await check?.(tab)
    await world.screenshots(join(FOLDER, 'seen'))
    await world.judgeConsoles()
    return [version(tool), took, String(Math.round(await tab.ask(() => globalThis.firstFrame))), said ?? '']
  } finally {
    await served?.close()
    await world.close()
  }
}

async function judged({ tool, judge }) {
  const began = Date.now()
  const said = await judge(pack)
  return [version(tool), ((Date.now() - began) / 1000).toFixed(1), '-', said ?? '']
}

function version(tool) {
  if (!tool) return '-'
  return JSON.parse(readFileSync(join(FOLDER, 'node_modules', tool, 'package.json'), 'utf8')).version
}

function pageIsPlaying() {
  const all = [...document.querySelectorAll('sprat-player, video')]
  return all.length > 0 && all.every(player => player.currentTime > 0.2 && player.videoWidth > 0)
}
