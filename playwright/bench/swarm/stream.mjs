// The stream that the crowds watch, encoded once and cut twice: on demand in segments of 4 s, and in segments of 2 s
// for the local origin to go round and round with as a live. Its digests lie beside it. Some 1.5 Mbit/s in all.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawnClock } from '../broadcast.mjs'

/** Of the film, in seconds. */
export const FILM = 120
/** Cut where it is written "to", a last segment of one frame would follow. */
const SHORTER = 0.1
/** The clock in the pictures begins anew with the live's round of segments: 2^12 ticks of 1/32 s. */
export const CLOCK = { bits: 12, field: 16, rate: 32 }
const ROUND = 2 ** CLOCK.bits / CLOCK.rate
/** A round and what comes after it: the local origin looks for the seam itself. */
const ENCODED = ROUND + 4
const FRAMES = 25

/** Makes what is not there yet. @returns {{ film: string, live: string }} folders with a `master.m3u8` each */
export function streams(folder) {
  const made = { film: join(folder, 'film'), live: join(folder, 'live') }
  if (existsSync(made.live)) return made
  const fresh = join(folder, 'fresh')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  encode(join(fresh, 'whole.mp4'))
  cut(fresh, 'film', 4, FILM)
  cut(fresh, 'live', 2, ENCODED)
  for (const name of Object.keys(made)) {
    rmSync(made[name], { recursive: true, force: true })
    renameSync(join(fresh, name), made[name])
  }
  rmSync(fresh, { recursive: true })
  return made
}

/** Moving pictures with noise, so that there is something to carry, and their own time in them. */
function encode(file) {
  const picture = `testsrc2=size=640x360:rate=${FRAMES},noise=alls=12:allf=t,${drawnClock(CLOCK)},format=yuv420p`
  ffmpeg([
    '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000', '-t', String(ENCODED),
    '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-bf', '2', '-b:v', '1400k', '-maxrate', '1400k', '-bufsize', '1400k',
    '-g', String(2 * FRAMES), '-keyint_min', String(2 * FRAMES), '-sc_threshold', '0', '-x264-params', 'open-gop=0',
    '-c:a', 'aac', '-b:a', '96k', '-ac', '2', file,
  ])
}

function cut(folder, name, seconds, to) {
  const into = join(folder, name)
  mkdirSync(into)
  ffmpeg([
    '-i', join(folder, 'whole.mp4'), '-t', String(to - SHORTER), '-c', 'copy',
    '-f', 'hls', '-hls_time', String(seconds), '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', 'main-init.mp4',
    '-hls_segment_options', 'movflags=+negative_cts_offsets:use_editlist=0', '-hls_segment_filename', join(into, 'main-%06d.m4s'), join(into, 'main.m3u8'),
  ])
  const files = readdirSync(into).filter(file => file.endsWith('.m4s'))
  const bytes = Object.fromEntries(files.map(file => [file, readFileSync(join(into, file))]))
  const peak = Math.max(...Object.values(bytes).map(({ length }) => length)) * 8 / seconds
  writeFileSync(join(into, 'segments-sha256.json'), JSON.stringify(mapValues(bytes, body => createHash('sha256').update(body).digest('hex'))))
  writeFileSync(join(into, 'master.m3u8'), [
    '#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(peak)},RESOLUTION=640x360,FRAME-RATE=${FRAMES},CODECS="avc1.64001e,mp4a.40.2"`, 'main.m3u8', '',
  ].join('\n'))
}

function ffmpeg(words) {
  const { status, error } = spawnSync('ffmpeg', ['-v', 'error', '-nostdin', ...words], { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`ffmpeg with libx264 is needed for the stream: ${error?.message ?? `it ended with ${status}`}`)
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
