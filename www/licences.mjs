// What of others do we ship, and under which licences? Of the engine the crates that its binaries are made of, as cargo resolves them
// for wasm32; of the scripts the npm packages that esbuild has put into them (`target/site.packages`, written by build.mjs). Build tools
// leave nothing in what ships and are not listed.
//
// The licences ask for one thing, that their notices go along: they are gathered from the packages themselves.
//
// usage: node licences.mjs notices FILE     every notice in full, for the packages that we ship
//        node licences.mjs page [FILE]      docs/licences.md, the list of them
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const www = import.meta.dirname
const root = join(www, '..')

/** What may ship within something under MIT or Apache-2.0 and asks for no more than its notice. */
export const ALLOWED = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'Unicode-3.0', 'Zlib']

/** Packages whose files do not say who holds the rights; their repositories do. */
const HOLDERS = {
  'custom-media-element': 'Mux, Inc.',
  'media-tracks': 'Mux, Inc.',
  'gloo-events': '2019 Rust and WebAssembly Working Group',
}
const NOTICE = /^(licen[cs]e|copying|notice)([-._]|$)/i

/** Each as `{ part, name, version, licence, home, notices }`. */
export function shipped() {
  return [STANDARD_LIBRARY, ...crates(), ...packages()]
}

/** The alternative that we take; undefined where there is none. Of several that hold at once, all have to be allowed. */
export function taken(licence) {
  const parts = licence.replace(/[()]/g, '').split(' AND ').map(part => part.split(/ OR |\//).map(one => one.trim()))
  const found = parts.map(alternatives => ALLOWED.find(allowed => alternatives.includes(allowed)))
  return found.every(Boolean) ? [...new Set(found)].join(' AND ') : undefined
}

const STANDARD_LIBRARY = {
  part: 'engine', name: "Rust's standard library", version: '', licence: 'MIT OR Apache-2.0', home: 'https://www.rust-lang.org',
  notices: [mit('The Rust Project Contributors')],
}

function crates() {
  const cargo = (...options) => execFileSync(process.env.CARGO ?? 'cargo', [...options, '--locked'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  // The engine's alone: in `metadata` the features of all members of the workspace count.
  const lines = cargo('tree', '--package', 'sprat', '--target', 'wasm32-unknown-unknown', '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}').split('\n')
  const used = new Set(lines.map(line => /^(\S+ v\S+)/.exec(line)?.[1]))
  const { packages } = JSON.parse(cargo('metadata', '--format-version', '1', '--filter-platform', 'wasm32-unknown-unknown'))
  const others = packages.filter(({ name, version, source }) => source !== null && used.has(`${name} v${version}`))
  return sorted(others).map(({ name, version, license, repository, manifest_path }) => ({
    part: 'engine', name, version, licence: license, home: repository ?? `https://crates.io/crates/${name}`, notices: notices(dirname(manifest_path), license, name),
  }))
}

function packages() {
  const names = readFileSync(join(root, 'target/site.packages'), 'utf8').trim().split('\n')
  const all = names.map(name => ({ name, folder: join(www, 'node_modules', name), ...JSON.parse(readFileSync(join(www, 'node_modules', name, 'package.json'), 'utf8')) }))
  return sorted(all).map(({ name, version, license, folder }) => ({
    part: 'scripts', name, version, licence: license, home: `https://www.npmjs.com/package/${name}`, notices: notices(folder, license, name),
  }))
}

/** Those of the licence that we take, as the package has them. */
function notices(folder, licence, name) {
  const files = readdirSync(folder).filter(file => NOTICE.test(file)).sort()
  const ours = taken(licence) ?? ''
  const others = ['MIT', 'APACHE', 'MPL', 'UNLICENSE', 'ZLIB', 'BSD'].filter(word => !ours.toUpperCase().includes(word))
  const wanted = files.filter(file => !others.some(word => file.toUpperCase().includes(word)))
  const texts = wanted.map(file => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length > 0) return texts
  if (ours === 'MIT' && HOLDERS[name]) return [mit(HOLDERS[name])]
  // Apache-2.0 asks for a copy of itself and for a NOTICE, if there is one.
  return ours === 'Apache-2.0' ? [readFileSync(join(root, 'LICENSE-APACHE'), 'utf8').trim()] : []
}

/** One text, with the names of all that have it above it. */
export function noticesText(all) {
  const byText = new Map()
  for (const one of all) for (const text of one.notices) byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version}`.trim()])
  const blocks = [...byText].map(([text, names]) => `${'='.repeat(80)}\n${names.join(', ')}\n${'='.repeat(80)}\n\n${text}\n`)
  return `Sprat is under MIT or Apache-2.0, at your choice (LICENSE-MIT, LICENSE-APACHE).\nIt has in it what others have written. Their notices:\n\n${blocks.join('\n')}`
}

export function page(all = shipped()) {
  const rows = part => all.filter(one => one.part === part).map(({ name, version, licence, home }) => `| [${name}](${home}) | ${version} | ${licence.replace('/', ' OR ')} |`)
  const table = part => ['| what | version | licence |', '|---|---|---|', ...rows(part)].join('\n')
  return `# Licences of what ships

Sprat is under MIT or Apache-2.0, at your choice. What it has in it of others is listed here, and their notices go along with every package as
\`THIRD-PARTY.txt\`. Nothing of it is under the GPL, LGPL, AGPL or another licence that asks for more than its notice.

This page is written by \`node www/licences.mjs page\` and compared with what is shipped by \`node --test playwright/licences/\`.

## In the engine

${table('engine')}

## In the scripts

${table('scripts')}
`
}

function mit(holder) {
  return `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`
}

function sorted(all) {
  return all.sort((a, b) => (a.name < b.name ? -1 : 1))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [what, file] = process.argv.slice(2)
  if (!existsSync(join(root, 'target/site.packages'))) throw new Error('target/site.packages is not there: the site has to be built first')
  if (what === 'notices' && file) writeFileSync(file, noticesText(shipped()))
  else if (what === 'page') writeFileSync(file ?? join(root, 'docs/licences.md'), page())
  else throw new Error('usage: node licences.mjs notices FILE | page [FILE]')
}
