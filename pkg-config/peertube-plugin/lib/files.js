'use strict'
// What the embed pages load. PeerTube serves a plugin's static folders to its own pages only: a frame with
// sandbox="allow-scripts" has no origin, and reads only what everyone may. So the same files are here once more, readable for
// everyone, and compressed where the browser takes that: most hosts compress scripts, and few WebAssembly.
const { readdirSync } = require('fs')
const { extname, join } = require('path')

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm'
}
const MONTH_S = 30 * 24 * 3600

/** @param {string} base   the path with the version in it, at which a file is never another one */
function serveFiles(router, folder, base) {
  const names = new Set(list(folder))
  router.get(/^\/files\/(.+)$/, (request, response) => {
    const name = request.params[0]
    const type = TYPES[extname(name)]
    if (!type || !names.has(name)) return response.status(404).type('text/plain').send('There is no such file.\n')
    const lasting = `${request.baseUrl}/` === base
    response.setHeader('Content-Type', type)
    response.setHeader('Cache-Control', lasting ? `public, max-age=${MONTH_S}, immutable` : 'no-cache')
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
    response.setHeader('X-Content-Type-Options', 'nosniff')
    const packed = names.has(`${name}.gz`)
    if (packed) response.vary('Accept-Encoding')
    // Of a range of what is packed nobody could make anything.
    const asPacked = packed && !request.headers.range && request.acceptsEncodings('gzip') === 'gzip'
    if (asPacked) response.setHeader('Content-Encoding', 'gzip')
    response.sendFile(asPacked ? `${name}.gz` : name, { root: folder, cacheControl: false })
  })
}

/** Names of all files under a folder, with `/` between. */
function list(folder, above = '') {
  return readdirSync(join(folder, above), { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? list(folder, `${above}${entry.name}/`) : [above + entry.name])
}

module.exports = { serveFiles }
