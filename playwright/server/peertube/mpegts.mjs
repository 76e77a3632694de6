// Writes the samples of one track as a segment of MPEG-TS (ISO/IEC 13818-1 §2.4), as ffmpeg does for a live of PeerTube:
// H.264 with start codes and parameter sets before every picture to start at, AAC with ADTS headers.

const PACKET = 188
const PMT_PID = 0x1000
const MEDIA_PID = 0x100
/** What ffmpeg starts at, so that decoding may begin before showing. */
const BASE = 126_000
const CLOCK = 90_000
/** Frames of sound in a PES packet. */
const TOGETHER = 8

const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000]

/**
 * @param {import('./tracks.mjs').Track} track
 * @param {import('./tracks.mjs').Sample[]} samples   from the beginning of the broadcast on
 */
export function transportSegment(track, samples) {
  const video = track.kind === 'vide'
  const counters = new Map()
  const ticks = time => BASE + Math.round(time / track.timescale * CLOCK)
  const out = [table(0, pat(), counters), table(PMT_PID, pmt(video ? 0x1b : 0x0f), counters)]
  if (video) {
    const sets = parameterSets(track.entry)
    for (const sample of samples) {
      const unit = annexB(sample, sets)
      out.push(...packets(pes(0xe0, ticks(sample.time + sample.offset), ticks(sample.time), unit), counters, ticks(sample.time) - 9000, key(sample)))
    }
  } else {
    const config = audioConfig(track.entry)
    for (let i = 0; i < samples.length; i += TOGETHER) {
      const frames = samples.slice(i, i + TOGETHER).map(({ data }) => Buffer.concat([adts(config, data.length), data]))
      const at = ticks(samples[i].time)
      out.push(...packets(pes(0xc0, at, at, Buffer.concat(frames)), counters, at - 9000, true))
    }
  }
  return Buffer.concat(out)
}

/** Not marked as depending on others (ISO/IEC 14496-12 §8.8.3.1). */
function key({ flags }) {
  return (flags & 0x10000) === 0
}

/** `avcC` (ISO/IEC 14496-15 §5.3.3): both kinds of parameter sets. */
function parameterSets(entry) {
  let at = entry.indexOf('avcC', 0, 'latin1') + 4 + 5
  const sets = []
  for (const mask of [0x1f, 0xff]) {
    for (let count = entry[at++] & mask; count > 0; count--) {
      const length = entry.readUInt16BE(at)
      sets.push(entry.subarray(at + 2, at + 2 + length))
      at += 2 + length
    }
  }
  return sets
}

function annexB(sample, sets) {
  const units = [Buffer.from([9, 0xf0])]
  if (key(sample)) units.push(...sets)
  for (let at = 0; at + 4 <= sample.data.length;) {
    const length = sample.data.readUInt32BE(at)
    const unit = sample.data.subarray(at + 4, at + 4 + length)
    // The delimiter and the sets are ours already.
    if (![7, 8, 9].includes(unit[0] & 0x1f)) units.push(unit)
    at += 4 + length
  }
  return Buffer.concat(units.flatMap(unit => [Buffer.from([0, 0, 0, 1]), unit]))
}

/** `AudioSpecificConfig`, the first descriptor with tag 5 in `esds`. */
function audioConfig(entry) {
  let at = entry.indexOf('esds', 0, 'latin1') + 8
  at = entry.indexOf(5, entry.indexOf(Buffer.from([4]), at) + 14) + 1
  while (entry[at] & 0x80) at += 1
  const bits = entry.readUInt16BE(at + 1)
  return { type: bits >> 11, rate: bits >> 7 & 15, channels: bits >> 3 & 15 }
}

function adts({ type, rate, channels }, length) {
  if (!(rate in SAMPLE_RATES)) throw new Error(`mpegts: sample rate index ${rate}`)
  const size = length + 7
  return Buffer.from([0xff, 0xf1, (type - 1) << 6 | rate << 2 | channels >> 2, (channels & 3) << 6 | size >> 11, size >> 3 & 255, (size & 7) << 5 | 0x1f, 0xfc])
}

function pes(stream, pts, dts, payload) {
  const both = pts !== dts
  const field = both ? Buffer.concat([stamp(3, pts), stamp(1, dts)]) : stamp(2, pts)
  const length = stream === 0xe0 ? 0 : 3 + field.length + payload.length
  return Buffer.concat([Buffer.from([0, 0, 1, stream, length >> 8, length & 255, 0x80, both ? 0xc0 : 0x80, field.length]), field, payload])
}

function stamp(mark, ticks) {
  const high = Math.floor(ticks / 2 ** 30) & 7
  return Buffer.from([mark << 4 | high << 1 | 1, ticks >>> 22 & 255, (ticks >>> 15 & 127) << 1 | 1, ticks >>> 7 & 255, (ticks & 127) << 1 | 1])
}

/** The packets of a PES packet; the first has the clock and says whether decoding may begin here. */
function packets(bytes, counters, clock, start) {
  const out = []
  for (let at = 0; at < bytes.length;) {
    const first = at === 0
    const field = first ? Buffer.concat([Buffer.from([0x10 | (start ? 0x40 : 0)]), pcr(clock)]) : Buffer.alloc(0)
    const room = PACKET - 4 - (field.length > 0 ? 1 + field.length : 0)
    const payload = bytes.subarray(at, at + room)
    const spare = PACKET - 4 - payload.length
    const adaptation = Buffer.alloc(spare, 0xff)
    if (spare > 0) adaptation[0] = spare - 1
    if (spare > 1) (field.length > 0 ? field : Buffer.from([0])).copy(adaptation, 1)
    out.push(header(MEDIA_PID, first, spare > 0, counters), adaptation, payload)
    at += payload.length
  }
  return out
}

function pcr(ticks) {
  const base = BigInt(Math.max(0, ticks)) << 15n | 0x7e00n
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(Number(base >> 24n), 0, 3)
  bytes.writeUIntBE(Number(base & 0xffffffn), 3, 3)
  return bytes
}

function header(pid, first, adapted, counters) {
  const counter = counters.get(pid) ?? 0
  counters.set(pid, counter + 1 & 15)
  return Buffer.from([0x47, (first ? 0x40 : 0) | pid >> 8, pid & 255, (adapted ? 0x30 : 0x10) | counter])
}

function table(pid, section, counters) {
  const body = Buffer.concat([Buffer.from([0]), section, crc(section)])
  return Buffer.concat([header(pid, true, false, counters), body, Buffer.alloc(PACKET - 4 - body.length, 0xff)])
}

function pat() {
  return section(0, 1, Buffer.from([0, 1, 0xe0 | PMT_PID >> 8, PMT_PID & 255]))
}

function pmt(streamType) {
  return section(2, 1, Buffer.from([0xe0 | MEDIA_PID >> 8, MEDIA_PID & 255, 0xf0, 0, streamType, 0xe0 | MEDIA_PID >> 8, MEDIA_PID & 255, 0xf0, 0]))
}

function section(id, of, content) {
  const length = 5 + content.length + 4
  return Buffer.concat([Buffer.from([id, 0xb0 | length >> 8, length & 255, of >> 8, of & 255, 0xc1, 0, 0]), content])
}

/** CRC-32/MPEG-2. */
function crc(bytes) {
  let sum = 0xffffffff
  for (const byte of bytes) {
    sum ^= byte << 24
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? sum << 1 ^ 0x04c11db7 : sum << 1
  }
  const out = Buffer.alloc(4)
  out.writeUInt32BE(sum >>> 0)
  return out
}
