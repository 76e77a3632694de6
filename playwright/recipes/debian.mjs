// Programs that the recipes are tried with, by their Debian packages; and WordPress, whose package draws in a web server with
// PHP in it, so it is only unpacked, in target/recipes/, with the script that it takes from another package.
//
//   node playwright/recipes/debian.mjs --missing     the packages that are not installed, one a line
//   node playwright/recipes/debian.mjs               fetches WordPress from apt unless it is there, 8 MB; needs no rights
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A folder in which WordPress lies as Debian's packages have it. */
const UNPACKED = process.env.SPRAT_RECIPES ?? join(import.meta.dirname, '../../target/recipes')
export const WORDPRESS = join(UNPACKED, 'usr/share/wordpress')
/** A file of each; without the second, an administrator's pages fail. */
const FILES = { wordpress: join(WORDPRESS, 'wp-load.php'), 'libjs-underscore': join(WORDPRESS, 'wp-includes/js/underscore.min.js') }
const unpacked = () => Object.values(FILES).every(existsSync)

/** Each with a question that its program answers, where it is installed. */
const PROGRAMS = {
  hugo: ['hugo', 'version'],
  jekyll: ['jekyll', '--version'],
  'php-cli': ['php', '-r', 'echo PHP_VERSION;'],
  'php-mysql': ['php', '-r', 'extension_loaded("mysqli") ? print("mysqli") : exit(1);'],
  'mariadb-server-core': ['mariadbd', '--version'],
}

/** Where servers are is not in everybody's `PATH`. */
export const environment = { ...process.env, PATH: [process.env.PATH, '/usr/sbin'].join(delimiter) }

/** What a package says of its version, or undefined. */
export function version(name) {
  const [program, ...question] = PROGRAMS[name]
  const { status, stdout } = spawnSync(program, question, { env: environment, encoding: 'utf8' })
  return status === 0 ? stdout.trim().split('\n').at(-1) : undefined
}

/** Why a test of these packages has to skip, or false. */
export function missing(...packages) {
  const absent = packages.filter(name => version(name) === undefined)
  return absent.length > 0 && `Debian: apt-get install ${absent.join(' ')}`
}

/** The same for WordPress, and what it needs. */
export function missingWordPress() {
  return missing('php-cli', 'php-mysql', 'mariadb-server-core') || !unpacked() && 'WordPress is not here: node playwright/recipes/debian.mjs fetches it'
}

function fetchWordPress() {
  if (spawnSync('apt-get', ['--version']).error) {
    console.error('There is no apt to fetch WordPress from. SPRAT_RECIPES names a folder in which it lies at usr/share/wordpress')
    process.exit(1)
  }
  const archives = join(UNPACKED, 'archives')
  rmSync(archives, { recursive: true, force: true })
  mkdirSync(archives, { recursive: true })
  const apt = (...said) => execFileSync('apt-get', said, { cwd: archives, stdio: 'inherit' })
  // Images often come without lists of packages.
  if (process.getuid?.() === 0) apt('update', '-q')
  apt('download', '-q', ...Object.keys(FILES))
  for (const file of readdirSync(archives)) execFileSync('dpkg-deb', ['-x', join(archives, file), UNPACKED])
  rmSync(archives, { recursive: true })
}

if (import.meta.filename === process.argv[1]) {
  if (process.argv[2] === '--missing') {
    for (const name of Object.keys(PROGRAMS)) if (missing(name)) console.log(name)
  } else if (!unpacked()) {
    fetchWordPress()
  }
}
