// A sample clip as an endless row of numbered segments whose time runs on.
//
// The loop is not the whole clip but the longest run of segments after which *every* track of every rendition has
// moved on by the same time: a cut between audio frames would drift a little with every turn. In the samples, with
// 25 frames/s and 48 kHz, that is a multiple of 8 s.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeTimes, shifted, timescales } from './fmp4.mjs'
import { readMediaPlaylist } from './playlist.mjs'

/** @typedef {ReturnType<typeof loadClip>} Clip */
export function loadClip(folder) {
  const read = file => readFileSync(join(folder, file))
  const renditions = readdirSync(folder)
    .filter(file => file.endsWith('.m3u8') && file !== 'master.m3u8')
    .map(file => loadRendition(file.replace('.m3u8', ''), read))
  const { from, to } = seamlessRun(renditions)
  const earliest = Math.min(...renditions.flatMap(rendition => rendition.seconds(from)))
  return {
    master: read('master.m3u8'),
    renditions: new Map(renditions.map(rendition => [rendition.name, looped(rendition, from, to, earliest)])),
    /** Number of the clip's segment that the row begins with. */
    from,
  }
}

function loadRendition(name, read) {
  const slice = ({ uri, range }) => range ? read(uri).subarray(range.first, range.last + 1) : read(uri)
  const playlist = readMediaPlaylist(read(`${name}.m3u8`).toString())
  const init = slice(playlist.init)
  const scales = timescales(init)
  const segments = playlist.segments.map(segment => {
    const bytes = slice(segment)
    return { bytes, duration: segment.duration, times: decodeTimes(bytes) }
  })
  const seconds = index => [...segments[index].times].map(([track, time]) => Number(time) / scales.get(track))
  return { name, init, scales, segments, seconds }
}

function seamlessRun(renditions) {
  const count = Math.min(...renditions.map(rendition => rendition.segments.length))
  for (let length = count - 1; length > 0; length--) {
    for (let from = 0; from + length < count; from++) {
      const moved = renditions.flatMap(({ seconds }) => seconds(from + length).map((time, i) => time - seconds(from)[i]))
      if (Math.max(...moved) - Math.min(...moved) < 1e-9) return { from, to: from + length }
    }
  }
  throw new Error('clip: no run of segments ends at the same time on all tracks')
}

/** Segment numbers count from 0 and never end; the media time of number 0 is (almost) 0. */
function looped({ name, init, scales, segments, seconds }, from, to, earliest) {
  const turn = to - from
  const first = segments[from].times
  const perTurn = track => segments[to].times.get(track) - first.get(track)
  const origin = track => BigInt(Math.round(earliest * scales.get(track)))
  const starts = [0]
  for (const { duration } of segments.slice(from, to)) starts.push(starts.at(-1) + duration)
  return {
    name,
    init,
    scales,
    duration: number => segments[from + number % turn].duration,
    /** Seconds from the start of segment 0, by the playlist's durations. */
    start: number => Math.floor(number / turn) * starts[turn] + starts[number % turn],
    segment: number => {
      const turns = BigInt(Math.floor(number / turn))
      return shifted(segments[from + number % turn].bytes, number, track => turns * perTurn(track) - origin(track))
    },
  }
}
