// `cargo xtask bench media`: four races beside others in the same run. For each a table for people, and JSON for machines
// in `target/bench/`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { playlists, transmux } from './alone.mjs'
import { table } from './figures.mjs'
import { firstFrame } from './first-frame.mjs'
import { mainThread } from './main-thread.mjs'
import { transportStreams } from './streams.mjs'

const repository = join(import.meta.dirname, '../..')
const out = join(repository, 'target/bench')
const asked = name => process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined
const runs = Number(asked('--runs')) || undefined

const streams = named({ 'fMP4 byte ranges': '/media/vod/360.m3u8', 'fMP4 files': '/media/files/master.m3u8' })
const mounts = {}
mkdirSync(out, { recursive: true })
if (transportStream()) {
  streams['MPEG-TS'] = '/bench/ts/index.m3u8'
  mounts['/bench/'] = out
} else {
  console.log('no ffmpeg: MPEG-TS is left out')
}

/** Each with how often it has to be run for its median to stand still. */
const RACES = {
  'first-frame': ['ms from navigation to the first frame', () => firstFrame({ runs: runs ?? 11, streams, mounts })],
  'transmux': ['MB/s from MPEG-TS to what a SourceBuffer takes', () => transmux({ runs: runs ?? 15, out, streams: transportStreams(join(out, 'transmux')) })],
  'playlists': ['ms for a playlist of so many segments', () => playlists({ runs: runs ?? 15, out })],
  'main-thread': ['ms of the main thread for each minute shown', () => mainThread({ runs: runs ?? 5, streams, mounts })],
}

for (const [name, [what, race]] of Object.entries(RACES)) {
  if (name !== (asked('--only') ?? name)) continue
  const rows = await race()
  writeFileSync(join(out, `${name}.json`), JSON.stringify(rows, null, 2))
  console.log(`\n${what}\n${table(rows.map(flat))}`)
}

/** Without what only machines want. */
function flat(row) {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => typeof value !== 'object'))
}

/** The same pictures and sound in another container. */
function transportStream() {
  const folder = join(out, 'ts')
  if (existsSync(join(folder, 'index.m3u8'))) return true
  mkdirSync(folder, { recursive: true })
  const clip = join(repository, 'www/media/vod/360-fragmented.mp4')
  const cut = ['-hls_time', '4', '-hls_playlist_type', 'vod', join(folder, 'index.m3u8')]
  return spawnSync('ffmpeg', ['-v', 'error', '-i', clip, '-c', 'copy', ...cut]).status === 0
}

/** Names as they can stand in an address. */
function named(all) {
  return Object.fromEntries(Object.entries(all).map(([name, path]) => [name.replaceAll(' ', '-'), path]))
}
