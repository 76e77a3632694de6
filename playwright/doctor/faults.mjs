// The planted faults: each is one thing that is wrong in a world that is well.
import { SEGMENT, UUID, digests, missing } from './world.mjs'

const PAGE = '/page.html'
const FILM = '/film/master.m3u8'
const EMBED = '/sprat/embed.html?src=/film/master.m3u8'

/** Only the answer at this path is another. */
const at = (path, change) => (asked, answer, host) => (asked === path ? change(answer, host) : answer)
const headers = (answer, more) => ({ ...answer, headers: { ...answer.headers, ...more } })
const without = (answer, name) => headers(answer, { [name]: [] })
const policy = (from, to) => at(PAGE, answer => headers(answer, { 'content-security-policy': answer.headers['content-security-policy'].replace(from, to) }))

/**
 * Code, how bad it is, where the doctor looks, what is planted.
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
]
