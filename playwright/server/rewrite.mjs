// The one rule that a static server needs to have PeerTube's embed addresses: `/videos/embed/<id>` is `embed.html`,
// `/video-playlists/embed/<id>` is `playlist.html`, and what these load beside themselves (an id has no dot) lies where
// they do. Real servers have it from `pkg-config/selfhosted/`, whose pages have absolute addresses instead.
const EMBED = /^\/(videos|video-playlists)\/embed\/(.+)$/

export function rewritten(path) {
  const [, kind, rest] = EMBED.exec(path) ?? []
  if (rest === undefined) return path
  if (rest.includes('.')) return `/${rest}`
  return kind === 'videos' ? '/embed.html' : '/playlist.html'
}
