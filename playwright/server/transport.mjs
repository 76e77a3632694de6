// A programme of MPEG-TS with captions and timed metadata inside: each segment of one second says "CC1 <number>" and,
// in the second field, "CC3 <number>", from its middle on until the next one does, and has an ID3 tag a tenth of a
// second after its beginning.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { id3 } from './captioned.mjs'
import { captionedTs } from './tswrite.mjs'

const COUNT = 6
const SECOND = 90_000
/** The picture of a segment with which its caption appears. */
const SHOWN = 12

const MASTER = `#EXTM3U
#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="English CC",LANGUAGE="en",DEFAULT=NO,INSTREAM-ID="CC1"
#EXT-X-STREAM-INF:BANDWIDTH=100000,CODECS="avc1.64000a",CLOSED-CAPTIONS="cc"
index.m3u8
`

/** @param {string} path   of a clip of one second */
export function transport(path) {
  const segment = number => captionedTs(readFileSync(path), {
    by: number * SECOND,
    captions: picture => Buffer.concat([triplet(0xfc, pairs(`CC1 ${number}`), picture), triplet(0xfd, pairs(`CC3 ${number}`, 8), picture)]),
    tags: [{ at: SECOND / 10, data: id3(`second ${number}`) }],
  })
  return {
    file(name) {
      const number = /^(\d+)\.ts$/.exec(name)?.[1]
      if (name === 'master.m3u8') return Buffer.from(MASTER)
      if (name === 'index.m3u8') {
        const segments = Array.from({ length: COUNT }, (_, i) => `#EXTINF:1.000,\n${i}.ts\n`)
        return Buffer.from(`#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXT-X-PLAYLIST-TYPE:VOD\n${segments.join('')}#EXT-X-ENDLIST\n`)
      }
      return number < COUNT ? segment(Number(number)) : undefined
    },
  }
}

/** The first two seconds of the same in fragmented MP4, as ffmpeg wrote it. @param {string} folder */
export function pictures(folder) {
  return {
    file(name) {
      if (name === 'master.m3u8') return Buffer.from(MASTER)
      if (name === 'index.m3u8') {
        return Buffer.from('#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:1\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI="captions.init.mp4"\n' +
          '#EXTINF:1,\ncaptions-0.m4s\n#EXTINF:1,\ncaptions-1.m4s\n#EXT-X-ENDLIST\n')
      }
      return /^captions[-.\w]+$/.test(name) ? readFileSync(join(folder, name)) : undefined
    },
  }
}

/** A pop-on caption (CTA-608-E §B): it is loaded, and shown with its last pair. */
function pairs(text, field2 = 0) {
  const [control, address] = [0x14 | (field2 ? 1 : 0), 0x14]
  const codes = [[control, 0x20], [control, 0x2e], [address, 0x70]]
  const letters = [...text.padEnd(text.length + text.length % 2)].map(letter => letter.charCodeAt(0))
  for (let i = 0; i < letters.length; i += 2) codes.push([letters[i], letters[i + 1]])
  const waits = Array.from({ length: SHOWN - codes.length }, () => [0, 0])
  return [...codes, ...waits, [control, 0x2f]]
}

function triplet(head, codes, picture) {
  const [a, b] = codes[picture] ?? [0, 0]
  return Buffer.from([head, parity(a), parity(b)])
}

/** Odd. */
function parity(byte) {
  let ones = 0
  for (let bit = 0; bit < 7; bit++) ones += byte >> bit & 1
  return byte | (ones % 2 === 0 ? 0x80 : 0)
}
