// Streams with captions and metadata beside and inside them, made from a clip: on demand and live. Their clock starts
// ten seconds before that of MPEG-2 turns over, so that what maps text to it has something to get wrong.
//
// Every two seconds somebody says "<rendition> <number>" for one second; in every segment but the last somebody
// says "across <segment>" for a second around its end, and is quoted in both segments.
import { createCipheriv } from 'node:crypto'
import { shifted } from './fmp4.mjs'
import { range, streamFile } from './live.mjs'
import { eventMessage, textInit, textSegment, wvttSample } from './textmp4.mjs'

const HZ = 90_000
const TURN = 2 ** 33
/** Where the clock of the media starts. */
const START = TURN - 10 * HZ
const KEY = Buffer.from('0123456789abcdef')
/** Segments of the programme on demand. */
const COUNT = 8

const RENDITIONS = [
  'NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,URI="vtt.m3u8"',
  'NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-music-and-sound",URI="whole.m3u8"',
  'NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,URI="wvtt.m3u8"',
  'NAME="Italiano",LANGUAGE="it",DEFAULT=NO,AUTOSELECT=YES,URI="locked.m3u8"',
  'NAME="Español",LANGUAGE="es",DEFAULT=NO,AUTOSELECT=YES,URI="stpp.m3u8"',
]

/** @param {import('./clip.mjs').Clip} clip @param {ReturnType<import('./live.mjs').live>} [live]   whose window it has */
export function captioned(clip, live) {
  const [rendition] = clip.renditions.values()
  const length = rendition.duration(0)

  const master = [
    '#EXTM3U',
    ...RENDITIONS.slice(0, live ? 1 : undefined).map(attributes => `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",${attributes}`),
    '#EXT-X-STREAM-INF:BANDWIDTH=172056,RESOLUTION=426x240,CODECS="avc1.640015,mp4a.40.2",SUBTITLES="text"',
    `${rendition.name}.m3u8`,
    '',
  ].join('\n')

  /** Like the clip's own playlist while live: same window, same dates. */
  function playlist(name, { map, whole, key } = {}) {
    if (live) return String(live.file(`${rendition.name}.m3u8`)).replace(/^#EXT-X-MAP.*\n/m, '').replaceAll(/^\S+-(\d{6})\.m4s$/gm, `${name}-$1.vtt`)
    const segments = whole ? [[whole, COUNT * length]] : range(0, COUNT).map(number => [`${name}-${String(number).padStart(6, '0')}`, length])
    const type = map ? '.m4s' : '.vtt'
    return [
      '#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${whole ? COUNT * length : length}`, '#EXT-X-PLAYLIST-TYPE:VOD',
      ...(key ? [`#EXT-X-KEY:METHOD=AES-128,URI="${key}"`] : []),
      ...(map ? [`#EXT-X-MAP:URI="${map}"`] : []),
      ...segments.flatMap(([file, duration]) => [`#EXTINF:${duration.toFixed(3)},`, file + type]),
      '#EXT-X-ENDLIST', '',
    ].join('\n')
  }

  /** What is said in a stretch of time, in seconds. */
  function said(name, from, to) {
    const cues = []
    for (let at = Math.floor(from / 2) * 2; at < to; at += 2) cues.push({ start: at + 0.5, end: at + 1.5, text: `${name} ${at}` })
    for (let end = Math.floor(from / length) * length; end <= to; end += length) {
      if (end > 0) cues.push({ start: end - 0.4, end: end + 0.4, text: `across ${end / length - 1}` })
    }
    return cues.filter(({ start, end }) => start < to && end > from)
  }

  /** A segment's own clock starts anew, at an hour, where the map says it does. */
  function vtt(name, from, to) {
    const mpegts = (START + from * HZ) % TURN
    const cues = said(name, from, to).map(({ start, end, text }) => `${clock(3600 + start - from)} --> ${clock(3600 + end - from)} line:80%\n${text}\n`)
    return `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${live ? from * HZ % TURN : mpegts},LOCAL:01:00:00.000\n\n${cues.join('\n')}`
  }

  function wvtt(number) {
    const [from, to] = [number * length, (number + 1) * length]
    const cues = said('wvtt', from, to)
    const edges = [...new Set([from, to, ...cues.flatMap(({ start, end }) => [start, end])])].filter(t => t >= from && t <= to).sort((a, b) => a - b)
    const samples = edges.slice(1).map((end, i) => ({
      duration: Math.round((end - edges[i]) * HZ),
      data: wvttSample(cues.filter(cue => cue.start < end && cue.end > edges[i]).map(({ text }) => text)),
    }))
    return textSegment(number, BigInt(Math.round(START + from * HZ)), samples)
  }

  function stpp(number) {
    const [from, to] = [number * length, (number + 1) * length]
    // Times in a document are those of the track (ISO/IEC 14496-30 §5.2).
    const begin = seconds => (START / HZ + seconds).toFixed(3)
    const lines = said('stpp', from, to).map(({ start, end, text }) => `<p begin="${begin(start)}s" end="${begin(end)}s">${text}</p>`)
    const data = Buffer.from(`<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" xml:lang="es"><body><div>${lines.join('')}</div></body></tt>`)
    return textSegment(number, BigInt(Math.round(START + from * HZ)), [{ duration: length * HZ, data }])
  }

  /** The picture, on its clock, with an event message in each segment: as ID3 in version 1, as something else in version 0. */
  function picture(number, bytes) {
    const ticks = track => BigInt(Math.round(START / HZ * rendition.scales.get(track)))
    const message = number % 2 === 0
      ? eventMessage(1, { scheme: 'https://aomedia.org/emsg/ID3', value: '', timescale: HZ, time: START + (number * length + 1) * HZ, duration: HZ, id: number, data: id3(`tag ${number}`) })
      : eventMessage(0, { scheme: 'urn:example:events', value: 'v', timescale: 1000, time: 1500, duration: 500, id: number, data: Buffer.from(`message ${number}`) })
    return Buffer.concat([message, shifted(bytes, number, ticks)])
  }

  function main(of) {
    const date = seconds => new Date(Date.UTC(2030, 0, 1) + seconds * 1000).toISOString()
    return [
      '#EXTM3U', '#EXT-X-VERSION:7', `#EXT-X-TARGETDURATION:${length}`, '#EXT-X-PLAYLIST-TYPE:VOD', `#EXT-X-MAP:URI="${of.name}-init.mp4"`,
      `#EXT-X-PROGRAM-DATE-TIME:${date(0)}`,
      `#EXT-X-DATERANGE:ID="ad",CLASS="com.example.ad",START-DATE="${date(6)}",DURATION=3,X-COM-EXAMPLE-AD="first",SCTE35-OUT=0xFC30`,
      ...range(0, COUNT).flatMap(number => [`#EXTINF:${length.toFixed(3)},`, `${of.name}-${String(number).padStart(6, '0')}.m4s`]),
      '#EXT-X-ENDLIST', '',
    ].join('\n')
  }

  return {
    file(name) {
      const [, kind, number, rest] = /^(vtt|whole|wvtt|stpp|locked)(?:-(\d{6}))?\.?(.*)$/.exec(name) ?? []
      const at = Number(number) * length
      if (name === 'master.m3u8') return Buffer.from(master)
      if (live && !kind) return live.file(name)
      if (kind === 'vtt') return Buffer.from(number ? vtt('vtt', at, at + length) : playlist('vtt'))
      if (live) return undefined
      if (kind === 'whole') return Buffer.from(rest === 'vtt' ? vtt('whole', 0, COUNT * length) : playlist('whole', { whole: 'whole' }))
      if (name === 'locked.key') return KEY
      if (kind === 'locked') return number ? locked(vtt('locked', at, at + length), Number(number)) : Buffer.from(playlist('locked', { key: 'locked.key' }))
      if (kind && rest === 'm3u8') return Buffer.from(playlist(kind, { map: `${kind}-init.mp4` }))
      if (kind && name === `${kind}-init.mp4`) return textInit(kind, HZ)
      if (kind) return kind === 'wvtt' ? wvtt(Number(number)) : stpp(Number(number))
      const found = streamFile(clip, name, main, number => number < COUNT)
      return name.endsWith('.m4s') ? found && picture(Number(name.slice(-10, -4)), found) : found
    },
  }
}

/** By AES-128 (RFC 8216 §5.2), the vector being the media sequence number. */
function locked(text, number) {
  const vector = Buffer.alloc(16)
  vector.writeUInt32BE(number, 12)
  const cipher = createCipheriv('aes-128-cbc', KEY, vector)
  return Buffer.concat([cipher.update(text), cipher.final()])
}

/** An ID3v2.4 tag with one text of the user's. */
export function id3(text) {
  const frame = Buffer.from(`\x03what\0${text}`)
  const size = n => Buffer.from([0, 0, n >> 7, n & 127])
  return Buffer.concat([Buffer.from('ID3\x04\0\0'), size(frame.length + 10), Buffer.from('TXXX'), size(frame.length), Buffer.from([0, 0]), frame])
}

function clock(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 23)
}
