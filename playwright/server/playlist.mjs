// Reads the media playlists of our own sample clips: the subset of RFC 8216 that `www/media/make.sh` writes.
// Not a general parser; that one is `src/engine/playlist/`.

/**
 * @param {string} text
 * @returns {{init: Place, segments: (Place & {duration: number})[]}}
 * @typedef {{uri: string, range?: {first: number, last: number}}} Place  `range` is inclusive, as in HTTP
 */
export function readMediaPlaylist(text) {
  let init, duration, range
  const segments = []
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#EXT-X-MAP:')) {
      init = { uri: /URI="([^"]+)"/.exec(line)[1], range: byteRange(/BYTERANGE="([^"]+)"/.exec(line)?.[1]) }
    } else if (line.startsWith('#EXTINF:')) {
      duration = parseFloat(line.slice('#EXTINF:'.length))
    } else if (line.startsWith('#EXT-X-BYTERANGE:')) {
      range = byteRange(line.slice('#EXT-X-BYTERANGE:'.length))
    } else if (line && !line.startsWith('#')) {
      segments.push({ uri: line, range, duration })
      range = undefined
    }
  }
  return { init, segments }
}

/** `length@offset` (RFC 8216 §4.3.2.2); our clips always give the offset. */
function byteRange(value) {
  if (!value) return undefined
  const [length, offset] = value.split('@').map(Number)
  return { first: offset, last: offset + length - 1 }
}
