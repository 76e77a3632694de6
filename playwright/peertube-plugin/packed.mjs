// The plugin as it ships: packed by npm from what `www/peertube-plugin.mjs` writes, and unpacked where an instance has its plugins.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NAME = 'peertube-plugin-sprat'

/** @returns {{ folder: string, remove: () => void }}   the installed package */
export function install() {
  const home = mkdtempSync(join(tmpdir(), 'sprat-plugins-'))
  const made = join(home, 'made')
  const installed = join(home, 'node_modules', NAME)
  execFileSync(process.execPath, [join(import.meta.dirname, '../../www/peertube-plugin.mjs'), made], { stdio: ['ignore', 'ignore', 'inherit'] })
  const tarball = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', home], { cwd: made, encoding: 'utf8' }).trim()
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', join(home, tarball), '-C', installed, '--strip-components=1'])
  return { folder: installed, remove: () => rmSync(home, { recursive: true, force: true }) }
}
