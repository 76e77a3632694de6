// Does the self-hosted folder work on the servers that people have? Each in turn, in front of the local instance, with the
// settings that we ship. Prints a table, a row per check and a column per server, all from real answers, and one closing
// line, which `cargo xtask test` reads.
//
//   node playwright/hosting/run.mjs [--server NAME] [--no-browser]     the site must be built
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from '../driver/chromium.mjs'
import { startServer } from '../server/server.mjs'
import { ANSWERS } from './answers.mjs'
import { SERVERS, freePort, startHost } from './servers.mjs'

const playwright = join(import.meta.dirname, '..')
const MOUNTS = { '/cases/': join(playwright, 'cases'), '/npm/': join(playwright, 'node_modules') }
/** All viewers come from one address here. */
const RATE = { calls: 10_000, seconds: 10 }
/** Of a cell. */
const WIDTH = 21

const words = process.argv.slice(2)
const only = words.includes('--server') ? words[words.indexOf('--server') + 1] : undefined
const names = Object.keys(SERVERS).filter(name => !only || name.toLowerCase() === only.toLowerCase())
const watched = words.includes('--no-browser') ? {} : (await import('./watched.mjs')).WATCHED

const home = mkdtempSync(join(tmpdir(), 'sprat-folder-'))
const folder = join(home, 'sprat')
const failures = []
const columns = new Map()
let browser
try {
  execFileSync(process.execPath, [join(playwright, '../www/folder.mjs'), folder], { stdio: 'inherit' })
  browser = Object.keys(watched).length > 0 ? await launch() : undefined
  for (const name of names) columns.set(name, await column(name))
} finally {
  await browser?.close()
  rmSync(home, { recursive: true, force: true })
}
print()

/** All rows of one server, as `{ row: cell }`. */
async function column(name) {
  const began = Date.now()
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const server = await startServer({ pages: loaders(), instance: { rate: RATE }, behind: origin, mounts: MOUNTS, trackerInterval: 10 })
  const cells = {}
  try {
    const host = await startHost(name, { port, upstream: server.url.slice(0, -1), folder })
    try {
      for (const [row, check] of Object.entries({ ...ANSWERS, ...watched })) cells[row] = await cell(name, row, () => check({ ...host, server, browser }))
    } finally {
      await host.close()
    }
  } catch (error) {
    failures.push(`${name}: ${error.message}`)
  } finally {
    await server.close()
  }
  console.log(`${name}: ${Object.keys(cells).length} checks, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  return cells
}

/** Pages of a site that includes one of the loaders from the folder. */
function loaders() {
  const including = script => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A site</title>
    ${script}
  </head>
  <body>
    <sprat-player src="/media/vod/master.m3u8" p2p="off" muted autoplay playsinline></sprat-player>
  </body>
</html>
`
  const plain = name => including(`<script type="module" src="/sprat/${name}.js"></script>`)
  return { '/plain.html': plain('sprat'), '/gz.html': plain('sprat-gz'), '/strict.html': including(readFileSync(join(folder, 'strict.html'), 'utf8')) }
}

async function cell(name, row, check) {
  try {
    return await check()
  } catch (error) {
    failures.push(`${name}, ${row}: ${String(error.message ?? error)}`)
    return 'FAILED'
  }
}

function print() {
  const rows = Object.keys({ ...ANSWERS, ...watched })
  const line = cells => cells.map((text, at) => text.padEnd(at === 0 ? 24 : WIDTH)).join('').trimEnd()
  console.log(`\n${line(['', ...names])}`)
  for (const row of rows) console.log(line([row, ...names.map(name => columns.get(name)[row] ?? '-')]))
  for (const failure of failures) console.log(`\n${failure}`)
  const passed = names.reduce((sum, name) => sum + Object.values(columns.get(name)).filter(text => text !== 'FAILED').length, 0)
  console.log(`\n${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
}
