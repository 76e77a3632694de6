// Who uses the package, and how: what each builds with, and the page that is opened then.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { elementsAsDescribed } from './elements.mjs'
import { FOLDER } from './installed.mjs'

export const CONSUMERS = [
  { name: 'plain', page: 'consumers/plain/index.html' },
  { name: 'define', page: 'consumers/plain/define.html', check: elsewhere },
  { name: 'inline', page: 'consumers/plain/inline.html', check: nothingFetched },
  { name: 'core', page: 'consumers/plain/core.html' },
  { name: 'two versions', page: 'consumers/plain/two.html', check: twoCopies },
  { name: 'vite dev', tool: 'vite', serve: viteServer, page: '' },
  { name: 'vite build', tool: 'vite', build: () => run('vite', ['node_modules/vite/bin/vite.js', 'build', 'vite']), page: 'consumers/vite/dist/index.html', check: () => oneBinaryEach('vite/dist') },
  { name: 'webpack', tool: 'webpack', build: () => run('webpack', ['webpack/build.mjs']), page: 'consumers/webpack/index.html', check: () => oneBinaryEach('webpack/dist') },
  { name: 'next', tool: 'next', build: () => run('next', ['node_modules/next/dist/bin/next', 'build', 'next']), page: 'consumers/next/out/index.html', check: next },
  { name: 'esbuild', tool: 'esbuild', build: () => run('esbuild', ['esbuild/build.mjs']), page: 'consumers/esbuild/index.html' },
  { name: 'rollup', tool: 'rollup', build: () => run('rollup', ['node_modules/rollup/dist/bin/rollup', '--silent', '--config', 'rollup/rollup.config.js']), page: 'consumers/rollup/index.html', check: () => withoutLists('rollup/dist') },
]

function run(name, words) {
  try {
    execFileSync(process.execPath, words, { cwd: FOLDER, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch ({ stdout, stderr }) {
    throw new Error(`${name} did not build:\n${stdout}${stderr}`)
  }
}

/** Nobody is told that something is built here. */
function environment() {
  return { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' }
}

/** Vite's own server, until it is closed. */
async function viteServer() {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const server = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'vite', '--host', '127.0.0.1', '--port', String(port), '--strictPort'], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] })
  process.once('exit', () => server.kill())
  const url = `http://127.0.0.1:${port}/`
  for (let tries = 0; !(await fetch(url).then(({ ok }) => ok, () => false)); tries++) {
    if (tries > 150 || server.exitCode !== null) throw new Error('the server of Vite does not answer')
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  return { url, close: () => void server.kill() }
}

/** A bundler that found a binary by more than one address would ship it twice. */
function oneBinaryEach(folder) {
  const found = readdirSync(join(FOLDER, folder), { recursive: true }).filter(name => name.endsWith('.wasm'))
  assert.equal(found.length, 3, `binaries in ${folder}: ${found}`)
  return '3 binaries'
}

/** Who takes the classes of the player alone is not to ship those of lists as well. */
function withoutLists(folder) {
  const scripts = readdirSync(join(FOLDER, folder)).filter(name => name.endsWith('.js'))
  const main = readFileSync(join(FOLDER, folder, 'main.js'), 'utf8')
  assert.ok(!main.includes('sprat-playlist'), 'the playlist is in the bundle of a page that has none')
  return `${scripts.length} scripts, no playlist`
}

/** Where the page has said that they are, and nowhere else. */
async function elsewhere(tab) {
  const binaries = await tab.ask(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter(name => name.endsWith('.wasm')))
  assert.deepEqual(binaries, ['/consumers/package/dist/sprat_bg.wasm'])
  return elementsAsDescribed(tab)
}

async function nothingFetched(tab) {
  const fetched = await tab.ask(() => performance.getEntriesByType('resource').map(({ name }) => name).filter(name => /\.wasm|chunk/.test(name)))
  assert.deepEqual(fetched, [], 'fetched beside the one file')
  return 'nothing else fetched'
}

/** Both copies ran, one of them has the elements, and there is one engine. */
async function twoCopies(tab) {
  const { copies, runtimes, players } = await tab.ask(() => {
    const names = Object.getOwnPropertySymbols(globalThis).map(symbol => symbol.description)
    return {
      copies: names.filter(name => /^sprat [0-9a-f]{8}$/.test(name)).length,
      runtimes: names.filter(name => /^sprat\.runtime/.test(name)).length,
      players: document.querySelectorAll('sprat-player').length,
    }
  })
  assert.deepEqual({ copies, runtimes, players }, { copies: 2, runtimes: 1, players: 2 })
  return 'both play, one engine'
}

/** The page was made on the server's side, with the element in it. */
function next() {
  const html = readFileSync(join(FOLDER, 'next/out/index.html'), 'utf8')
  assert.match(html, /<sprat-player[^>]+p2p="off"/, 'the element is in the exported page')
  const found = readdirSync(join(FOLDER, 'next/out'), { recursive: true }).filter(name => name.endsWith('.wasm'))
  assert.equal(found.length, 3, `binaries in the export: ${found}`)
  return 'imported by the server, 3 binaries'
}
