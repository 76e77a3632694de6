// Which bytes answer a request: a control page (`/__…`), a generated stream, or a file.
// Every body lies whole in memory (samples are small), so ranges, faults and counting happen in one place, `send`.
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { control } from './control.mjs'
import { rewritten } from './rewrite.mjs'
import { respond } from './respond.mjs'

const TYPES = {
  '.aac': 'audio/aac',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.m4a': 'audio/mp4',
  '.m4s': 'video/iso.segment',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp4': 'video/mp4',
  '.svg': 'image/svg+xml',
  '.ts': 'video/mp2t',
  '.vtt': 'text/vtt; charset=utf-8',
  '.wasm': 'application/wasm',
}

const COMPRESSED = /^text\/|javascript|json|wasm/

const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; media-src blob:; " +
  "connect-src 'self' ws:; require-trusted-types-for 'script'; trusted-types lit-html"

/**
 * `?csp=NAME` on a page. `no-wasm` is the page whose owner forgot the word our error message has to name; `public` makes
 * Chromium take the page for one of the internet, for which addresses like ours are private.
 */
const POLICIES = { strict: STRICT, 'no-wasm': STRICT.replace(" 'wasm-unsafe-eval'", ''), public: 'treat-as-public-address' }

// Embeds run in opaque origins (`sandbox="allow-scripts"`), so everything is readable by everyone.
// `no-store`: two viewers in one browser would share its cache, and the counts would hide half the requests.
const COMMON = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
  'cache-control': 'no-store',
  'accept-ranges': 'bytes',
}

/** Where the prelude lies. */
const PRELUDE = '/prelude.js'

/** @returns {import('node:http').RequestListener} */
export function origin({ stats, faults, tracker, prelude, streams, mounts, pages, compress, instance }) {
  const shrink = compress ? compressor() : undefined
  return async (request, response) => {
    const url = new URL(request.url, 'http://origin')
    const headers = { ...COMMON, ...policy(url) }
    try {
      if (url.pathname.startsWith('/__')) return await control({ request, response, url, headers, stats, faults, tracker })
      const answered = await instance?.answer(request, url)
      if (answered?.drop) return request.socket.destroy()
      if (answered?.found) {
        if (request.method === 'OPTIONS') stats.preflight(url.pathname)
        const found = begun(answered.found, prelude)
        const fault = faults.take(url.pathname + url.search)
        return await respond({ request, response, path: url.pathname, headers: { ...answered.headers, ...policy(url), ...found.headers }, found, fault, stats })
      }
      if (request.method === 'OPTIONS') {
        stats.preflight(url.pathname)
        return response.writeHead(204, { ...headers, 'access-control-allow-headers': '*' }).end()
      }
      // Every browser asks; a 404 would stand in the console of every test that wants it empty.
      if (url.pathname === '/favicon.ico') return response.writeHead(204, headers).end()
      const path = rewritten(decodeURIComponent(url.pathname))
      const page = path === PRELUDE ? prelude : pages[path]
      const type = path === PRELUDE ? TYPES['.js'] : TYPES['.html']
      const whole = page ? { body: Buffer.from(page), type } : await find(path, url.searchParams, streams, mounts)
      const found = shrink?.(request, path, whole) ?? begun(whole, prelude)
      const fault = faults.take(url.pathname + url.search)
      await respond({ request, response, path: url.pathname, headers, found, fault, stats })
    } catch (error) {
      console.error(`origin: ${request.url}: ${error.stack}`)
      if (!response.headersSent) response.writeHead(500, headers)
      response.end()
    }
  }
}

function policy(url) {
  const value = POLICIES[url.searchParams.get('csp')]
  return value ? { 'content-security-policy': value } : {}
}

/** What a host would compress, compressed once for as long as it stays the same; undefined for everything else. */
function compressor() {
  const kept = new Map()
  return (request, path, found) => {
    const takes = request.headers['accept-encoding']?.includes('br') && !request.headers.range
    if (!takes || !found || !COMPRESSED.test(found.type)) return undefined
    if (!kept.get(path)?.of.equals(found.body)) kept.set(path, { of: found.body, body: brotliCompressSync(found.body) })
    return { body: kept.get(path).body, type: found.type, encoding: 'br' }
  }
}

/** A page, with the prelude before everything else; a file, so that a strict policy lets it pass. */
function begun(found, prelude) {
  if (!prelude || found?.type !== TYPES['.html']) return found
  return { ...found, body: Buffer.from(String(found.body).replace('<head>', `<head><script src="${PRELUDE}"></script>`)) }
}

/** @returns {Promise<{body: Buffer, type: string} | {status: number} | undefined>} */
async function find(path, query, streams, mounts) {
  const [, kind, name, ...rest] = path.split('/')
  const file = rest.join('/')
  const stream = streams[kind]?.[name]
  if (stream) {
    const body = file && await stream.file(file, query)
    // A stream may refuse what cannot be asked of it.
    return body?.status ? body : body && { body, type: typeOf(file) }
  }
  for (const [prefix, folder] of Object.entries(mounts)) {
    const found = path.startsWith(prefix) && await readUnder(folder, path.slice(prefix.length))
    if (found) return found
  }
}

async function readUnder(folder, relative) {
  const path = join(folder, normalize('/' + relative))
  const info = await stat(path).catch(() => undefined)
  if (!info) return undefined
  const file = info.isDirectory() ? join(path, 'index.html') : path
  const body = await readFile(file).catch(() => undefined)
  return body && { body, type: typeOf(file) }
}

function typeOf(file) {
  return TYPES[extname(file)] ?? 'application/octet-stream'
}
