// Writes `segments-sha256.json` beside each clip's playlists, in PeerTube's two shapes, and puts the measured
// peak bit rate where a master playlist says `@dir/name@` (a sum of two with `+`).
//
//   one file per rendition   { "<file>.mp4": { "<first>-<last>": "<hex>" } }   inclusive range; no init segment
//   one file per segment     { "<file>": "<hex>" }
//
// usage: node digests.mjs DIR…
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMediaPlaylist } from '../../playwright/server/playlist.mjs'

const root = import.meta.dirname
const peaks = new Map()

for (const dir of process.argv.slice(2)) {
  const digests = {}
  for (const playlist of readdirSync(join(root, dir)).filter(name => name.endsWith('.m3u8') && name !== 'master.m3u8')) {
    const { segments } = readMediaPlaylist(readFileSync(join(root, dir, playlist), 'utf8'))
    for (const { uri, range, duration } of segments) {
      const file = readFileSync(join(root, dir, uri))
      const bytes = range ? file.subarray(range.first, range.last + 1) : file
      const hex = createHash('sha256').update(bytes).digest('hex')
      if (range) (digests[uri] ??= {})[`${range.first}-${range.last}`] = hex
      else digests[uri] = hex
      const name = `${dir}/${playlist.replace('.m3u8', '')}`
      peaks.set(name, Math.max(peaks.get(name) ?? 0, Math.ceil(bytes.length * 8 / duration)))
    }
  }
  writeFileSync(join(root, dir, 'segments-sha256.json'), JSON.stringify(digests, null, 2) + '\n')
}

for (const dir of process.argv.slice(2)) {
  const path = join(root, dir, 'master.m3u8')
  const sum = names => names.split('+').reduce((total, name) => total + peaks.get(name), 0)
  writeFileSync(path, readFileSync(path, 'utf8').replace(/@([^@]+)@/g, (_, names) => sum(names)))
}
