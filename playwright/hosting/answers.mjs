// What a server says: the rows of the table that need no browser. Each function is one; it throws what is wrong, and
// returns what the cell shows.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { WebSocket } from 'ws'

const TYPES = { 'embed.html': 'text/html', 'styles/embed.css': 'text/css', 'sprat.js': 'text/javascript', 'sprat_bg.wasm': 'application/wasm', 'sprat_swarm_bg.wasm': 'application/wasm' }
const HASHED = /-[0-9A-Z]{8}\.js$/

export const ANSWERS = {
  async 'MIME types'({ origin }) {
    for (const [file, type] of Object.entries(TYPES)) {
      const { headers } = await get(`${origin}/sprat/${file}`)
      // Caddy's word for scripts is the older one, and every browser takes it.
      const told = headers['content-type']?.split(';')[0].replace('application/javascript', 'text/javascript')
      assert.equal(told, type, file)
    }
    return 'html css js wasm'
  },
  async 'compresses scripts'(host) {
    return compressed(host, 'sprat.js')
  },
  async 'compresses wasm'(host) {
    return compressed(host, 'sprat_bg.wasm')
  },
  async 'plain where asked'(host) {
    const { headers, body } = await get(`${host.origin}/sprat/sprat_bg.wasm`)
    assert.equal(headers['content-encoding'], undefined)
    assert.ok(body.equals(read(host, 'sprat_bg.wasm')))
    return 'identity'
  },
  async '.wasm.gz as it lies'(host) {
    const { headers, body } = await get(`${host.origin}/sprat/sprat_bg.wasm.gz`, { 'accept-encoding': 'gzip' })
    assert.equal(headers['content-encoding'], undefined)
    assert.ok(body.equals(read(host, 'sprat_bg.wasm.gz')))
    return `${body.length} B`
  },
  async 'CORS and CORP'({ origin }) {
    for (const file of [...Object.keys(TYPES), 'sprat_bg.wasm.gz', 'no-such-file.js']) {
      const { headers } = await get(`${origin}/sprat/${file}`, { origin: 'null' })
      assert.equal(headers['access-control-allow-origin'], '*', file)
      assert.equal(headers['cross-origin-resource-policy'], 'cross-origin', file)
    }
    return '*, cross-origin'
  },
  async 'policy of pages'({ origin }) {
    for (const path of ['/sprat/embed.html', '/sprat/playlist.html', '/videos/embed/x', '/video-playlists/embed/x']) {
      const { headers } = await get(origin + path)
      const policy = headers['content-security-policy'] ?? ''
      assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'; style-src 'self';.*frame-ancestors \*/, path)
      assert.equal(headers['x-frame-options'], undefined, `${path} may be framed`)
    }
    return 'strict, framed'
  },
  async 'hashed: for ever'(host) {
    const hashed = readdirSync(host.folder).filter(name => HASHED.test(name))
    assert.ok(hashed.length > 50, 'names with a hash')
    const { headers } = await get(`${host.origin}/sprat/${hashed[0]}`)
    assert.match(headers['cache-control'], /max-age=31536000.*immutable/)
    return 'immutable'
  },
  async 'others: 304'({ origin }) {
    for (const file of ['sprat.js', 'embed.html', 'sprat_bg.wasm']) {
      for (const encoding of ['identity', 'gzip']) {
        const first = await get(`${origin}/sprat/${file}`, { 'accept-encoding': encoding })
        assert.equal(first.headers['cache-control'], 'no-cache', file)
        const { status, body } = await get(`${origin}/sprat/${file}`, { 'accept-encoding': encoding, 'if-none-match': first.headers.etag ?? '' })
        assert.deepEqual([status, body.length], [304, 0], `${file}, ${encoding}`)
      }
    }
    return 'no-cache, 304'
  },
  async 'missing: 404'({ origin }) {
    const { status } = await get(`${origin}/sprat/chunk-OLDCHUNK.js`)
    assert.equal(status, 404)
    return '404'
  },
  async 'rewrite: videos'({ origin, server }) {
    return rewritten(origin, server, `/videos/embed/${server.instance.catalog.videos.get('vod').uuid}`, 'embed.js')
  },
  async 'rewrite: playlists'({ origin, server }) {
    return rewritten(origin, server, `/video-playlists/embed/${server.instance.catalog.playlists.get('recorded').uuid}`, 'playlist-page.js')
  },
  async 'the rest: PeerTube'({ origin, server }) {
    for (const path of ['/api/v1/config', `/w/${server.instance.catalog.videos.get('vod').shortUUID}`, '/videos/test-embed/x', '/videos/embed/x/y']) {
      const before = server.stats.requests(/./)
      await get(origin + path)
      assert.equal(server.stats.requests(/./) - before, 1, path)
    }
    const { body } = await get(`${origin}/api/v1/config`)
    assert.ok(JSON.parse(body).instance)
    return 'proxied'
  },
  async 'ranges of films'({ origin, server }) {
    const { streamingPlaylists } = server.instance.tell(server.instance.catalog.videos.get('vod'))
    const { status, body, headers } = await get(streamingPlaylists[0].files[0].fileUrl, { range: 'bytes=100-199' })
    assert.deepEqual([status, body.length], [206, 100])
    assert.match(headers['content-range'], /^bytes 100-199\//)
    assert.equal(new URL(streamingPlaylists[0].files[0].fileUrl).origin, origin)
    return '206'
  },
  async 'WebSocket: tracker'({ origin, server }) {
    const [infoHash] = server.instance.listed(server.instance.catalog.videos.get('vod'))
    const told = await spoken(`${origin}/tracker/socket`, JSON.stringify({ action: 'announce', event: 'started', info_hash: Buffer.from(infoHash, 'hex').toString('latin1'), peer_id: '-SP0000-abcdefghijkl', numwant: 0, offers: [], uploaded: 0, downloaded: 0, left: 1 }))
    const { interval } = JSON.parse(told)
    assert.ok(interval > 0, told)
    return `announce, ${interval} s`
  },
  async 'WebSocket: lives'({ origin }) {
    const hello = await spoken(`${origin}/socket.io/?EIO=4&transport=websocket`)
    assert.ok(hello.startsWith('0{'), hello)
    return 'socket.io'
  },
}

/** By an encoding that browsers have, and to the same bytes; smaller. */
async function compressed(host, file) {
  const { headers, body } = await get(`${host.origin}/sprat/${file}`, { 'accept-encoding': 'gzip, deflate, br, zstd' })
  const encoding = headers['content-encoding']
  const whole = read(host, file)
  assert.match(headers.vary ?? '', /accept-encoding/i)
  assert.ok(encoding, `${file} is not compressed`)
  assert.ok(body.length < whole.length * 0.6, `${body.length} of ${whole.length} B`)
  const plain = { gzip: gunzipSync, br: brotliDecompressSync }[encoding]
  if (plain) assert.ok(plain(body).equals(whole), 'other bytes')
  else assert.ok((await fetch(`${host.origin}/sprat/${file}`, { headers: { 'accept-encoding': 'gzip' } }).then(async answer => Buffer.from(await answer.arrayBuffer()))).equals(whole), 'other bytes')
  return `${encoding} ${Math.round((body.length * 100) / whole.length)} %`
}

/** The page is ours, and the instance was not asked. */
async function rewritten(origin, server, path, script) {
  const before = server.stats.requests(/embed/)
  for (const address of [path, `${path}/`, `${path}?start=2&api=1`]) {
    const { status, body } = await get(origin + address)
    assert.equal(status, 200, address)
    assert.match(String(body), new RegExp(`src="/sprat/${script}"`), address)
  }
  assert.equal(server.stats.requests(/embed/), before, 'requests to the instance')
  return script
}

function read({ folder }, file) {
  return readFileSync(join(folder, file))
}

/** The answer as it comes, decoded by nobody. */
export function get(url, headers = {}) {
  return new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, response => {
      const parts = []
      response.on('data', part => parts.push(part)).on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) })).on('error', reject)
    }).on('error', reject).end()
  })
}

/** The first message, after ours if there is one. */
function spoken(address, message) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace('http', 'ws'))
    const done = (settle, value) => (socket.terminate(), settle(value))
    setTimeout(() => done(reject, new Error('no message within 5 s')), 5000).unref()
    socket.on('open', () => message && socket.send(message)).on('message', data => done(resolve, String(data))).on('error', error => done(reject, error))
  })
}
