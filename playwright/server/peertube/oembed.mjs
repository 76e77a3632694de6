// `/services/oembed`: the answer for a watch address of this instance, within the limits that were asked for.
import { json, problem } from './answers.mjs'
import { MARKUP } from './lies.mjs'
import { summary } from './playlists.mjs'

const VIDEO = /^\/(?:w|videos\/watch)\/([^/]+)$/
const PLAYLIST = /^\/(?:w\/p|videos\/watch\/playlist)\/([^/]+)$/
/** What goes over from the watch address into the frame's. */
const COPIED = ['start', 'stop', 'loop', 'autoplay', 'muted', 'controls', 'controlBar', 'title', 'api', 'warningTitle', 'peertubeLink', 'p2p', 'subtitle',
  'bigPlayBackgroundColor', 'foregroundColor', 'mode', 'playbackRate', 'playlistPosition', 'waitPasswordFromEmbedAPI']

export function oembed(instance, query) {
  const { origin } = instance
  const format = query.get('format')
  if (format && format !== 'json') {
    return refused(501, 'Not Implemented', 'Requested format is not implemented on server.', { format })
  }
  const url = query.get('url') ?? ''
  const asked = URL.canParse(url) ? new URL(url) : undefined
  if (asked?.origin !== origin) return refused(400, 'Bad Request', 'Invalid url.', { url })
  const video = instance.catalog.video(VIDEO.exec(asked.pathname)?.[1] ?? '')
  const playlist = instance.catalog.playlist(PLAYLIST.exec(asked.pathname)?.[1] ?? '')
  if (!video && !playlist) {
    const shaped = VIDEO.test(asked.pathname) || PLAYLIST.test(asked.pathname)
    return shaped ? refused(404, 'Not Found', 'Video not found', {}) : refused(400, 'Bad Request', 'Invalid url.', { url })
  }
  return json(video ? ofVideo(instance.tell(video), asked, query, instance) : ofPlaylist(summary(playlist, instance, origin), asked, query, instance))
}

function ofVideo({ name, previewPath, embedPath, channel }, asked, query, { origin, switches }) {
  return answer({ title: switches.lies === 'html' ? MARKUP : name, channel, embedPath, thumbnail: { path: previewPath, width: 850, height: 480 } }, asked, query, origin)
}

function ofPlaylist({ displayName, thumbnailPath, embedPath, videoChannel }, asked, query, { origin }) {
  return answer({ title: displayName, channel: videoChannel, embedPath, thumbnail: { path: thumbnailPath, width: 280, height: 157 } }, asked, query, origin)
}

function answer({ title, channel, embedPath, thumbnail }, asked, query, origin) {
  const limit = (name, otherwise) => Number(query.get(name) ?? otherwise)
  const width = Math.min(560, limit('maxwidth', 560))
  const height = Math.min(315, limit('maxheight', 315))
  const parameters = new URLSearchParams([...asked.searchParams].filter(([name]) => COPIED.includes(name)))
  const src = `${origin}${embedPath}${parameters.size > 0 ? `?${parameters}` : ''}`
  const small = limit('maxwidth', Infinity) >= thumbnail.width && limit('maxheight', Infinity) >= thumbnail.height
  return {
    type: 'video',
    version: '1.0',
    html: `<iframe width="${width}" height="${height}" sandbox="allow-same-origin allow-scripts allow-popups allow-forms" title="${escaped(title)}" src="${src}" frameborder="0" allowfullscreen></iframe>`,
    width,
    height,
    title,
    author_name: channel.displayName,
    author_url: channel.url,
    provider_name: 'PeerTube',
    provider_url: origin,
    ...(small && { thumbnail_url: origin + thumbnail.path, thumbnail_width: thumbnail.width, thumbnail_height: thumbnail.height }),
  }
}

function refused(status, title, detail, more) {
  return problem({ type: 'about:blank', title, detail, status, ...more, error: detail })
}

export function escaped(text) {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}
