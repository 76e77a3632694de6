// Transport streams of a few megabytes, made when they are needed: our own clips again and again with the clock going
// on, and where ffmpeg is there, one with large pictures as films have them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const repository = join(import.meta.dirname, '../..')
const PACKET = 188
/** Of one segment, in bytes: some seconds of an ordinary stream. */
const SEGMENT = 2 << 20
/** A frame of AAC at 48 kHz, in ticks. */
const FRAME = 1920

/** Each with what its segments are called in `folder`. @returns {Record<string, string[]>} */
export function transportStreams(folder) {
  const streams = {}
  for (const [name, what] of [['avc-aac', 'small pictures'], ['b-frames', 'small pictures, B frames']]) {
    streams[what] = made(join(folder, name), into => repeated(join(repository, `tests/remux/${name}.ts`), into))
  }
  const large = made(join(folder, 'large'), encoded)
  if (large.length > 0) streams['large pictures'] = large
  else console.log('no ffmpeg: large pictures are left out')
  return Object.fromEntries(Object.entries(streams).map(([what, files]) => [what, files.map(file => file.slice(folder.length + 1))]))
}

function made(folder, make) {
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true })
    make(folder)
  }
  return readdirSync(folder).filter(name => name.endsWith('.ts')).sort().map(name => join(folder, name))
}

/** 720p at 6 Mbit/s, with noise so that there is something to carry. */
function encoded(folder) {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=25,noise=alls=20:allf=t']
  const sound = ['-f', 'lavfi', '-i', 'anoisesrc=sample_rate=48000:amplitude=0.1']
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '6M', '-g', '50', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k', '-ac', '2']
  const cut = ['-f', 'segment', '-segment_time', '4', '-segment_format', 'mpegts', join(folder, '%03d.ts')]
  spawnSync('ffmpeg', ['-v', 'error', ...picture, ...sound, '-t', '16', ...codecs, ...cut], { stdio: 'inherit' })
}

/** Three segments of a clip that is one group of pictures or more, over and over. */
function repeated(file, folder) {
  const clip = readFileSync(file)
  const long = duration(clip)
  const times = Math.ceil(SEGMENT / clip.length)
  for (let segment = 0, round = 0; segment < 3; segment++) {
    const rounds = Array.from({ length: times }, () => later(clip, round++, long))
    writeFileSync(join(folder, `${segment}.ts`), Buffer.concat(rounds))
  }
}

/** The clip once more, with its timestamps and counters where they would be if it went on. */
function later(clip, round, long) {
  const copy = Buffer.from(clip)
  const counters = new Map()
  for (const at of packets(clip)) {
    const pid = clip.readUInt16BE(at + 1) & 0x1fff
    if (clip[at + 3] & 0x10) counters.set(pid, (counters.get(pid) ?? 0) + 1)
  }
  for (const at of packets(copy)) {
    const pid = copy.readUInt16BE(at + 1) & 0x1fff
    const counter = (copy[at + 3] & 15) + round * (counters.get(pid) ?? 0)
    copy[at + 3] = copy[at + 3] & 0xf0 | counter & 15
    for (const place of timestamps(copy, at)) write(copy, place, read(copy, place) + round * long)
  }
  return copy
}

/** How long the pictures last (each has a timestamp), rounded up to whole frames of sound: neither shall have a hole. */
function duration(clip) {
  const times = new Map()
  for (const at of packets(clip)) {
    const [place] = timestamps(clip, at)
    const pid = clip.readUInt16BE(at + 1)
    if (place) times.set(pid, [...times.get(pid) ?? [], read(clip, place)])
  }
  const [pictures] = [...times.values()].sort((a, b) => b.length - a.length)
  const [first, last] = [Math.min(...pictures), Math.max(...pictures)]
  return Math.ceil((last - first) * pictures.length / (pictures.length - 1) / FRAME) * FRAME
}

function* packets(bytes) {
  for (let at = 0; at + PACKET <= bytes.length; at += PACKET) yield at
}

/** Where PTS and DTS stand in a packet that begins a PES packet. */
function timestamps(bytes, at) {
  if (!(bytes[at + 1] & 0x40)) return []
  const payload = at + 4 + (bytes[at + 3] & 0x20 ? 1 + bytes[at + 4] : 0)
  if (payload + 19 > at + PACKET || bytes.readUIntBE(payload, 3) !== 1) return []
  const flags = bytes[payload + 7] >> 6
  return flags === 3 ? [payload + 9, payload + 14] : flags === 2 ? [payload + 9] : []
}

/** 33 bits in five bytes, with marker bits between; below 2^32 here. */
function read(bytes, at) {
  return (bytes[at] >> 1 & 7) * 2 ** 30 + (bytes.readUInt16BE(at + 1) >> 1) * 2 ** 15 + (bytes.readUInt16BE(at + 3) >> 1)
}

function write(bytes, at, time) {
  bytes[at] = bytes[at] & 0xf1 | Math.floor(time / 2 ** 30) % 8 << 1
  bytes.writeUInt16BE((Math.floor(time / 2 ** 15) % 2 ** 15) * 2 + 1, at + 1)
  bytes.writeUInt16BE((time % 2 ** 15) * 2 + 1, at + 3)
}
