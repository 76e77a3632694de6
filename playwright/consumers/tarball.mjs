// What is in the package, as it was packed: names and sizes, addresses of binaries, paths that only this machine has.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { FOLDER } from './installed.mjs'
import { table } from './table.mjs'

const BINARIES = ['sprat_bg.wasm', 'sprat_swarm_bg.wasm', 'sprat_benches_bg.wasm']

/** Files of one kind in one line, but for those that are imported by name. */
export function contents(tarball) {
  const packed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n').map(name => name.replace(/^package\//, ''))
  const groups = Map.groupBy ? Map.groupBy(packed, group) : grouped(packed)
  const size = name => measured(join(FOLDER, 'package', name))
  const rows = [...groups].map(([name, files]) => {
    const sizes = files.map(size)
    return [name, String(files.length), String(sum(sizes.map(({ bytes }) => bytes))), String(sum(sizes.map(({ brotli }) => brotli)))]
  })
  const all = packed.map(size)
  const total = ['all', String(packed.length), String(sum(all.map(({ bytes }) => bytes))), String(sum(all.map(({ brotli }) => brotli)))]
  return `${table(['in the tarball', 'files', 'bytes', 'brotli'], [...rows, total])}the tarball itself: ${statSync(tarball).size} bytes`
}

function group(name) {
  if (/^dist\/(chunk|[\w-]+-[A-Z0-9]{8}\.js)/.test(name)) return 'dist/, loaded by the others'
  if (name.startsWith('dist/locales/')) return 'dist/locales/*.js'
  if (name.startsWith('types/')) return 'types/'
  return name
}

function grouped(names) {
  const groups = new Map()
  for (const name of names) groups.set(group(name), [...(groups.get(group(name)) ?? []), name])
  return groups
}

function sum(numbers) {
  return numbers.reduce((all, number) => all + number, 0)
}

function measured(path) {
  const bytes = readFileSync(path)
  return { bytes: bytes.length, brotli: brotliCompressSync(bytes).length }
}

/**
 * In all that an entry may load, one literal for each binary; in `inline`, none. The loader, which is one file for pages without a
 * bundler, has its own beside that of what it loads.
 */
export function addresses(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entries = Object.entries(exports).filter(([name, { default: script }]) => script?.endsWith('.js') && !name.includes('*'))
  assert.ok(entries.length >= 7, `${entries.length} entries`)
  for (const [name, { default: script }] of entries) {
    const text = reach(join(folder, script)).map(path => readFileSync(path, 'utf8')).join('\n')
    for (const binary of BINARIES) {
      const count = text.split(`new URL("${binary}",import.meta.url)`).length - 1
      assert.equal(count, { './inline': 0, './loader': 2 }[name] ?? 1, `literals for ${binary} in the reach of ${name}`)
    }
  }
  return `${entries.length} entries`
}

/** A script, and all that it imports now or later. */
function reach(first) {
  const found = new Set([first])
  for (const path of found) {
    const text = readFileSync(path, 'utf8')
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?"(\.[^"]+\.js)"/g)) found.add(resolve(dirname(path), name))
  }
  return [...found]
}

export function paths(folder) {
  const home = resolve(FOLDER, '../..')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath ?? entry.path, entry.name))
  for (const path of files) {
    const text = readFileSync(path, 'latin1')
    for (const word of [home, 'file:///', '/home/', '/root/', '/Users/']) assert.ok(!text.includes(word), `${word} stands in ${path}`)
    assert.ok(extname(path) !== '.map', `${path} is a source map`)
  }
  return `${files.length} files`
}
