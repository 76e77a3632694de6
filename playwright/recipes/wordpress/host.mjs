// WordPress with the plugin, as a site has it: PHP's own web server, a database in a folder of its own, a theme of one file,
// an administrator, an author, and posts that the author has saved. Loopback only; nothing is asked of the web.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../hosting/servers.mjs'
import { WORDPRESS, environment } from '../debian.mjs'

const root = join(import.meta.dirname, '../../..')
const START_MS = 20_000

const THEME = '<!doctype html>\n<html <?php language_attributes(); ?>><head><meta charset="utf-8"><?php wp_head(); ?></head><body><main><?php while ( have_posts() ) { the_post(); the_content(); } ?></main><?php wp_footer(); ?></body></html>\n'

/**
 * @param {(origin: string) => Record<string, string>} posts   content by title
 * @param {(origin: string) => Record<string, string | Buffer>} [files]   beside WordPress, by path
 * @returns the site's origin, the posts' addresses, `run(code)` for PHP inside of it, `close()`
 */
export async function wordpress(posts, files = () => ({})) {
  const home = mkdtempSync(join(tmpdir(), 'sprat-wordpress-'))
  const site = join(home, 'site')
  const socket = join(home, 'db/socket')
  const children = []
  // With all that they have forked, for PHP's server leaves its workers behind; also when this process is told to end.
  const end = signal => {
    for (const { pid } of children) {
      try {
        process.kill(-pid, signal)
      } catch {
        // It has ended already.
      }
    }
  }
  const interrupted = () => {
    end('SIGKILL')
    rmSync(home, { recursive: true, force: true })
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted)
  const close = async () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupted)
    const ended = Promise.all(children.map(child => child.exitCode ?? new Promise(resolve => child.once('close', resolve))))
    end('SIGTERM')
    await Promise.race([ended, sleep(5000, undefined, { ref: false })])
    end('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  }
  const port = await freePort()
  const env = { ...environment, SPRAT_HOST: `127.0.0.1:${port}`, PHP_CLI_SERVER_WORKERS: '3' }
  const run = (code, input) => {
    const { stdout, stderr, status } = spawnSync('php', ['-d', 'error_reporting=E_ALL&~E_DEPRECATED', '-d', 'display_errors=stderr', ...code], { cwd: site, env, input, encoding: 'utf8' })
    if (status !== 0) throw new Error(`php ${code[0]}: ${stderr}${stdout}`)
    return JSON.parse(stdout)
  }
  try {
    built(site, socket)
    for (const [path, content] of Object.entries(files(`http://127.0.0.1:${port}`))) {
      mkdirSync(dirname(join(site, path)), { recursive: true })
      writeFileSync(join(site, path), content)
    }
    mkdirSync(join(home, 'db/mysql'), { recursive: true })
    children.push(await database(home, socket))
    const installed = run([join(import.meta.dirname, 'install.php')], JSON.stringify(posts(`http://127.0.0.1:${port}`)))
    if (installed.refused) throw new Error(`the plugin: ${installed.refused}`)
    children.push(spawn('php', ['-d', 'error_reporting=E_ALL&~E_DEPRECATED', '-S', env.SPRAT_HOST, '-t', site], { env, stdio: 'ignore', detached: true }))
    const origin = `http://127.0.0.1:${port}`
    await within('PHP answers', () => fetch(`${origin}/wp-includes/version.php`).then(() => true, () => false))
    const address = name => `${origin}/?p=${installed.posts[name]}`
    return { origin, address, version: installed.version, folder: join(site, 'wp-content/plugins/sprat'), run: code => run(['-r', `require "./wp-load.php"; ${code}`]), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** MariaDB's own tables are missing and not needed: nobody has to give a name. */
async function database(home, socket) {
  const child = spawn('mariadbd', [
    '--no-defaults', ...(process.getuid?.() === 0 ? ['--user=root'] : []), `--datadir=${join(home, 'db')}`, `--socket=${socket}`, `--pid-file=${join(home, 'db/pid')}`,
    '--skip-grant-tables', '--skip-networking', '--innodb-buffer-pool-size=16M', '--innodb-log-file-size=4M', '--innodb-flush-log-at-trx-commit=0',
  ], { env: environment, stdio: 'ignore', detached: true })
  const made = `try { (new mysqli("localhost", "x", "", "", 0, ${JSON.stringify(socket)}))->query("CREATE DATABASE IF NOT EXISTS wp"); } catch (Throwable $e) { exit(1); }`
  await within('the database answers', () => existsSync(socket) && spawnSync('php', ['-d', 'display_errors=0', '-r', made]).status === 0)
  return child
}

function built(site, socket) {
  cpSync(WORDPRESS, site, { recursive: true, filter: path => !/\.htaccess$/.test(path) })
  for (const folder of ['themes', 'plugins']) rmSync(join(site, 'wp-content', folder), { recursive: true, force: true })
  const plugin = join(site, 'wp-content/plugins/sprat')
  execFileSync(process.execPath, [join(root, 'www/wordpress.mjs'), plugin])
  // One file for each segment: PHP's server knows no ranges.
  cpSync(join(root, 'www/media/files'), join(site, 'film'), { recursive: true })
  const theme = join(site, 'wp-content/themes/plain')
  mkdirSync(theme, { recursive: true })
  writeFileSync(join(theme, 'style.css'), '/* Theme Name: Plain */\n')
  writeFileSync(join(theme, 'index.php'), THEME)
  const said = { DB_NAME: 'wp', DB_USER: 'x', DB_PASSWORD: '', DB_HOST: `localhost:${socket}`, DB_CHARSET: 'utf8mb4', DB_COLLATE: '', WP_HTTP_BLOCK_EXTERNAL: true, DISABLE_WP_CRON: true }
  const lines = Object.entries(said).map(([name, value]) => `define( '${name}', ${typeof value === 'string' ? `'${value}'` : value} );`)
  writeFileSync(join(site, 'wp-config.php'), `<?php
$_SERVER['HTTP_HOST'] = getenv( 'SPRAT_HOST' );
define( 'WP_HOME', 'http://' . $_SERVER['HTTP_HOST'] );
define( 'WP_SITEURL', WP_HOME );
${lines.join('\n')}
$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
`)
}

async function within(what, question) {
  for (const began = Date.now(); !(await question()); await sleep(100)) if (Date.now() - began > START_MS) throw new Error(`not within ${START_MS / 1000} s: ${what}`)
}
