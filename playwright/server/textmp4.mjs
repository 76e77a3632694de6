// Captions in fragmented MP4 (ISO/IEC 14496-30), as small as they can be: an initialization section for `wvtt` or
// `stpp`, and segments of it.

/** @param {'wvtt' | 'stpp'} codec */
export function textInit(codec, timescale) {
  const entry = codec === 'wvtt'
    ? box('wvtt', bytes(0, 0, 0, 0, 0, 0, 0, 1), box('vttC', Buffer.from('WEBVTT')))
    : box('stpp', bytes(0, 0, 0, 0, 0, 0, 0, 1), Buffer.from('http://www.w3.org/ns/ttml\0\0\0'))
  const empty = ['stts', 'stsc', 'stco'].map(name => box(name, u32(0, 0)))
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6'), u32(0), Buffer.from('iso6dash')),
    box('moov',
      box('mvhd', u32(0, 0, 0, timescale, 0, 0x10000, 0x01000000, 0, 0), matrix(), u32(0, 0, 0, 0, 0, 0, 2)),
      box('trak',
        box('tkhd', u32(7, 0, 0, 1, 0, 0, 0, 0, 0, 0), matrix(), u32(0, 0)),
        box('mdia',
          box('mdhd', u32(0, 0, 0, timescale, 0, 0x55c40000)),
          box('hdlr', u32(0, 0), Buffer.from(codec === 'wvtt' ? 'text' : 'subt'), u32(0, 0, 0), bytes(0)),
          box('minf',
            box(codec === 'wvtt' ? 'nmhd' : 'sthd', u32(0)),
            box('dinf', box('dref', u32(0, 1), box('url ', u32(1)))),
            box('stbl', box('stsd', u32(0, 1), entry), ...empty, box('stsz', u32(0, 0, 0)))))),
      box('mvex', box('trex', u32(0, 1, 1, 0, 0, 0)))),
  ])
}

/** @param {bigint} time   of the first sample @param {{duration: number, data: Buffer}[]} samples   in ticks */
export function textSegment(number, time, samples) {
  const build = offset => box('moof',
    box('mfhd', u32(0, number)),
    box('traf',
      box('tfhd', u32(0x020000, 1)),
      box('tfdt', u32(0x01000000, Number(time >> 32n), Number(time & 0xffffffffn))),
      box('trun', u32(0x301, samples.length, offset), ...samples.map(({ duration, data }) => u32(duration, data.length)))))
  const moof = build(build(0).length + 8)
  return Buffer.concat([moof, box('mdat', ...samples.map(({ data }) => data))])
}

/** A sample of `wvtt`: everything that is shown while it lasts. */
export function wvttSample(texts) {
  return texts.length === 0 ? box('vtte') : Buffer.concat(texts.map(text => box('vttc', box('payl', Buffer.from(text)))))
}

/** An event message, version 0 or 1 (ISO/IEC 23009-1 §5.10.3.3). `time` is in ticks: since the segment's start in version 0. */
export function eventMessage(version, { scheme, value, timescale, time, duration, id, data }) {
  const texts = Buffer.from(`${scheme}\0${value}\0`)
  return version === 0
    ? box('emsg', u32(0), texts, u32(timescale, Number(time), duration, id), data)
    : box('emsg', u32(0x01000000, timescale, Number(BigInt(time) >> 32n), Number(BigInt(time) & 0xffffffffn), duration, id), texts, data)
}

function box(type, ...parts) {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(8 + body.length), Buffer.from(type), body])
}

function matrix() {
  return u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
}

function u32(...numbers) {
  const buffer = Buffer.alloc(4 * numbers.length)
  numbers.forEach((number, i) => buffer.writeUInt32BE(number >>> 0, 4 * i))
  return buffer
}

function bytes(...all) {
  return Buffer.from(all)
}
