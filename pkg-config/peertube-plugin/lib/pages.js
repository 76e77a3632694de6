'use strict'
// The plugin's own embed pages: which page answers, what stands in it, and under which headers. PeerTube forbids frames
// and may have a policy of its own for whatever it answers; a page that is made to be framed takes both back, for itself alone.
//
// What the settings say stands in one element, which the page's script reads: there is no script in the page itself, so
// that its policy need allow none.
const { readFileSync } = require('fs')
const { join } = require('path')

/** As for the self-hosted pages: code from here only; films, pictures and trackers are anywhere. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src * data: blob:; media-src * blob:; " +
  "connect-src *; base-uri 'none'; form-action 'none'; frame-ancestors *"

/** A number, a UUID or a short UUID. */
const ID = /^[\w-]{1,64}$/

/** What each page shows: its template, where PeerTube has the same to watch, and its own page of it to embed. */
const KINDS = {
  embed: { template: 'embed.html', watch: '/w/', own: '/videos/embed/' },
  playlist: { template: 'playlist.html', watch: '/w/p/', own: '/video-playlists/embed/' }
}

/**
 * @param {object} how
 * @param {string} how.folder        of the templates
 * @param {string} how.files         where the scripts are, an absolute path on this origin
 * @param {string} how.origin        of the instance
 * @param {() => object} how.settings   as of now (`settings.js`)
 */
function servePages(router, { folder, files, origin, settings }) {
  for (const [kind, { template, watch, own }] of Object.entries(KINDS)) {
    const page = atFiles(readFileSync(join(folder, template), 'utf8'), files)
    router.get(`/${kind}/:id`, (request, response) => {
      const { id } = request.params
      if (!ID.test(id)) return refuse(response)
      const now = settings()
      if (now.off) return lead(response, own + id + query(request))
      head(response)
      response.type('html').send(filled(page, { origin, path: watch + id, asked: request.query, settings: now }))
    })
  }
}

/** To PeerTube's player; kept nowhere, for the switch may be turned again. */
function lead(response, address) {
  response.removeHeader('X-Frame-Options')
  response.setHeader('Cache-Control', 'no-store')
  response.redirect(302, address)
}

function head(response) {
  for (const name of ['X-Frame-Options', 'Content-Security-Policy-Report-Only']) response.removeHeader(name)
  response.setHeader('Content-Security-Policy', POLICY)
  // What it says may be other after each change of a setting; while it is the same, it costs a few bytes.
  response.setHeader('Cache-Control', 'no-cache')
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
  response.setHeader('X-Content-Type-Options', 'nosniff')
}

function refuse(response) {
  response.status(404).type('text/plain').send('No video or playlist has such an id.\n')
}

function filled(page, { origin, path, asked, settings }) {
  const address = origin + path
  const lines = [
    `<meta name="sprat" content="${escaped(decided(path, asked, settings))}"${settings.consent && ` data-consent="${escaped(settings.consent)}"`} />`,
    // The watch page is what a search is to find; this one is part of others.
    '<meta name="robots" content="noindex" />',
    `<link rel="canonical" href="${escaped(address)}" />`,
    `<link rel="alternate" type="application/json+oembed" href="${escaped(`${origin}/services/oembed?url=${encodeURIComponent(address)}`)}" />`
  ]
  return page.replace('</head>', () => `  ${lines.join('\n    ')}\n  </head>`)
}

/** Parameters that win over those of the address: nothing but this video is played here, and nobody has viewers give more. */
function decided(path, asked, { p2p, maxUpload }) {
  const parameters = new URLSearchParams({ src: '', peertube: path })
  if (p2p && asked.p2p === undefined) parameters.set('p2p', p2p)
  if (maxUpload !== undefined && !isLess(asked.maxUpload, maxUpload)) parameters.set('maxUpload', String(maxUpload))
  return String(parameters)
}

function isLess(text, most) {
  return typeof text === 'string' && /^\d+$/.test(text) && Number(text) <= most
}

/** What a page loads from beside itself lies elsewhere. */
function atFiles(html, files) {
  return html.replace(/(?<= (?:src|href)=")(?=[\w-]+[./])/g, () => files)
}

/** With its question mark, as it was written. */
function query({ originalUrl }) {
  const at = originalUrl.indexOf('?')
  return at < 0 ? '' : originalUrl.slice(at)
}

function escaped(text) {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
}

module.exports = { servePages, KINDS }
