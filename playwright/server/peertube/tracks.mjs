// Takes the samples of a muxed clip apart by track, so that they can be written as PeerTube would have: as fragments of
// one track (a separate audio rendition) or as MPEG-TS (a live). ISO/IEC 14496-12; the subset that our clips use.

/** Boxes of one level: `at` is where the content begins. */
export function* children(bytes, at = 0, end = bytes.length) {
  while (at + 8 <= end) {
    const size = bytes.readUInt32BE(at)
    if (size < 8 || at + size > end) throw new Error(`tracks: a box of ${size} bytes at ${at} of ${end}`)
    yield { type: bytes.toString('latin1', at + 4, at + 8), from: at, at: at + 8, end: at + size }
    at += size
  }
}

function child(bytes, parent, type) {
  for (const box of children(bytes, parent.at, parent.end)) if (box.type === type) return box
}

/** @typedef {{id: number, timescale: number, kind: 'vide' | 'soun', entry: Buffer, defaults: {duration: number, size: number, flags: number}}} Track */

/** The tracks of an init segment; `entry` is the sample description. @returns {Track[]} */
export function tracksOf(init) {
  const moov = [...children(init)].find(({ type }) => type === 'moov')
  const extends_ = child(init, moov, 'mvex')
  return [...children(init, moov.at, moov.end)].filter(({ type }) => type === 'trak').map(trak => {
    const tkhd = child(init, trak, 'tkhd')
    const mdia = child(init, trak, 'mdia')
    const mdhd = child(init, mdia, 'mdhd')
    const hdlr = child(init, mdia, 'hdlr')
    const stsd = ['minf', 'stbl', 'stsd'].reduce((parent, type) => child(init, parent, type), mdia)
    const id = init.readUInt32BE(tkhd.at + (init[tkhd.at] === 1 ? 20 : 12))
    const trex = [...children(init, extends_.at, extends_.end)].find(box => box.type === 'trex' && init.readUInt32BE(box.at + 4) === id)
    return {
      id,
      timescale: init.readUInt32BE(mdhd.at + (init[mdhd.at] === 1 ? 20 : 12)),
      kind: init.toString('latin1', hdlr.at + 8, hdlr.at + 12),
      entry: init.subarray(stsd.at + 8, stsd.end),
      defaults: { duration: init.readUInt32BE(trex.at + 12), size: init.readUInt32BE(trex.at + 16), flags: init.readUInt32BE(trex.at + 20) },
    }
  })
}

/** An init segment that has but this track. */
export function initOf(init, id) {
  const keep = (box, idAt) => init.readUInt32BE(box.at + idAt(box)) === id
  const pieces = []
  for (const box of children(init)) {
    if (box.type !== 'moov') {
      pieces.push(init.subarray(box.from, box.end))
      continue
    }
    const inside = [...children(init, box.at, box.end)].flatMap(inner => {
      if (inner.type === 'trak') return keep(child(init, inner, 'tkhd'), ({ at }) => init[at] === 1 ? 20 : 12) ? [init.subarray(inner.from, inner.end)] : []
      if (inner.type !== 'mvex') return [init.subarray(inner.from, inner.end)]
      return [boxed('mvex', ...[...children(init, inner.at, inner.end)].filter(trex => trex.type !== 'trex' || keep(trex, () => 4)).map(trex => init.subarray(trex.from, trex.end)))]
    })
    pieces.push(boxed('moov', ...inside))
  }
  return Buffer.concat(pieces)
}

/**
 * @typedef {{time: number, duration: number, offset: number, flags: number, data: Buffer}} Sample   ticks; `offset`: from
 *   decoding to showing
 * @param {Buffer} segment @param {Track} track @returns {Sample[]}
 */
export function samplesOf(segment, track) {
  const samples = []
  for (const moof of children(segment)) {
    if (moof.type !== 'moof') continue
    for (const traf of children(segment, moof.at, moof.end)) {
      if (traf.type !== 'traf') continue
      const tfhd = child(segment, traf, 'tfhd')
      if (segment.readUInt32BE(tfhd.at + 4) !== track.id) continue
      const defaults = defaultsOf(segment, tfhd, track.defaults)
      const tfdt = child(segment, traf, 'tfdt')
      let time = segment[tfdt.at] === 1 ? Number(segment.readBigUInt64BE(tfdt.at + 4)) : segment.readUInt32BE(tfdt.at + 4)
      for (const trun of children(segment, traf.at, traf.end)) {
        if (trun.type !== 'trun') continue
        for (const sample of runOf(segment, trun, moof.from, defaults, time)) {
          samples.push(sample)
          time = sample.time + sample.duration
        }
      }
    }
  }
  return samples
}

function defaultsOf(bytes, tfhd, defaults) {
  const flags = bytes.readUInt32BE(tfhd.at) & 0xffffff
  let at = tfhd.at + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0)
  const next = (flag, otherwise) => {
    if (!(flags & flag)) return otherwise
    at += 4
    return bytes.readUInt32BE(at - 4)
  }
  return { duration: next(8, defaults.duration), size: next(16, defaults.size), flags: next(32, defaults.flags) }
}

function* runOf(bytes, trun, moof, defaults, time) {
  const flags = bytes.readUInt32BE(trun.at) & 0xffffff
  const count = bytes.readUInt32BE(trun.at + 4)
  let data = moof + bytes.readInt32BE(trun.at + 8)
  let at = trun.at + 12
  const first = flags & 4 ? bytes.readUInt32BE((at += 4) - 4) : undefined
  const next = (flag, otherwise) => flags & flag ? bytes.readUInt32BE((at += 4) - 4) : otherwise
  for (let i = 0; i < count; i++) {
    const duration = next(0x100, defaults.duration)
    const size = next(0x200, defaults.size)
    const own = next(0x400, i === 0 && first !== undefined ? first : defaults.flags)
    const offset = next(0x800, 0) | 0
    yield { time, duration, offset, flags: own, data: bytes.subarray(data, data + size) }
    time += duration
    data += size
  }
}

/** A fragment of one track, with its index before it, as ffmpeg writes them for PeerTube. @param {Sample[]} samples */
export function fragment(track, number, samples) {
  const times = Buffer.alloc(12)
  times[0] = 1
  times.writeBigUInt64BE(BigInt(samples[0].time), 4)
  const head = Buffer.alloc(12)
  head[0] = 1
  // data-offset, and of each sample: duration, size, flags, composition offset
  head.writeUIntBE(0xf01, 1, 3)
  head.writeUInt32BE(samples.length, 4)
  const rows = samples.map(({ duration, offset, flags, data }) => words(duration, data.length, flags, offset >>> 0))
  const trafOf = dataOffset => {
    head.writeUInt32BE(dataOffset, 8)
    return boxed('traf', boxed('tfhd', words(0x020000, track.id)), boxed('tfdt', times), boxed('trun', Buffer.from(head), ...rows))
  }
  const moofOf = dataOffset => boxed('moof', boxed('mfhd', words(0, number)), trafOf(dataOffset))
  const moof = moofOf(moofOf(0).length + 8)
  const mdat = boxed('mdat', ...samples.map(({ data }) => data))
  return Buffer.concat([index(track, samples, moof.length + mdat.length), moof, mdat])
}

/** `sidx` (§8.16.3) of one subsegment that begins with a picture to start at. */
function index(track, samples, size) {
  const duration = samples.reduce((sum, sample) => sum + sample.duration, 0)
  const earliest = Math.min(...samples.map(({ time, offset }) => time + offset))
  return boxed('sidx', words(0, track.id, track.timescale, Math.max(0, earliest), 0, 1, size, duration, 0x90000000))
}

function words(...values) {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i))
  return bytes
}

function boxed(type, ...contents) {
  const body = Buffer.concat(contents)
  return Buffer.concat([words(body.length + 8), Buffer.from(type, 'latin1'), body])
}
