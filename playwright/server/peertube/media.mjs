// The files of a video as PeerTube stores them: one fragmented MP4 for each resolution, playlists over its byte ranges,
// digests keyed by inclusive ranges. Names are those of the recorded answer, pictures those of our own clips, and the
// figures in the multivariant playlist are the clips' too: what is promised of a stream is what it has.
import { createHash } from 'node:crypto'
import { shifted } from '../fmp4.mjs'
import { fragment, initOf, samplesOf, tracksOf } from './tracks.mjs'

/**
 * @typedef {object} Rendition
 * @property {string} name            what its files' names begin with: `<uuid>-<resolution>`
 * @property {number} resolution
 * @property {string} attributes      of its line in the multivariant playlist, without the bit rate; empty for sound
 * @property {Buffer} init
 * @property {{bytes: Buffer, duration: number}[]} segments
 */

/**
 * @param {import('../clip.mjs').Clip} clip
 * @param {object} video                      as the API tells it
 * @param {{segments: number, from?: number}} how    how many segments of the clip, from which one on
 */
export function vod(clip, video, { segments, from = 0 }) {
  const playlist = video.streamingPlaylists[0]
  const masterName = basename(playlist.playlistUrl)
  const digestsName = basename(playlist.segmentsSha256Url)
  const renditions = renditionsOf(clip, playlist.files, { segments, from })
  const files = new Map()
  const digests = {}
  for (const { name, init, segments } of [...renditions.main, ...(renditions.audio ? [renditions.audio] : [])]) {
    const mp4 = `${name}-fragmented.mp4`
    const { lines, ranges } = listed(mp4, init, segments)
    digests[mp4] = ranges
    files.set(mp4, Buffer.concat([init, ...segments.map(({ bytes }) => bytes)]))
    files.set(`${name}.m3u8`, Buffer.from(lines))
  }
  files.set(masterName, Buffer.from(multivariant(renditions)))
  files.set(digestsName, Buffer.from(JSON.stringify(digests)))
  return { files, master: masterName, digests: digestsName, ...streams(renditions) }
}

/** Ascending, as PeerTube lists them; the sound, if it is apart, is resolution 0. */
function renditionsOf(clip, files, { segments, from }) {
  const apart = files.some(({ hasVideo }) => !hasVideo)
  const pictures = files.filter(({ hasVideo }) => hasVideo).sort((a, b) => a.resolution.id - b.resolution.id)
  const sources = [...clip.renditions.values()].sort((a, b) => Number(a.name) - Number(b.name))
  const numbers = Array.from({ length: segments }, (_, i) => from + i)
  const main = pictures.map((file, i) => {
    // The best ones, if the clip has more.
    const source = sources[Math.max(0, sources.length - pictures.length) + i] ?? sources.at(-1)
    const made = apart ? one(source, 'vide', numbers) : muxed(source, numbers)
    return { name: named(file), resolution: file.resolution.id, attributes: attributesOf(clip.master, source.name), ...made }
  })
  if (!apart) return { main }
  const sound = files.find(({ hasVideo }) => !hasVideo)
  return { main, audio: { name: named(sound), resolution: 0, attributes: '', ...one(sources[0], 'soun', numbers) } }
}

function muxed(source, numbers) {
  return { init: source.init, segments: numbers.map(number => ({ bytes: atZero(source, number, numbers[0]), duration: source.duration(number) })) }
}

/** One track of a muxed rendition. */
function one(source, kind, numbers) {
  const track = tracksOf(source.init).find(track => track.kind === kind)
  const segments = numbers.map(number => {
    const samples = samplesOf(atZero(source, number, numbers[0]), track)
    const ticks = samples.reduce((sum, { duration }) => sum + duration, 0)
    return { bytes: fragment(track, number - numbers[0] + 1, samples), duration: ticks / track.timescale }
  })
  return { init: initOf(source.init, track.id), segments }
}

/** A segment, on a clock that was 0 when segment `first` began. */
export function atZero(source, number, first) {
  return shifted(source.segment(number), number - first + 1, track => -BigInt(Math.round(source.start(first) * source.scales.get(track))))
}

/** Everything of `EXT-X-STREAM-INF` but the bit rate, from the clip's own playlist. */
export function attributesOf(master, name) {
  const lines = master.toString().split('\n')
  const line = lines[lines.indexOf(`${name}.m3u8`) - 1]
  return line.replace('#EXT-X-STREAM-INF:', '').replace(/BANDWIDTH=\d+,?/, '').replace(/,?AUDIO="[^"]*"/, '')
}

function listed(mp4, init, segments) {
  let at = init.length
  const ranges = {}
  const lines = segments.flatMap(({ bytes, duration }) => {
    const range = `${bytes.length}@${at}`
    ranges[`${at}-${at + bytes.length - 1}`] = createHash('sha256').update(bytes).digest('hex')
    at += bytes.length
    return [`#EXTINF:${duration.toFixed(6)},`, `#EXT-X-BYTERANGE:${range}`, mp4]
  })
  const target = Math.round(Math.max(...segments.map(({ duration }) => duration)))
  return {
    ranges,
    lines: ['#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${target}`, '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-PLAYLIST-TYPE:VOD',
      `#EXT-X-MAP:URI="${mp4}",BYTERANGE="${init.length}@0"`, ...lines, '#EXT-X-ENDLIST', ''].join('\n'),
  }
}

/** With its empty lines, as recorded. */
function multivariant({ main, audio }) {
  const media = audio ? `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Audio",AUTOSELECT=YES,DEFAULT=YES,URI="${audio.name}.m3u8"` : undefined
  const variants = main.flatMap(rendition => [
    `#EXT-X-STREAM-INF:BANDWIDTH=${bandwidth(rendition)},${rendition.attributes}${audio ? ',AUDIO="audio"' : ''}`,
    `${rendition.name}.m3u8`,
  ])
  return ['#EXTM3U', '#EXT-X-VERSION:3', '', ...(media ? [media] : []), '', ...variants].join('\n') + '\n'
}

function bandwidth({ segments }) {
  const bytes = segments.reduce((sum, { bytes }) => sum + bytes.length, 0)
  return Math.ceil(bytes * 8 / segments.reduce((sum, { duration }) => sum + duration, 0))
}

/** What swarms may be named by; the resolution is the pictures' own, as it is in what a real encoder made. */
function streams({ main, audio }) {
  const streams = main.map(rendition => {
    const { attributes } = rendition
    const [, width, height] = /RESOLUTION=(\d+)x(\d+)/.exec(attributes)
    const frameRate = /FRAME-RATE=([^,]+)/.exec(attributes)?.[1]
    return { resolution: Math.min(width, height), bitrate: bandwidth(rendition), codecs: /CODECS="([^"]*)"/.exec(attributes)[1], width, height, frameRate }
  })
  return { main: streams, audio: audio && { resolution: 0, codecs: streams[0].codecs, name: 'Audio' } }
}

function named({ fileUrl }) {
  return basename(fileUrl).replace('-fragmented.mp4', '')
}

export function basename(url) {
  return url.slice(url.lastIndexOf('/') + 1)
}
