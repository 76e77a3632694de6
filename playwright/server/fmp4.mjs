// Moves the timestamps of a fragmented MP4 segment, so that a clip can be played again and again without a seam.
// Only what ISO/IEC 14496-12 calls the decode time is touched: `tfdt` (§8.8.12), the `sidx` that repeats it
// (§8.16.3), and the fragment's number in `mfhd` (§8.8.5). Sizes never change.

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'moof', 'traf'])

/** The time scale (ticks per second) of each track of an init segment. @returns {Map<number, number>} */
export function timescales(init) {
  const scales = new Map()
  let track
  for (const { type, at } of boxes(init)) {
    const wide = init[at] === 1
    if (type === 'tkhd') track = init.readUInt32BE(at + (wide ? 20 : 12))
    if (type === 'mdhd') scales.set(track, init.readUInt32BE(at + (wide ? 20 : 12)))
  }
  return scales
}

/** The first decode time of each track in a segment, in ticks. @returns {Map<number, bigint>} */
export function decodeTimes(segment) {
  const times = new Map()
  for (const { track, time } of tracks(segment)) if (!times.has(track)) times.set(track, time)
  return times
}

/**
 * A copy of the segment with each track moved by `ticks(track)` and its fragments numbered `number`.
 * @param {(track: number) => bigint} ticks
 */
export function shifted(segment, number, ticks) {
  const copy = Buffer.from(segment)
  for (const { track, time, write } of tracks(copy)) write(time + ticks(track))
  for (const { type, at } of boxes(copy)) if (type === 'mfhd') copy.writeUInt32BE(number >>> 0, at + 4)
  return copy
}

/**
 * A copy of the segment whose last sample of one track is larger by `bytes`: a NAL unit of filler data (ITU-T H.264
 * §7.4.2.7), which decoders pass over. For one `moof` and one `mdat`.
 */
export function padded(segment, track, bytes) {
  const found = [...boxes(segment)]
  const moof = found.find(({ type }) => type === 'moof').at - 8
  const runs = []
  let of
  for (const { type, at } of found) {
    if (type === 'tfhd') of = segment.readUInt32BE(at + 4)
    if (type === 'trun') runs.push({ of, ...readRun(segment, at) })
  }
  const run = runs.findLast(({ of }) => of === track)
  const end = moof + run.offset + run.sizes.reduce((sum, size) => sum + size, 0)
  const filler = Buffer.alloc(bytes, 0xff)
  filler.writeUInt32BE(bytes - 4, 0)
  filler[4] = 12
  filler[bytes - 1] = 0x80
  const head = Buffer.from(segment.subarray(0, end))
  head.writeUInt32BE(run.sizes.at(-1) + bytes, run.lastAt)
  for (const { offset, offsetAt } of runs) if (moof + offset >= end) head.writeInt32BE(offset + bytes, offsetAt)
  const mdat = found.find(({ type }) => type === 'mdat').at - 8
  head.writeUInt32BE(head.readUInt32BE(mdat) + bytes, mdat)
  return Buffer.concat([head, filler, segment.subarray(end)])
}

/** Where a run's samples lie, and their sizes (ISO/IEC 14496-12 §8.8.8). */
function readRun(segment, at) {
  const flags = segment.readUInt32BE(at) & 0xffffff
  const count = segment.readUInt32BE(at + 4)
  const offsetAt = at + 8
  const fields = [0x100, 0x200, 0x400, 0x800].filter(flag => flags & flag)
  const first = at + 12 + (flags & 4 ? 4 : 0)
  const sizeAt = index => first + (index * fields.length + fields.indexOf(0x200)) * 4
  const sizes = Array.from({ length: count }, (_, index) => segment.readUInt32BE(sizeAt(index)))
  return { offset: segment.readInt32BE(offsetAt), offsetAt, sizes, lastAt: sizeAt(count - 1) }
}

/** Every place in a segment that holds a time: which track it speaks of, and how to write another. */
function* tracks(segment) {
  let track
  for (const { type, at } of boxes(segment)) {
    if (type === 'tfhd') track = segment.readUInt32BE(at + 4)
    if (type === 'tfdt') yield timeAt(segment, at, at + 4, track)
    if (type === 'sidx') yield timeAt(segment, at, at + 12, segment.readUInt32BE(at + 4))
  }
}

/** A 32- or 64-bit time, as the version byte of its full box says. */
function timeAt(segment, box, at, track) {
  return segment[box] === 1
    ? { track, time: segment.readBigUInt64BE(at), write: time => segment.writeBigUInt64BE(time, at) }
    : { track, time: BigInt(segment.readUInt32BE(at)), write: time => segment.writeUInt32BE(Number(time), at) }
}

/** Boxes in file order, parents before children; `at` is the first byte after size and type. */
function* boxes(bytes, at = 0, end = bytes.length) {
  while (at + 8 <= end) {
    const size = bytes.readUInt32BE(at)
    if (size < 8 || at + size > end) throw new Error(`fmp4: a box of ${size} bytes at ${at} of ${end}`)
    const type = bytes.toString('latin1', at + 4, at + 8)
    yield { type, at: at + 8 }
    if (CONTAINERS.has(type)) yield* boxes(bytes, at + 8, at + size)
    at += size
  }
}
