// Which streams lie under a folder, and which tracks their publishers gave them: read from the files themselves, not
// with the player's code, so that a track which the player overlooks is missed.
import { createDecipheriv } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{name: string, path?: string, skip?: string}} Stream   `path`: of its playlist, under the folder */

/** Every folder that holds a playlist, in the order of names; of two playlists the multivariant one. @returns {Stream[]} */
export function streamsUnder(folder, only) {
  const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory()).map(({ name }) => name)
  return folders.filter(name => !only || name.includes(only)).sort().flatMap(name => {
    if (existsSync(join(folder, name, 'requests.json'))) return [{ name, skip: 'a recording of an origin, not a stream' }]
    const file = ['master.m3u8', 'index.m3u8'].find(file => existsSync(join(folder, name, file)))
    return file ? [{ name, path: `${name}/${file}` }] : []
  })
}

/**
 * What the viewer is promised. Of several variants the last is looked into; their kinds of tracks are the same.
 * @returns {{kinds: Set<'video' | 'audio'>, audios: number}}   `audios`: renditions to choose from
 */
export function declared(folder, path) {
  const text = read(join(folder, path))
  const renditions = [...text.matchAll(/^#EXT-X-MEDIA:.*TYPE=AUDIO.*$/gm)].map(([line]) => line)
  const variant = /^#EXT-X-STREAM-INF:.*\r?\n(?:#.*\r?\n|\r?\n)*([^#\s].*?)\r?$/m.exec(text)?.[1]
  if (!variant) return { kinds: kindsOf(join(folder, path)), audios: 0 }
  const lists = [variant, ...renditions.map(line => /URI="([^"]*)"/.exec(line)?.[1]).filter(Boolean)]
  const kinds = new Set(lists.flatMap(list => [...kindsOf(join(folder, dirname(path), decodeURI(list)))]))
  return { kinds, audios: new Set(renditions.map(line => /NAME="([^"]*)"/.exec(line)?.[1])).size }
}

/** The kinds of tracks in the first segment of a media playlist. */
function kindsOf(list) {
  const lines = read(list).split(/\r?\n/)
  const file = reference => readFileSync(join(dirname(list), decodeURI(reference)))
  const map = lines.find(line => line.startsWith('#EXT-X-MAP:'))
  if (map) return inBoxes(file(/URI="([^"]*)"/.exec(map)[1]))
  const first = lines.find(line => line && !line.startsWith('#'))
  const bytes = opened(file(first), lines, file)
  if (bytes[0] === 0x47) return inTransport(bytes)
  // Packed audio: an ID3 tag, or the sync word of ADTS, AC-3 or MP3.
  return new Set(['audio'])
}

function read(list) {
  return readFileSync(list, 'utf8').replace(/^\uFEFF/, '')
}

/** Without AES-128; other methods leave the tables of a transport stream readable. */
function opened(bytes, lines, file) {
  const key = lines.find(line => line.startsWith('#EXT-X-KEY:') && line.includes('METHOD=AES-128'))
  if (!key) return bytes
  const iv = /IV=0x([0-9a-f]+)/i.exec(key)?.[1] ?? /^#EXT-X-MEDIA-SEQUENCE:(\d+)/m.exec(lines.join('\n'))?.[1] ?? '0'
  const vector = Buffer.from((/IV=/.test(key) ? iv : Number(iv).toString(16)).padStart(32, '0'), 'hex')
  const decipher = createDecipheriv('aes-128-cbc', file(/URI="([^"]*)"/.exec(key)[1]), vector)
  return Buffer.concat([decipher.update(bytes), decipher.final()])
}

/** ISO/IEC 14496-12 §8.4.3: the handler of each track. */
function inBoxes(bytes) {
  const kinds = { vide: 'video', soun: 'audio' }
  const found = [...bytes.toString('latin1').matchAll(/hdlr.{8}(....)/gs)].map(([, handler]) => kinds[handler])
  return new Set(found.filter(Boolean))
}

/** ISO/IEC 13818-1 §2.4.4.8: the streams of the programme, with the types that HLS adds for encrypted ones. */
function inTransport(bytes) {
  const video = new Set([0x01, 0x02, 0x10, 0x1b, 0x24, 0xdb])
  const audio = new Set([0x03, 0x04, 0x0f, 0x11, 0x81, 0x87, 0xc1, 0xc2, 0xcf])
  const kinds = new Set()
  let programme
  for (let at = 0; at + 188 <= bytes.length; at += 188) {
    const pid = bytes.readUInt16BE(at + 1) & 0x1fff
    if (!(bytes[at + 1] & 0x40) || (pid !== 0 && pid !== programme)) continue
    const payload = at + 4 + (bytes[at + 3] & 0x20 ? 1 + bytes[at + 4] : 0)
    const section = payload + 1 + bytes[payload]
    const end = section + 3 + (bytes.readUInt16BE(section + 1) & 0xfff) - 4
    if (pid === 0) programme = bytes.readUInt16BE(section + 10) & 0x1fff
    else {
      let entry = section + 12 + (bytes.readUInt16BE(section + 10) & 0xfff)
      while (entry + 5 <= end) {
        const length = bytes.readUInt16BE(entry + 3) & 0xfff
        // 6 is private: Opus and AC-3 say so in a descriptor.
        const privately = bytes[entry] === 6 && /Opus|AC-3|EAC3|j/.test(bytes.toString('latin1', entry + 5, entry + 5 + length))
        if (video.has(bytes[entry])) kinds.add('video')
        if (audio.has(bytes[entry]) || privately) kinds.add('audio')
        entry += 5 + length
      }
      return kinds
    }
  }
  return kinds
}
