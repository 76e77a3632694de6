// nginx with its RTMP module on loopback, everything in a folder of its own: a broadcast comes in by RTMP and goes out
// as HLS in MPEG-TS, as on many a small instance.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PROGRAM = process.env.SPRAT_NGINX ?? '/usr/sbin/nginx'
const MODULE = process.env.SPRAT_NGINX_RTMP ?? '/usr/lib/nginx/modules/ngx_rtmp_module.so'

/** @param {{ fragment?: number, window?: number }} [options]   seconds */
export async function startNginx({ fragment = 2, window = 20 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sprat-live-'))
  const [rtmp, http] = [await freePort(), await freePort()]
  for (const name of ['hls', 'temp']) mkdirSync(join(folder, name))
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${join(folder, 'temp', name)};`)
  writeFileSync(join(folder, 'nginx.conf'), `
${process.getuid?.() === 0 ? 'user root;' : ''}
load_module ${MODULE};
worker_processes 1;
daemon off;
pid ${join(folder, 'nginx.pid')};
error_log stderr crit;
events { worker_connections 64; }
rtmp {
  access_log off;
  server {
    listen 127.0.0.1:${rtmp};
    application live {
      live on;
      hls on;
      hls_path ${join(folder, 'hls')};
      hls_fragment ${fragment}s;
      hls_playlist_length ${window}s;
    }
  }
}
http {
  access_log off;
  ${temps.join('\n  ')}
  types { application/vnd.apple.mpegurl m3u8; video/mp2t ts; }
  server {
    listen 127.0.0.1:${http};
    root ${folder};
    add_header Access-Control-Allow-Origin *;
    add_header Cache-Control no-store;
  }
}
`)
  const server = spawn(PROGRAM, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'inherit'] })
  server.on('error', error => { throw new Error(`${PROGRAM} cannot be started: ${error.message}`) })
  await sleep(500)
  if (server.exitCode !== null) throw new Error(`${PROGRAM} ended at once (${server.exitCode})`)
  return {
    process: server,
    publish: `rtmp://127.0.0.1:${rtmp}/live/show`,
    play: `http://127.0.0.1:${http}/hls/show.m3u8`,
    async close() {
      server.kill('SIGTERM')
      await sleep(500)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One that is free now, and most likely still is in a moment. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
