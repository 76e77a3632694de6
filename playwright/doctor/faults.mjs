// The planted faults: each is one thing that is wrong in a world that is well. Every finding of the doctor's has one here.
import { createHash } from 'node:crypto'
import { SEGMENT, UUID, digests, missing } from './world.mjs'

const PAGE = '/page.html'
const FRAMED = '/framed.html'
const FILM = '/film/master.m3u8'
const LIVE = '/live/live.m3u8'
const EMBED = '/sprat/embed.html?src=/film/master.m3u8'

/** Only the answer at this path is another. */
const at = (path, change) => (asked, answer, host) => (asked === path ? change(answer, host) : answer)
const headers = (answer, more) => ({ ...answer, headers: { ...answer.headers, ...more } })
const without = (answer, name) => headers(answer, { [name]: [] })
const policy = (from, to, path = PAGE) => at(path, answer => headers(answer, { 'content-security-policy': answer.headers['content-security-policy'].replace(from, to) }))
const text = (path, from, to) => at(path, answer => ({ ...answer, body: answer.body.replace(from, to) }))
/** A page without a policy that names another address. */
const named = (from, to) => at(PAGE, (answer, host) => ({ ...without(answer, 'content-security-policy'), body: answer.body.replace(from, to.replace('HOST', host)) }))
/** The same server, and another origin, which is not taken for the viewer's own machine. */
const other = host => host.replace('127.0.0.1', '0.0.0.0')
const reprDigest = body => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`

/** What trackers say that take no viewers; nothing: they close. @type {[string, () => string | undefined][]} */
export const TALK = [
  ['tracker-refused', () => '{"failure reason":"who are you?"}'],
  ['tracker-closed', () => undefined],
  ['tracker-silent', () => '\u0001garbage'],
]

/**
 * Code, how bad it is, where the doctor looks (OTHER: the same server as another origin), what is planted.
 * @type {[string, 'stops' | 'costs' | 'note', string, (path: string, answer: object, host: string) => object][]}
 */
export const FAULTS = [
  ['cors', 'stops', FILM, (_, answer) => without(answer, 'access-control-allow-origin')],
  ['cors-errors', 'costs', FILM, (_, answer) => (answer.status === 404 ? without(answer, 'access-control-allow-origin') : answer)],
  ['not-a-playlist', 'stops', FILM, at(FILM, answer => ({ ...answer, body: '<!doctype html><h1>Welcome</h1>' }))],
  ['playlist-type', 'note', FILM, at(FILM, answer => headers(answer, { 'content-type': 'text/plain' }))],
  ['live-stale', 'stops', '/live/live.m3u8', at('/live/live.m3u8', answer => headers(answer, { 'cache-control': 'public, max-age=3600' }))],
  ['segment-missing', 'stops', FILM, at('/film/360.mp4', () => missing())],
  ['range', 'costs', FILM, at('/film/360.mp4', answer => ({ ...answer, status: 200, body: Buffer.alloc(4 * SEGMENT, 7) }))],
  ['redirect-loop', 'stops', FILM, at(FILM, answer => ({ ...headers(answer, { location: FILM }), status: 302 }))],
  ['clock', 'note', FILM, (_, answer) => headers(answer, { date: 'Tue, 01 Jan 2019 00:00:00 GMT' })],
  ['digests-false', 'costs', FILM, at('/film/360.mp4', answer => ({ ...answer, body: Buffer.alloc(answer.body.length, 7) }))],
  ['digests-uncovered', 'costs', FILM, at('/film/segments-sha256.json', answer => ({ ...answer, body: JSON.stringify(digests()).replace(`"${3 * SEGMENT}-`, '"9') }))],
  ['digests-missing', 'costs', PAGE, at('/film/segments-sha256.json', () => missing())],
  ['no-digests', 'costs', FILM, at('/film/segments-sha256.json', () => missing())],
  ['csp-wasm', 'stops', PAGE, policy(" 'wasm-unsafe-eval'", '')],
  ['csp-media', 'stops', PAGE, policy('media-src blob:', "media-src 'self'")],
  ['csp-connect', 'stops', PAGE, policy(/connect-src [^;]*/, 'connect-src https://other.example')],
  ['csp-tracker', 'costs', PAGE, policy(/connect-src [^;]*/, 'connect-src http://127.0.0.1:*/film/')],
  ['csp-types', 'stops', PAGE, policy('trusted-types lit-html', 'trusted-types other')],
  ['wasm-type', 'costs', PAGE, at('/sprat/sprat_bg.wasm', answer => headers(answer, { 'content-type': 'application/octet-stream' }))],
  ['wasm-uncompressed', 'costs', PAGE, (_, answer) => without(answer, 'content-encoding')],
  ['script-type', 'stops', PAGE, at('/sprat/sprat.js', answer => headers(answer, { 'content-type': 'text/plain' }))],
  ['chunk-missing', 'stops', PAGE, at('/sprat/player-A1.js', () => missing())],
  ['copy-mixed', 'stops', PAGE, at('/sprat/player-A1.js', answer => ({ ...answer, body: 'Symbol.for("sprat 0ld")' }))],
  ['loader-cached', 'costs', PAGE, at('/sprat/sprat.js', answer => headers(answer, { 'cache-control': 'max-age=31536000, immutable' }))],
  ['frame-denied', 'stops', EMBED, at(EMBED, answer => headers(without(answer, 'content-security-policy'), { 'x-frame-options': 'SAMEORIGIN' }))],
  ['instance-video', 'stops', '/', at(`/api/v1/videos/${UUID}`, answer => ({ ...answer, body: JSON.stringify({ uuid: UUID }) }))],
  ['not-an-instance', 'stops', `/w/${UUID}`, at('/api/v1/config', answer => ({ ...answer, body: '<!doctype html>' }))],
  ['instance-closed', 'note', `/w/${UUID}`, at(`/api/v1/videos/${UUID}`, answer => ({ ...answer, status: 403 }))],
  ['tracker-address', 'costs', PAGE, at(PAGE, answer => ({ ...answer, body: answer.body.replace(/trackers="ws:/, 'trackers="udp:') }))],
  ['tracker-path', 'costs', PAGE, at(PAGE, answer => ({ ...answer, body: answer.body.replace('/tracker/socket', '/elsewhere') }))],
  ['tracker-unreachable', 'costs', PAGE, named(/ws:[^"]*/, 'ws://127.0.0.1:9/')],
  ['unreachable', 'stops', PAGE, named(/src="http:[^"]*/, 'src="http://127.0.0.1:9/master.m3u8')],
  ['tls', 'stops', PAGE, named(/src="http:[^"]*/, `src="https://HOST${FILM}`)],
  ['status', 'stops', FILM, at(FILM, () => missing())],
  ['endless', 'stops', FILM, at(FILM, answer => ({ ...answer, body: '#EXTM3U\n'.repeat(8_000), endless: true }))],
  ['redirects', 'note', '/film/old.m3u8', at('/film/old.m3u8', answer => ({ ...headers(answer, { location: FILM }), status: 302 }))],
  ['mixed-content', 'stops', `http://OTHER${FILM}`, (_, answer) => answer],
  ['encoded', 'note', FILM, at(FILM, answer => headers(answer, { 'content-encoding': 'gzip' }))],
  ['playlist-uncompressed', 'note', FILM, at('/film/360.m3u8', answer => ({ ...answer, body: answer.body + '# A word\n'.repeat(1_000) }))],
  ['live-cached', 'costs', LIVE, at(LIVE, answer => headers(answer, { 'cache-control': 'public, max-age=8' }))],
  ['digests-unreadable', 'costs', FILM, at('/film/segments-sha256.json', answer => ({ ...answer, body: '<!doctype html>' }))],
  ['digest-hidden', 'costs', LIVE, (path, answer) => (path.endsWith('.json') ? missing() : path.endsWith('.ts') ? headers(answer, { 'repr-digest': reprDigest(answer.body) }) : answer)],
  ['no-player', 'note', PAGE, at(PAGE, answer => ({ ...answer, body: '<!doctype html><title>A film</title>' }))],
  ['no-loader', 'costs', PAGE, text(PAGE, /<script.*script>/, '')],
  ['no-address', 'stops', PAGE, text(PAGE, /src="http:[^"]*/, 'src="javascript:0')],
  ['loader-classic', 'stops', PAGE, text(PAGE, ' type="module"', '')],
  ['csp-script', 'stops', PAGE, policy("script-src 'self'", 'script-src https://other.example')],
  ['csp-digests', 'costs', PAGE, policy(/connect-src [^;]*/, `connect-src http://127.0.0.1:*${FILM} ws://127.0.0.1:*/tracker/`)],
  ['csp-webrtc', 'costs', PAGE, policy(/$/, "; webrtc 'block'")],
  ['csp-sandbox', 'stops', PAGE, policy(/$/, '; sandbox allow-same-origin')],
  ['csp-frame', 'stops', FRAMED, policy("frame-src 'self'", 'frame-src https://other.example', FRAMED)],
  ['frame-sandbox', 'stops', FRAMED, text(FRAMED, '<iframe', '<iframe sandbox="allow-same-origin"')],
  ['frame-allow', 'note', FRAMED, text(FRAMED, / allow="[^"]*"/, '')],
  ['files-cors', 'stops', PAGE, (path, answer, host) =>
    path.startsWith('/sprat/') ? without(answer, 'access-control-allow-origin') : named('/sprat/sprat.js', `http://${other(host)}/sprat/sprat.js`)(path, answer, host)],
  ['copies', 'costs', PAGE, (path, answer) =>
    path === '/other/sprat.js' ? { ...headers(answer, { 'content-type': 'text/javascript' }), status: 200, body: 'Symbol.for("sprat 0ld")' } : text(PAGE, /<script.*script>/, all => all + all.replace('/sprat/', '/other/'))(path, answer)],
  ['wasm-missing', 'stops', PAGE, at('/sprat/sprat_bg.wasm', () => missing())],
  ['wasm-damaged', 'stops', PAGE, at('/sprat/sprat_bg.wasm', answer => ({ ...answer, body: answer.body.subarray(1) }))],
]

/** Where the doctor looks, with this server's name in it. */
export const lookedAt = (path, host) => new URL(path.replace('OTHER', other(host)), `http://${host}`).href
