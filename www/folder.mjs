// The folder that people host: what the self-hosted zip unpacks to, and what is tested behind real servers.
//
// The iframe pages and all they load; each binary compressed as well, for hosts that do not compress; the same pages for
// an address that is not beside the scripts, in front of a PeerTube instance; the digest of every file; settings for the
// usual servers. The site must be built.
//
// usage: node folder.mjs OUT     OUT is emptied first
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { noticesText, shipped } from './licences.mjs'

const root = join(import.meta.dirname, '..')
const site = join(root, 'target/site')
const settings = join(root, 'pkg-config/selfhosted')
/** Pages of the site that are not for others to host. */
const DEMO = ['index.html', 'annotate.html']
/** Where the folder lies in front of an instance; `pkg-config/selfhosted/` has the same in its settings. */
const PREFIX = '/sprat/'

const out = process.argv[2]
if (!out) {
  console.error('usage: node folder.mjs OUT')
  process.exit(2)
}
rmSync(out, { recursive: true, force: true })
const demo = new Set(readFileSync(join(root, 'target/site.files'), 'utf8').split('\n').filter(line => line.startsWith('demo ')).map(line => line.slice(5)))
for (const file of files(site)) if (!demo.has(file) && !DEMO.includes(file)) put(file, readFileSync(join(site, file)))
for (const file of files(site)) if (file.endsWith('.wasm')) put(`${file}.gz`, gzipSync(readFileSync(join(site, file)), { level: 9 }))
for (const [page, name] of [['embed.html', 'video.html'], ['playlist.html', 'playlist.html']]) put(`instance/${name}`, atPrefix(readFileSync(join(site, page), 'utf8')))
for (const file of files(settings)) put(file, readFileSync(join(settings, file)))
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) put(licence, readFileSync(join(root, licence)))
put('THIRD-PARTY.txt', noticesText(shipped()))
execFileSync(process.execPath, [join(import.meta.dirname, 'integrity.mjs'), out, PREFIX], { stdio: 'inherit' })

/** What a page loads from beside itself, by an address that holds wherever the page is. */
function atPrefix(html) {
  return html.replace(/(?<= (?:src|href)=")(?=[\w-]+[./])/g, PREFIX)
}

function put(name, bytes) {
  mkdirSync(dirname(join(out, name)), { recursive: true })
  writeFileSync(join(out, name), bytes)
}

function files(folder) {
  return readdirSync(folder, { recursive: true }).filter(name => statSync(join(folder, name)).isFile()).map(name => name.replaceAll('\\', '/')).sort()
}
