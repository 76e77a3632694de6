// nginx, Caddy and Apache as Debian has them, each with the settings that we ship, in front of the local instance: an
// unprivileged process on a loopback port, with all its files in a folder of its own. Of a shipped file only what every
// administrator changes is changed: where the folder lies.
import { spawn } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Debian's `nobody`: who the servers run as when we are root. */
const NOBODY = 65534
const START_MS = 5000

/** What is called so, what it is started with, and what its administrator writes. */
export const SERVERS = {
  nginx: {
    program: process.env.SPRAT_NGINX ?? '/usr/sbin/nginx',
    start: ({ config, state }) => ['-p', state, '-c', config, '-e', 'stderr'],
    write: ({ port, upstream, sprat, state }) => `
worker_processes 1;
daemon off;
pid ${state}/nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${state}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${port};
    add_header X-Frame-Options DENY;
    include ${sprat}/nginx.conf;
    include ${sprat}/nginx-instance.conf;
    location / {
      proxy_pass ${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
    }
  }
}
`,
  },
  Caddy: {
    program: process.env.SPRAT_CADDY ?? '/usr/bin/caddy',
    start: ({ config }) => ['run', '--config', config, '--adapter', 'caddyfile'],
    write: ({ port, upstream, sprat }) => `{
	admin off
	auto_https off
	log {
		level ERROR
	}
}
import ${sprat}/Caddyfile
http://127.0.0.1:${port} {
	bind 127.0.0.1
	import sprat
	import sprat_instance
	reverse_proxy ${upstream}
}
`,
  },
  Apache: {
    program: process.env.SPRAT_APACHE ?? '/usr/sbin/apache2',
    start: ({ config }) => ['-D', 'FOREGROUND', '-f', config],
    // A list of types without any: what is named right is so by our settings.
    write: ({ port, upstream, sprat, state }) => {
      const modules = ['mpm_event', 'authz_core', 'alias', 'mime', 'filter', 'deflate', 'brotli', 'headers', 'rewrite', 'proxy', 'proxy_http']
      writeFileSync(join(state, 'mime.types'), '')
      return `
ServerRoot ${state}
DefaultRuntimeDir ${state}
ServerName 127.0.0.1
PidFile ${state}/apache.pid
ErrorLog ${state}/error.log
TypesConfig ${state}/mime.types
${modules.map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
  Header always set X-Frame-Options DENY
  Include ${sprat}/apache.conf
  Include ${sprat}/apache-instance.conf
  ProxyPreserveHost On
  ProxyPass / ${upstream}/ upgrade=websocket
</VirtualHost>
`
    },
  },
}

/**
 * Starts one of them.
 * @param {string} name
 * @param {{ port: number, upstream: string, folder: string }} how   `folder`: what the zip unpacks to
 */
export async function startHost(name, { port, upstream, folder }) {
  const { program, start, write } = SERVERS[name]
  if (!existsSync(program)) throw new Error(`${name} is not at ${program}`)
  const home = mkdtempSync(join(tmpdir(), `sprat-${name}-`))
  const [state, sprat, config] = [join(home, 'state'), join(home, 'srv/sprat'), join(home, 'config')]
  mkdirSync(state)
  cpSync(folder, sprat, { recursive: true })
  for (const file of readdirSync(sprat)) moved(join(sprat, file), sprat)
  writeFileSync(config, write({ port, upstream, sprat, state }))
  const root = process.getuid?.() === 0
  chmodSync(home, 0o755)
  for (const file of root ? [state, ...readdirSync(state).map(file => join(state, file))] : []) chownSync(file, NOBODY, NOBODY)
  const environment = { PATH: process.env.PATH, HOME: state, XDG_DATA_HOME: state, XDG_CONFIG_HOME: state }
  const child = spawn(program, start({ config, state }), { env: environment, stdio: ['ignore', 'ignore', 'pipe'], ...(root && { uid: NOBODY, gid: NOBODY }) })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => (said = (said + text).slice(-4000)))
  const ended = new Promise(resolve => child.once('close', resolve).once('error', resolve))
  const close = async () => {
    child.kill('SIGTERM')
    await Promise.race([ended, sleep(3000).then(() => child.kill('SIGKILL'))])
    rmSync(home, { recursive: true, force: true })
  }
  const origin = `http://127.0.0.1:${port}`
  for (const began = Date.now(); !(await answers(origin)); await sleep(50)) {
    if (child.exitCode === null && Date.now() - began < START_MS) continue
    const errors = existsSync(join(state, 'error.log')) ? readFileSync(join(state, 'error.log'), 'utf8') : ''
    await close()
    throw new Error(`${name} did not start: ${said}${errors}`)
  }
  return { name, origin, folder: sprat, close }
}

/** A setting is told where the folder is. */
function moved(file, sprat) {
  if (!statSync(file).isFile() || !/(\.conf|Caddyfile)$/.test(file)) return
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('/srv/sprat', sprat))
}

async function answers(origin) {
  return fetch(`${origin}/sprat/sprat.js`, { method: 'HEAD' }).then(({ ok }) => ok, () => false)
}

/** One that is free now, and most likely still is in a moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
