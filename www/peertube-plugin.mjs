// `peertube-plugin-sprat`, as PeerTube installs it from npm or from a folder: the templates in `pkg-config/peertube-plugin/`, and
// the player's files as people host them (`folder.mjs`). The site must be built.
//
// The two iframe pages are templates here, which the plugin fills in; everything else is served as it is, and compressed once
// more beside itself. What only a web server of one's own needs stays behind.
//
// usage: node peertube-plugin.mjs OUT     OUT is emptied first
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const templates = join(root, 'pkg-config/peertube-plugin')
const PAGES = ['embed.html', 'playlist.html']
const LEGAL = ['LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY.txt']
const PLAYER = /\.(js|css|svg|wasm|wasm\.gz)$/
/** Loaders for hosts that do not compress, and for digests of another address. */
const VARIANTS = ['sprat-gz.js', 'sprat-strict.js']

const out = process.argv[2]
if (!out) {
  console.error('usage: node peertube-plugin.mjs OUT')
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
const folder = mkdtempSync(join(tmpdir(), 'sprat-plugin-'))
try {
  execFileSync(process.execPath, [join(import.meta.dirname, 'folder.mjs'), folder], { stdio: 'inherit' })
  for (const name of PAGES) put(join('pages', name), readFileSync(join(folder, name)))
  for (const name of LEGAL) put(name, readFileSync(join(folder, name)))
  for (const name of files(folder)) if (PLAYER.test(name) && !VARIANTS.includes(name)) serve(name, readFileSync(join(folder, name)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const name of files(templates)) put(name, readFileSync(join(templates, name)))
const [, version] = /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))
put('package.json', `${JSON.stringify({ ...JSON.parse(readFileSync(join(templates, 'package.json'), 'utf8')), version }, null, 2)}\n`)

function serve(name, bytes) {
  put(join('static', name), bytes)
  if (/\.(js|css)$/.test(name)) put(join('static', `${name}.gz`), gzipSync(bytes, { level: 9 }))
}

function put(name, bytes) {
  mkdirSync(dirname(join(out, name)), { recursive: true })
  writeFileSync(join(out, name), bytes)
}

function files(folder) {
  return readdirSync(folder, { recursive: true }).filter(name => statSync(join(folder, name)).isFile()).map(name => name.replaceAll('\\', '/')).sort()
}
