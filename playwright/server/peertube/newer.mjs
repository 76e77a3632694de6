// What versions after the recorded one say differently, by the published types (`@peertube/peertube-types` 8.2.3): not
// recorded, so no proof of what a server does, but a check that a reader keeps to what both have.
import { since } from './switches.mjs'

/** @param {object} video   as 6.3.0 tells it; changed in place @param {import('./switches.mjs').Switches} switches */
export function video(video, switches, origin) {
  if (since(switches, 7, 3) && video.isLive) video.liveSchedules = (switches.schedules ?? []).map(startAt => ({ startAt }))
  // As the annotation plugin keeps it, of whatever version.
  if (switches.annotations) video.pluginData = { ...video.pluginData, 'player-annotations': switches.annotations }
  if (!since(switches, 8)) return video
  const thumbnail = (path, width, height) => ({ fileUrl: origin + path, width, height, aspectRatio: 1.778 })
  video.thumbnails = [thumbnail(video.thumbnailPath, 280, 157), thumbnail(video.previewPath, 850, 480)]
  video.nsfwFlags ??= 0
  video.nsfwSummary ??= null
  video.embedPrivacyPolicy = { id: switches.domains.length > 0 ? 2 : 1, label: switches.domains.length > 0 ? 'Allowlist' : 'All allowed' }
  video.trackerUrls.reverse()
  for (const playlist of video.streamingPlaylists) {
    for (const file of playlist.files) file.playlistUrl = file.fileUrl.replace('-fragmented.mp4', '.m3u8')
  }
  return video
}

/** The path has become an address. */
export function captions(list, switches, origin) {
  if (!since(switches, 8)) return list
  const data = list.data.map(({ captionPath, ...caption }) => ({ ...caption, fileUrl: origin + captionPath, m3u8Url: null }))
  return { ...list, data }
}

export function storyboards({ storyboards }, switches, origin) {
  if (!since(switches, 8)) return { storyboards }
  return { storyboards: storyboards.map(storyboard => ({ ...storyboard, fileUrl: origin + storyboard.storyboardPath })) }
}

export function config(config, switches) {
  config.serverVersion = switches.version
  if (since(switches, 7)) config.webrtc = { stunServers: [] }
  if (since(switches, 8)) config.defaults.player = { theme: 'galaxy', autoPlay: false }
  return config
}
