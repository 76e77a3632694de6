// Cuts a fragmented MP4 segment of one track into fragments of a few samples each, as a low-latency encoder would have
// written them: `moof` (ISO/IEC 14496-12 §8.8) and `mdat`, nothing else. Reads what the sample clips have: one `traf`,
// one `trun`, defaults in `tfhd`.

/** Sample flags of a picture that needs no other, and of one that does (§8.6.4, §8.8.3.1). */
const NON_SYNC = 0x00010000

/**
 * @param {Buffer} segment
 * @param {(ticks: number) => number} partOf   the part for a sample that begins so many ticks into the segment
 * @returns {{ bytes: Buffer, ticks: number, independent: boolean }[]}
 */
export function parts(segment, partOf) {
  const { track, time, samples } = read(segment)
  const groups = []
  let ticks = 0
  for (const sample of samples) {
    const part = partOf(ticks)
    groups[part] ??= { samples: [], time: time + BigInt(ticks) }
    groups[part].samples.push(sample)
    ticks += sample.duration
  }
  return groups.filter(Boolean).map(({ samples, time }, i) => ({
    bytes: fragment(track, time, i, samples),
    ticks: samples.reduce((sum, { duration }) => sum + duration, 0),
    independent: !(samples[0].flags & NON_SYNC),
  }))
}

function read(segment) {
  const moof = child(segment, 0, segment.length, 'moof')
  const traf = child(segment, moof.at, moof.end, 'traf')
  const find = type => child(segment, traf.at, traf.end, type)
  const tfhd = fields(segment, find('tfhd').at)
  const track = tfhd.next()
  if (tfhd.flags & 0x1) tfhd.next(8)
  if (tfhd.flags & 0x2) tfhd.next()
  const duration = tfhd.flags & 0x8 ? tfhd.next() : undefined
  const size = tfhd.flags & 0x10 ? tfhd.next() : undefined
  const flags = tfhd.flags & 0x20 ? tfhd.next() : 0
  const { at } = find('tfdt')
  const time = segment[at] === 1 ? segment.readBigUInt64BE(at + 4) : BigInt(segment.readUInt32BE(at + 4))
  const trun = fields(segment, find('trun').at)
  const count = trun.next()
  let from = moof.at - 8 + (trun.flags & 0x1 ? trun.next() : 0)
  const first = trun.flags & 0x4 ? trun.next() : flags
  const samples = Array.from({ length: count }, (_, i) => {
    const sample = {
      duration: trun.flags & 0x100 ? trun.next() : duration,
      size: trun.flags & 0x200 ? trun.next() : size,
      flags: trun.flags & 0x400 ? trun.next() : i === 0 ? first : flags,
      shift: trun.flags & 0x800 ? trun.next() : 0,
    }
    sample.data = segment.subarray(from, from += sample.size)
    return sample
  })
  return { track, time, samples }
}

function fragment(track, time, number, samples) {
  const mfhd = box('mfhd', words(0, number))
  const tfhd = box('tfhd', words(0x020000, track))
  const decode = Buffer.alloc(8)
  decode.writeBigUInt64BE(time)
  const tfdt = box('tfdt', words(0x01000000), decode)
  // Version 1: composition offsets have a sign. The data begins behind the header of `mdat`.
  const trun = offset => box('trun', words(0x01000f01, samples.length, offset),
    ...samples.map(({ duration, size, flags, shift }) => words(duration, size, flags, shift)))
  const moof = offset => box('moof', mfhd, box('traf', tfhd, tfdt, trun(offset)))
  return Buffer.concat([moof(moof(0).length + 8), box('mdat', ...samples.map(({ data }) => data))])
}

/** A full box's fields: its flags, then one word after the other. */
function fields(bytes, at) {
  const flags = bytes.readUInt32BE(at) & 0xffffff
  return { flags, next: (length = 4) => bytes.readUInt32BE((at += length)) }
}

function child(bytes, at, end, wanted) {
  while (at + 8 <= end) {
    const size = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === wanted) return { at: at + 8, end: at + size }
    if (size < 8) break
    at += size
  }
  throw new Error(`parts: no ${wanted}`)
}

function box(type, ...body) {
  const size = body.reduce((sum, { length }) => sum + length, 8)
  return Buffer.concat([words(size), Buffer.from(type, 'latin1'), ...body])
}

function words(...numbers) {
  const buffer = Buffer.alloc(numbers.length * 4)
  numbers.forEach((number, i) => buffer.writeUInt32BE(number >>> 0, i * 4))
  return buffer
}
