// Which info hashes an instance publishes, by the generation of its player. Written from the description of the format
// and tried against its vectors, apart from the engine's own code: each is a check of the other.
//
// v1: PeerTube up to 7.0; a: 7.1 to 8.2 (p2p-media-loader 2.0 to 2.2); b: p2p-media-loader 2.3, in no PeerTube so far;
// c: what follows 8.2. `wrong` are those of another video.
import { createHash } from 'node:crypto'

/** @typedef {'v1' | 'a' | 'b' | 'c' | 'wrong'} Generation */
export const GENERATIONS = ['v1', 'a', 'b', 'c']

/**
 * @typedef {object} Stream   a rendition, in the order of the multivariant playlist
 * @property {number} resolution
 * @property {number} [bitrate]   and the rest, as the multivariant playlist has it
 * @property {string} [codecs]
 * @property {number} [width]
 * @property {number} [height]
 * @property {string} [frameRate]
 * @property {string} [name]     of a separate audio rendition
 */

/**
 * All that this instance's tracker knows of a video, in hex.
 * @param {Generation} generation
 * @param {{playlistUrl: string, uuid: string, main: Stream[], audio?: Stream, files: number}} video   `files`: how many
 *   there are, sound included; PeerTube names that many of its main streams
 */
export function published(generation, { playlistUrl, uuid, main, audio, files }) {
  const numbered = Array.from({ length: Math.max(files, main.length) }, (_, i) => i)
  switch (generation) {
    case 'v1':
      return numbered.map(i => v1(playlistUrl, i))
    case 'a':
      return [...numbered.map(i => md5(`v2-${playlistUrl}-main-${i}`)), ...(audio ? [md5(`v2-${playlistUrl}-secondary-0`)] : [])]
    case 'b':
      return [...main.map(stream => sha1(`v2-${playlistUrl}-main-${identity(mainFields(stream))}`)),
        ...(audio ? [sha1(`v2-${playlistUrl}-secondary-${identity(audioFields(audio))}`)] : [])]
    case 'c':
      return [...main.map(({ resolution }) => sha1(`pt-v-2-${uuid}-main-default-${resolution}`)),
        ...(audio ? [sha1(`pt-v-2-${uuid}-main-default-0`), sha1(`pt-v-2-${uuid}-secondary-default-default`)] : [])]
    case 'wrong':
      return main.map((_, i) => v1(`${playlistUrl}.of-another-video`, i))
    default:
      throw new Error(`infohash: no generation ${generation}`)
  }
}

/** The raw SHA-1, with the number 2 for a version. */
export function v1(playlistUrl, index) {
  return createHash('sha1').update(`2${playlistUrl}+V${index}`).digest('hex')
}

/** Base64 of all but the first byte of the MD5. */
export function md5(streamSwarmId) {
  return asciiHex(createHash('md5').update(streamSwarmId).digest().subarray(1))
}

/** Base64 of the first 15 bytes of the SHA-1. */
export function sha1(streamSwarmId) {
  return asciiHex(createHash('sha1').update(streamSwarmId).digest().subarray(0, 15))
}

/** The nine fields that stand for a rendition in 2.3. */
export function identity({ bitrate = 0, codecs = '', width = '', height = '', language = '', channels = '', name = '', frameRate = '', videoRange = '' }) {
  const fields = [bitrate, sorted(codecs), width, height, language, channels, name.trim().toLowerCase(), shortest(frameRate), videoRange]
  return createHash('sha1').update(fields.join('-')).digest('base64')
}

/** Of the codecs, those of pictures only. */
function mainFields({ bitrate, codecs, width, height, frameRate }) {
  const pictures = codecs.split(',').filter(codec => !/^(mp4a|ac-3|ec-3|opus|fLaC)/i.test(codec.trim())).join(',')
  return { bitrate, codecs: pictures, width, height, frameRate }
}

function audioFields({ codecs, name }) {
  const sound = codecs.split(',').filter(codec => /^(mp4a|ac-3|ec-3|opus|fLaC)/i.test(codec.trim())).join(',')
  return { bitrate: 0, codecs: sound, name }
}

function sorted(codecs) {
  return codecs.split(',').map(codec => codec.trim().toLowerCase()).sort().join(',')
}

function shortest(frameRate) {
  return frameRate === '' || Number.isNaN(Number(frameRate)) ? '' : String(Number(frameRate))
}

function asciiHex(bytes) {
  return Buffer.from(bytes.toString('base64'), 'latin1').toString('hex')
}
