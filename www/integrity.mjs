// Digests of what is shipped, by which a page takes exactly these files and no others.
//
// `sri.json`: of every file in a folder, and its version. `strict.html`: what a page needs to include the strict loader from
// where the folder will lie: an import map with the digests of all that the loader loads (it must stand before every
// script of type "module"), and the loader with its own. The binaries' digests are built into that loader.
//
// usage: node integrity.mjs FOLDER ADDRESS     ADDRESS, as of `strict.html`: /sprat/ or https://cdn.example/sprat/1.2.3/
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, address] = process.argv.slice(2)
if (!folder || !address?.endsWith('/')) {
  console.error('usage: node integrity.mjs FOLDER ADDRESS/')
  process.exit(2)
}
const [, version] = /^version = "(.+)"$/m.exec(readFileSync(join(import.meta.dirname, '../Cargo.toml'), 'utf8'))
const names = readdirSync(folder, { recursive: true }).map(name => name.replaceAll('\\', '/')).filter(shipped).sort()
const files = Object.fromEntries(names.map(name => [name, `sha384-${digest('sha384', readFileSync(join(folder, name)))}`]))
writeFileSync(join(folder, 'sri.json'), `${JSON.stringify({ version, files }, null, 1)}\n`)

const scripts = names.filter(name => name.endsWith('.js') && !name.startsWith('sprat-gz'))
const map = JSON.stringify({ integrity: Object.fromEntries(scripts.map(name => [address + name, files[name]])) })
writeFileSync(join(folder, 'strict.html'), `<!-- Sprat ${version}, these files and no others. A strict policy for scripts needs 'sha256-${digest('sha256', map)}' beside 'wasm-unsafe-eval', and where the files come from. -->
<script type="importmap">${map}</script>
<script type="module" src="${address}sprat-strict.js" integrity="${files['sprat-strict.js']}" crossorigin="anonymous"></script>
`)

/** Neither what this writes nor what a server reads itself. */
function shipped(name) {
  return statSync(join(folder, name)).isFile() && /\.(js|css|html|wasm|gz)$/.test(name) && name !== 'strict.html'
}

function digest(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest('base64')
}
