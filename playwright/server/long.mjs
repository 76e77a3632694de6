// A VOD of many segments from a short clip: the incumbent's announcements break at 256 segments, and git should not
// hold twenty minutes of video to show it.
import { digestList, fileName, range, streamFile } from './live.mjs'

/**
 * @typedef {object} LongOptions
 * @property {string} clip         folder under www/media
 * @property {number} [segments]
 */

/** @param {import('./clip.mjs').Clip} clip @param {LongOptions} options */
export function long(clip, { segments = 600 }) {
  let digests

  function playlist(rendition) {
    const numbers = range(0, segments)
    return [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...numbers.map(rendition.duration)) - 0.5)}`,
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:VOD',
      `#EXT-X-MAP:URI="${rendition.name}-init.mp4"`,
      ...numbers.flatMap(number => [`#EXTINF:${rendition.duration(number).toFixed(6)},`, fileName(rendition, number)]),
      '#EXT-X-ENDLIST',
      '',
    ].join('\n')
  }

  return {
    file(name) {
      if (name === 'master.m3u8') return clip.master
      if (name === 'segments-sha256.json') return digests ??= Buffer.from(digestList(clip, range(0, segments)))
      return streamFile(clip, name, playlist, number => number < segments)
    },
  }
}
