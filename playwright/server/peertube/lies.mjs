// What an instance that lies says. The address is right, the shape is right, and what is in it is not.

export const MARKUP = '<img src=x onerror="globalThis.injected = true"><script>globalThis.injected = true</script>'

/** @param {object} video   changed in place @param {import('./switches.mjs').Switches} switches */
export function video(video, { lies }) {
  const [playlist] = video.streamingPlaylists
  switch (lies) {
    case 'scheme':
      // Nothing but http(s) may be fetched, framed or linked.
      if (playlist) {
        playlist.playlistUrl = 'javascript:globalThis.injected = true//master.m3u8'
        playlist.segmentsSha256Url = 'file:///etc/hostname'
        playlist.redundancies = [{ baseUrl: 'data:text/plain,' }]
      }
      video.previewPath = 'javascript:globalThis.injected = true'
      video.url = 'javascript:globalThis.injected = true'
      video.trackerUrls = ['javascript:globalThis.injected = true', 'file:///tracker/socket']
      break
    case 'foreign':
      // To hosts inside the viewer's own network, where nothing listens.
      if (playlist) playlist.playlistUrl = playlist.playlistUrl.replace(/^http:\/\/[^/]+/, 'http://127.0.0.1:9')
      if (playlist) playlist.segmentsSha256Url = playlist.segmentsSha256Url.replace(/^http:\/\/[^/]+/, 'http://127.0.0.1:9')
      video.trackerUrls = ['ws://127.0.0.1:9/tracker/socket']
      video.previewPath = '//127.0.0.1:9/preview.jpg'
      break
    case 'html':
      video.name = `${MARKUP}${video.name}`
      video.description = MARKUP
      video.truncatedDescription = MARKUP
      video.support = MARKUP
      video.channel.displayName = MARKUP
      video.account.displayName = MARKUP
      video.language = { id: '"><script>', label: MARKUP }
      break
    case 'million':
      video.trackerUrls = Array.from({ length: 100_000 }, (_, i) => `ws://127.0.0.1:9/${i}`)
      video.tags = Array.from({ length: 100_000 }, (_, i) => `tag ${i}`)
      break
    case 'none':
      break
    default:
      throw new Error(`instance: no lie ${lies}`)
  }
  return video
}

export function captions(list, { lies }) {
  if (lies === 'html') for (const caption of list.data) caption.language.label = MARKUP
  if (lies === 'scheme') for (const caption of list.data) caption.captionPath = 'javascript:globalThis.injected = true'
  return list
}

export function chapters(list, { lies }) {
  if (lies === 'html') for (const chapter of list.chapters) chapter.title = MARKUP
  if (lies === 'million') list.chapters = Array.from({ length: 100_000 }, (_, i) => ({ timecode: i, title: `Chapter ${i}` }))
  return list
}
