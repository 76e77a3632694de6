// Programs that the recipes are tried with and that need not be installed: Debian's packages, unpacked in target/recipes/. Asks
// apt for their files and needs no rights; what is there already is not asked for.
//
//   node playwright/recipes/debian.mjs      WordPress and MariaDB, 15 MB; php-cli has to be installed
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

export const UNPACKED = process.env.SPRAT_RECIPES ?? join(import.meta.dirname, '../../target/recipes')

/** `8.2`, or undefined. */
export function phpVersion() {
  const { stdout, error } = spawnSync('php', ['-r', 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;'], { encoding: 'utf8' })
  return error ? undefined : stdout.trim()
}

/** Why a program is not here, or false. */
export function missing() {
  if (phpVersion() === undefined) return 'PHP is not installed. Debian: apt-get install php-cli'
  const needed = ['usr/share/wordpress/wp-load.php', 'usr/sbin/mariadbd']
  return needed.some(path => !existsSync(join(UNPACKED, path))) && 'WordPress is not here: node playwright/recipes/debian.mjs fetches it'
}

if (import.meta.filename === process.argv[1]) {
  const php = phpVersion()
  if (php === undefined) {
    console.error(missing())
    process.exit(1)
  }
  if (missing()) {
    const archives = join(UNPACKED, 'archives')
    mkdirSync(archives, { recursive: true })
    execFileSync('apt-get', ['download', '-q', 'wordpress', 'mariadb-server-core', `php${php}-mysql`], { cwd: archives, stdio: 'inherit' })
    for (const file of readdirSync(archives)) execFileSync('dpkg-deb', ['-x', join(archives, file), UNPACKED])
    rmSync(archives, { recursive: true })
  }
  console.log(missing() || `WordPress and MariaDB are in ${UNPACKED}`)
}
