// Moves a segment of MPEG-TS on its clock, and puts captions and timed metadata into it (ISO/IEC 13818-1 §2.4). The
// subset that `tests/remux/video-only.ts` needs: one H.264 stream, one PES packet for each picture.

const PACKET = 188
const ID3_PID = 0x102

/**
 * @param {Buffer} clip
 * @param {object} what
 * @param {number} what.by                                        ticks of 90 kHz
 * @param {(picture: number) => Buffer} what.captions             `cc_data` triplets of a picture, counted in the order in which they are shown
 * @param {{at: number, data: Buffer}[]} what.tags                ID3 tags, in ticks after the first picture
 */
export function captionedTs(clip, { by, captions, tags }) {
  const packets = range(0, clip.length, PACKET).map(at => read(clip.subarray(at, at + PACKET)))
  const tables = packets.filter(({ pid }) => pid !== 0x100)
  const pictures = packets.filter(({ pid }) => pid === 0x100).reduce(gathered, []).map(parts => pes(Buffer.concat(parts)))
  const first = Math.min(...pictures.map(({ pts }) => pts))
  const every = 3600
  const out = []
  for (const { bytes, pid } of tables) {
    if (pid === 0 && !out.some(other => pidOf(other) === 0)) out.push(bytes)
    else if (pid >= 0x1000 && !out.some(other => pidOf(other) === pid)) out.push(withId3(bytes))
  }
  const counters = new Map()
  for (const { at, data } of tags) out.push(...packed(ID3_PID, wrapped(0xbd, first + at + by, undefined, data), counters))
  for (const { pts, dts, payload } of pictures) {
    const sei = captionUnit(captions(Math.round((pts - first) / every)))
    const [head, rest] = split(payload)
    const clock = dts + by - 9000
    out.push(...packed(0x100, wrapped(0xe0, pts + by, dts + by, Buffer.concat([head, sei, rest])), counters, clock))
  }
  return Buffer.concat(out)
}

function read(bytes) {
  const start = (bytes[1] & 0x40) !== 0
  const skip = bytes[3] & 0x20 ? 5 + bytes[4] : 4
  return { bytes, pid: pidOf(bytes), start, payload: bytes[3] & 0x10 ? bytes.subarray(skip) : Buffer.alloc(0) }
}

function pidOf(bytes) {
  return (bytes[1] & 0x1f) << 8 | bytes[2]
}

function gathered(all, { start, payload }) {
  if (start) all.push([])
  all.at(-1)?.push(payload)
  return all
}

function pes(bytes) {
  const time = at => (bytes[at] & 14) * 2 ** 29 + (bytes[at + 1] << 22) + ((bytes[at + 2] & 254) << 14) + (bytes[at + 3] << 7) + (bytes[at + 4] >> 1)
  const pts = time(9)
  return { pts, dts: bytes[7] & 0x40 ? time(14) : pts, payload: bytes.subarray(9 + bytes[8]) }
}

function wrapped(stream, pts, dts, payload) {
  const times = dts === undefined ? [stamp(2, pts)] : [stamp(3, pts), stamp(1, dts)]
  const field = Buffer.concat(times)
  const length = stream === 0xe0 ? 0 : 3 + field.length + payload.length
  return Buffer.concat([Buffer.from([0, 0, 1, stream, length >> 8, length & 255, 0x84, dts === undefined ? 0x80 : 0xc0, field.length]), field, payload])
}

function stamp(mark, ticks) {
  const part = (from, bits) => Math.floor(ticks / 2 ** from) % 2 ** bits
  const [high, middle, low] = [part(30, 3), part(15, 15), part(0, 15)]
  return Buffer.from([mark << 4 | high << 1 | 1, middle >> 7, (middle & 127) << 1 | 1, low >> 7, (low & 127) << 1 | 1])
}

/** Packets of a PES packet; the first has the clock, the last is stuffed. */
function packed(pid, bytes, counters, clock) {
  const out = []
  for (let at = 0; at < bytes.length;) {
    const counter = counters.get(pid) ?? 0
    counters.set(pid, (counter + 1) & 15)
    const field = at === 0 && clock !== undefined ? pcr(clock) : Buffer.alloc(0)
    const room = PACKET - 4 - (field.length > 0 ? 1 + field.length : 0)
    const payload = bytes.subarray(at, at + room)
    const spare = PACKET - 4 - payload.length
    const adaptation = Buffer.alloc(spare, 0xff)
    if (spare > 0) adaptation[0] = spare - 1
    if (spare > 1) (field.length > 0 ? field : Buffer.from([0])).copy(adaptation, 1)
    out.push(Buffer.from([0x47, (at === 0 ? 0x40 : 0) | pid >> 8, pid & 255, (spare > 0 ? 0x30 : 0x10) | counter]), adaptation, payload)
    at += payload.length
  }
  return out
}

function pcr(ticks) {
  const base = BigInt(Math.max(0, ticks)) << 15n | 0x7e00n
  const bytes = Buffer.alloc(7)
  bytes[0] = 0x10
  bytes.writeUIntBE(Number(base >> 24n), 1, 3)
  bytes.writeUIntBE(Number(base & 0xffffffn), 4, 3)
  return bytes
}

/** The programme map with a stream of timed metadata more. Nobody looks at its checksum. */
function withId3(bytes) {
  const copy = Buffer.from(bytes)
  const section = 5
  const length = (copy[section + 1] & 15) << 8 | copy[section + 2]
  const end = section + 3 + length - 4
  copy[section + 1] = copy[section + 1] & 0xf0 | (length + 5) >> 8
  copy[section + 2] = (length + 5) & 255
  copy.set([0x15, 0xe0 | ID3_PID >> 8, ID3_PID & 255, 0xf0, 0, 0, 0, 0, 0], end)
  return copy
}

/** Behind the access unit delimiter, before everything else. */
function split(payload) {
  const next = payload.indexOf(Buffer.from([0, 0, 1]), 4)
  const at = payload[next - 1] === 0 ? next - 1 : next
  return [payload.subarray(0, at), payload.subarray(at)]
}

/** ATSC A/53 part 4 §6.2.3: captions in a message of registered user data. */
function captionUnit(triplets) {
  const message = Buffer.concat([Buffer.from([0xb5, 0, 0x31]), Buffer.from('GA94'), Buffer.from([3, 0x40 | triplets.length / 3, 0xff]), triplets, Buffer.from([0xff])])
  return Buffer.concat([Buffer.from([0, 0, 0, 1, 6, 4, message.length]), escaped(Buffer.concat([message, Buffer.from([0x80])]))])
}

function escaped(bytes) {
  const out = []
  for (const byte of bytes) {
    if (byte <= 3 && out.at(-1) === 0 && out.at(-2) === 0) out.push(3)
    out.push(byte)
  }
  return Buffer.from(out)
}

function range(from, to, step) {
  return Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + i * step)
}
