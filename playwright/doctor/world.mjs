// A page, an origin, a tracker and an instance with which nothing is wrong, on one server: what the faults are planted in.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

export const UUID = '1b0d6a4f-0a5e-4a3b-9d5c-0d5a3c2b1a09'
/** The swarm that the instance lists. */
export const LISTED = '000102030405060708090a0b0c0d0e0f10111213'
export const SEGMENT = 3000

/** @typedef {{status: number, headers: Record<string, string>, body: Buffer | string, endless?: boolean}} Answer */

/**
 * Serves it until `close`.
 * @param {{plant?: (path: string, answer: Answer, host: string) => Answer, talk?: (said: string) => string | undefined}} how
 *   `plant` makes another answer of one that is well; `talk` is what the tracker says to a message, nothing: it closes.
 */
export async function world({ plant = (_, answer) => answer, talk = announced } = {}) {
  const server = createServer((request, response) => {
    const answer = plant(request.url, healthy(request, server.host), server.host)
    response.sendDate = false
    response.writeHead(answer.status, answer.headers)
    if (!answer.endless) return response.end(answer.body)
    const more = () => response.destroyed || (response.write(answer.body) ? setImmediate(more) : response.once('drain', more))
    more()
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/tracker/socket') return socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, webSocket => {
      webSocket.on('error', () => {})
      webSocket.on('message', said => {
        const answer = talk(String(said))
        if (answer === undefined) webSocket.close()
        else webSocket.send(answer)
      })
    })
  })
  await new Promise(listening => server.listen(0, '127.0.0.1', listening))
  server.host = `127.0.0.1:${server.address().port}`
  const close = () => {
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    return new Promise(closed => server.close(closed))
  }
  return { host: server.host, close }
}

/** What a tracker says that is well. */
export function announced(said) {
  return JSON.stringify({ action: 'announce', interval: 120, info_hash: JSON.parse(said).info_hash, complete: 0, incomplete: 1 })
}

/** Of no order, so that nobody would compress it. */
const film = Buffer.from(Array.from({ length: 4 * SEGMENT }, (_, at) => (Math.imul(at, 2654435761) >>> 13) & 255))

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; media-src blob:; " +
  "connect-src 'self' ws://HOST; require-trusted-types-for 'script'; trusted-types lit-html"

const PAGE = `<!doctype html><title>A film</title>
<script type="module" src="/sprat/sprat.js"></script>
<sprat-player src="http://HOST/film/master.m3u8" integrity="http://HOST/film/segments-sha256.json"
  trackers="ws://HOST/tracker/socket"></sprat-player>`

const FRAMED = '<!doctype html><title>A film</title><iframe src="/sprat/embed.html?src=/film/master.m3u8" allow="autoplay; fullscreen; picture-in-picture"></iframe>'

const EMBED = '<script type="module" src="/sprat/sprat.js"></script><script type="module" src="/sprat/embed.js"></script>'

const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,RESOLUTION=640x360,CODECS="avc1.42c01e,mp4a.40.2"\n360.m3u8\n'

const LIVE = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:7\n#EXTINF:4,\n7.ts\n#EXTINF:4,\n8.ts\n#EXTINF:4,\n9.ts\n'

function healthy(request, host) {
  const path = request.url.split('?')[0]
  const known = {
    '/': () => html('<meta property="og:platform" content="PeerTube">'),
    [`/w/${UUID}`]: () => html('<meta property="og:platform" content="PeerTube">'),
    '/page.html': () => html(PAGE.replaceAll('HOST', host), { 'content-security-policy': POLICY.replaceAll('HOST', host) }),
    '/framed.html': () => html(FRAMED, { 'content-security-policy': "default-src 'none'; frame-src 'self'" }),
    '/sprat/embed.html': () => html(EMBED, { 'content-security-policy': 'frame-ancestors *' }),
    [`/videos/embed/${UUID}`]: () => html(EMBED, { 'content-security-policy': 'frame-ancestors *' }),
    '/sprat/sprat.js': () => script('var s=Symbol.for("sprat 1234abcd");import("./player-A1.js");new URL("sprat_bg.wasm",import.meta.url)', { 'cache-control': 'max-age=3600' }),
    '/sprat/player-A1.js': () => script('var s=Symbol.for("sprat 1234abcd")'),
    '/sprat/sprat_bg.wasm': () => wasm(request),
    '/film/master.m3u8': () => playlist(MASTER),
    '/film/360.m3u8': () => playlist(ranges()),
    '/film/360.mp4': () => ranged(request),
    '/film/segments-sha256.json': () => json(digests()),
    '/live/live.m3u8': () => playlist(LIVE, { 'cache-control': 'max-age=1' }),
    '/live/segments-sha256.json': () => json(Object.fromEntries([7, 8, 9].map(n => [`${n}.ts`, sha256(segment(`/live/${n}.ts`))]))),
    '/api/v1/config': () => json({ serverVersion: '8.1.0' }),
    '/api/v1/videos': () => json({ data: [{ uuid: UUID }] }),
    [`/api/v1/videos/${UUID}`]: () => json(video(host)),
    [`/videos/watch/${UUID}`]: () => json({ url: [{ tag: [{ type: 'Infohash', name: LISTED }] }] }),
  }
  const live = /^\/live\/[789]\.ts$/.test(path)
  return known[path]?.() ?? (live ? answer('video/mp2t', segment(path)) : missing())
}

function answer(type, body, more = {}) {
  return { status: 200, headers: { 'content-type': type, 'access-control-allow-origin': '*', ...more }, body }
}

const html = (body, more) => answer('text/html; charset=utf-8', body, more)
const script = (body, more) => answer('text/javascript', body, more)
const json = value => answer('application/json', JSON.stringify(value))
const playlist = (body, more) => answer('application/vnd.apple.mpegurl', body, more)
export const missing = (status = 404) => ({ ...answer('text/plain', 'no'), status })

const segment = path => Buffer.from(path.repeat(50))
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex')

function ranges() {
  const listed = [1, 2, 3].map(n => `#EXTINF:4,\n#EXT-X-BYTERANGE:${SEGMENT}@${n * SEGMENT}\n360.mp4\n`).join('')
  return `#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI="360.mp4",BYTERANGE="${SEGMENT}@0"\n${listed}#EXT-X-ENDLIST\n`
}

export function digests() {
  const of = n => [`${n * SEGMENT}-${(n + 1) * SEGMENT - 1}`, sha256(film.subarray(n * SEGMENT, (n + 1) * SEGMENT))]
  return { '360.mp4': Object.fromEntries([0, 1, 2, 3].map(of)) }
}

function ranged({ headers }) {
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')
  if (!range) return answer('video/mp4', film)
  return { ...answer('video/mp4', film.subarray(Number(range[1]), Number(range[2]) + 1)), status: 206 }
}

function wasm({ headers }) {
  const packed = headers['accept-encoding']?.includes('gzip') ? { 'content-encoding': 'gzip' } : {}
  return answer('application/wasm', Buffer.concat([Buffer.from('\0asm'), Buffer.alloc(30_000)]), packed)
}

function video(host) {
  return {
    uuid: UUID,
    privacy: { id: 1 },
    url: `http://${host}/videos/watch/${UUID}`,
    trackerUrls: [`ws://${host}/tracker/socket`],
    streamingPlaylists: [{ type: 1, playlistUrl: `http://${host}/film/master.m3u8`, segmentsSha256Url: `http://${host}/film/segments-sha256.json` }],
  }
}
