// The pages: the embed pages are our own, at PeerTube's addresses by a rewrite such as any static server has; a watch page
// is but a frame around one of them, with the links by which other sites discover it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as activitypub from './activitypub.mjs'
import { EMBED_HEAD, notFound, text } from './answers.mjs'
import { escaped } from './oembed.mjs'
import { summary } from './playlists.mjs'
import { rewritten } from '../rewrite.mjs'

const CHAPTERS = /^\/videos\/watch\/([^/]+)\/chapters$/
const PLAYLIST = /^\/(?:w\/p|videos\/watch\/playlist|video-playlists)\/([^/]+)$/
const VIDEO = /^\/(?:w|videos\/watch)\/([^/]+)$/

/**
 * @param {string} site   the folder of the built pages
 * @returns {import('./answers.mjs').Answer | undefined}   what the embed pages are made of is the origin's own
 */
export function pages(instance, { path, query, headers }, site) {
  const own = rewritten(path)
  if (own !== path) return own.endsWith('.html') ? page(join(site, own)) : undefined
  const object = activitypub.wanted(headers)
  const parts = CHAPTERS.exec(path)
  if (parts) return known(instance.catalog.video(parts[1]), entry => activitypub.chapters(instance, entry))
  const playlist = PLAYLIST.exec(path)
  if (playlist) {
    return known(instance.catalog.playlist(playlist[1]), entry => {
      if (object) return activitypub.playlist(instance, entry, query)
      const { displayName, url, embedPath } = summary(entry, instance, instance.origin)
      return watch(instance, { name: displayName, url, embedPath })
    })
  }
  const video = VIDEO.exec(path)
  if (video) return known(instance.catalog.video(video[1]), entry => object ? activitypub.video(instance, entry) : watch(instance, instance.tell(entry)))
}

function known(entry, answer) {
  return entry ? answer(entry) : notFound('Video not found', null)
}

function page(path) {
  if (!existsSync(path)) return notFound('The pages are not built', null)
  return { ...text(readFileSync(path)), head: EMBED_HEAD }
}

function watch({ origin }, { name, url, embedPath }) {
  const oembed = `${origin}/services/oembed?url=${encodeURIComponent(url)}`
  return text(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${escaped(name)}</title>
    <link rel="alternate" type="application/json+oembed" href="${escaped(oembed)}" title="${escaped(name)}" />
    <link rel="canonical" href="${escaped(url)}" />
    <meta property="og:type" content="video" />
    <meta property="og:title" content="${escaped(name)}" />
    <meta property="og:video:url" content="${escaped(origin + embedPath)}" />
    <meta property="og:video:type" content="text/html" />
  </head>
  <body style="margin: 0">
    <iframe src="${escaped(embedPath)}" title="${escaped(name)}" style="width: 100vw; height: 56.25vw; border: 0" allow="autoplay; fullscreen; picture-in-picture"></iframe>
  </body>
</html>
`, { headers: { 'cache-control': 'max-age=0, no-cache, must-revalidate' } })
}
