// The WordPress plugin as people install it: what `pkg-config/wordpress/` has, with the version of Cargo.toml, its words as
// WordPress reads them, and the self-hosted folder as its player. The site must be built.
//
// usage: node wordpress.mjs OUT     OUT is emptied first
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { mo, read, script } from './gettext.mjs'

const root = join(import.meta.dirname, '..')
/** What only holds for a folder at another address. */
const ELSEWHERE = ['instance', 'strict.html', 'sri.json']
/** Files that say which version they are of, and how. */
const STAMPED = { 'sprat.php': /(?<=Version: +)\d[\w.-]*/g, 'block/block.asset.php': /(?<='version' +=> ')\d[\w.-]*/g }

const out = process.argv[2]
if (!out) {
  console.error('usage: node wordpress.mjs OUT')
  process.exit(2)
}
const [, version] = /^version = "(.*)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))
rmSync(out, { recursive: true, force: true })
cpSync(join(root, 'pkg-config/wordpress'), out, { recursive: true })
for (const [file, places] of Object.entries(STAMPED)) {
  const path = join(out, file)
  writeFileSync(path, readFileSync(path, 'utf8').replace(places, version))
}
const words = join(out, 'languages')
for (const file of readdirSync(words)) {
  const name = file.replace(/\.po$/, '')
  const translated = read(readFileSync(join(words, file), 'utf8'))
  writeFileSync(join(words, `${name}.mo`), mo(translated))
  // The script's name is the block's, as WordPress makes it.
  writeFileSync(join(words, `${name}-sprat-video-editor-script.json`), script(translated, name.replace('sprat-', '')))
}
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) cpSync(join(root, licence), join(out, licence))
execFileSync(process.execPath, [join(import.meta.dirname, 'folder.mjs'), join(out, 'player')], { stdio: 'inherit' })
for (const name of ELSEWHERE) rmSync(join(out, 'player', name), { recursive: true })
