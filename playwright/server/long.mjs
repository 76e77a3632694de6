// A VOD of many segments from a short clip: the incumbent's announcements break at 256 segments, and git should not
// hold twenty minutes of video to show it.
import { createHash } from 'node:crypto'
import { padded } from './fmp4.mjs'
import { fileName, range, streamFile } from './live.mjs'

/** The track of pictures in all of our clips. */
const VIDEO = 1

/**
 * @typedef {object} LongOptions
 * @property {string} clip         folder under www/media
 * @property {number} [segments]
 * @property {number} [rate]       bits per second that every rendition is filled up to, with what decoders pass over
 * @property {number[]} [gaps]     segments that are announced as gaps, and are not there
 */

/** @param {import('./clip.mjs').Clip} clip @param {LongOptions} options */
export function long(clip, { segments = 600, rate, gaps = [] }) {
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
      ...numbers.flatMap(number => [...(gaps.includes(number) ? ['#EXT-X-GAP'] : []), `#EXTINF:${rendition.duration(number).toFixed(6)},`, fileName(rendition, number)]),
      '#EXT-X-ENDLIST',
      '',
    ].join('\n')
  }

  /** One file of the given rate. */
  function filled(file, name) {
    const [rendition, number] = name.replace('.m4s', '').split('-')
    const bytes = Math.round(clip.renditions.get(rendition).duration(Number(number)) * rate / 8) - file.length
    return padded(file, VIDEO, bytes)
  }

  /** What is there by that name. */
  function stored(name) {
    const bytes = streamFile(clip, name, playlist, number => number < segments && !gaps.includes(number))
    return rate && name.endsWith('.m4s') && bytes ? filled(bytes, name) : bytes
  }

  /** Of the files as they leave. */
  function digestList() {
    const names = [...clip.renditions.values()].flatMap(rendition => range(0, segments).map(number => fileName(rendition, number)))
    const there = names.map(name => [name, stored(name)]).filter(([, bytes]) => bytes)
    return JSON.stringify(Object.fromEntries(there.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])))
  }

  return {
    file(name) {
      if (name === 'master.m3u8') return clip.master
      if (name === 'segments-sha256.json') return digests ??= Buffer.from(digestList())
      return stored(name)
    },
  }
}
