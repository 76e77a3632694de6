// The package as people get it: packed, and installed from the tarball; a second time under another version and another name.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const root = join(here, '../..')
export const FOLDER = join(root, 'target/consumers')

/** Another copy on the same page has another version, whichever the first one has. */
const OTHER = '0.0.1-other'

export async function installed() {
  const began = Date.now()
  prepare()
  const [file, version] = packed('package', /^version = "(.+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1])
  const [other] = packed('other', OTHER)
  for (const name of ['sprat-player', 'sprat-player-other']) rmSync(join(FOLDER, 'node_modules', name), { recursive: true, force: true })
  npm(['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', `./${file}`, `sprat-player-other@file:${other}`])
  return { file, version, other: OTHER, tarball: join(FOLDER, file), seconds: ((Date.now() - began) / 1000).toFixed(1) }
}

/** The projects, and their tools: those are installed again only when their lock file has changed. */
function prepare() {
  mkdirSync(FOLDER, { recursive: true })
  const lock = name => readFileSync(join(name, 'package-lock.json'), 'utf8')
  const known = existsSync(join(FOLDER, 'package-lock.json')) && existsSync(join(FOLDER, 'node_modules/.package-lock.json')) && lock(FOLDER) === lock(here)
  for (const name of readdirSync(FOLDER)) if (!/^(node_modules|package(-lock)?\.json)$/.test(name)) rmSync(join(FOLDER, name), { recursive: true })
  cpSync(here, FOLDER, { recursive: true })
  if (known) return
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'])
  execFileSync(process.execPath, [join(FOLDER, 'node_modules/esbuild/install.js')], { stdio: 'inherit' })
}

/** Made from our sources, and packed as for the registry. */
function packed(name, version) {
  execFileSync(process.execPath, [join(root, 'www/package.mjs'), version, join(FOLDER, name)], { stdio: 'inherit' })
  const [{ filename }] = JSON.parse(npm(['pack', `./${name}`, '--json', '--ignore-scripts']))
  return [filename, version]
}

function npm(words) {
  return execFileSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', words, { cwd: FOLDER, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}
