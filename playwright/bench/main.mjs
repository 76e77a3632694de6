// `cargo xtask bench media`: the first-frame race over our clips, in fragmented MP4 and, where ffmpeg is there to cut
// them, in MPEG-TS. A table for people, JSON for machines.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from './figures.mjs'
import { firstFrame } from './first-frame.mjs'

const repository = join(import.meta.dirname, '../..')
const out = join(repository, 'target/bench')
const runs = Number(process.argv[process.argv.indexOf('--runs') + 1]) || 11

const streams = { 'fMP4 byte ranges': '/media/vod/360.m3u8', 'fMP4 files': '/media/files/master.m3u8' }
const mounts = {}
if (transportStream()) {
  streams['MPEG-TS'] = '/bench/ts/index.m3u8'
  mounts['/bench/'] = out
} else {
  console.log('no ffmpeg: MPEG-TS is left out')
}

const rows = await firstFrame({ runs, streams: named(streams), mounts })
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'first-frame.json'), JSON.stringify(rows, null, 2))
console.log(table(rows))

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
