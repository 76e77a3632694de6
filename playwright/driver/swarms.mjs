// Names of swarms as the incumbent's 2.2 has them (generation A), and where the segments of our clips lie: what a
// scripted neighbour has to be told. Written by hand from the protocol, not with the player's code.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMediaPlaylist } from '../server/playlist.mjs'

const MEDIA = join(import.meta.dirname, '../../www/media')

/** The last 15 bytes of the MD5 as base64: 20 characters, which are the info hash. */
export function infoHash(swarm, position, type = 'main') {
  return createHash('md5').update(`v2-${swarm}-${type}-${position}`).digest().subarray(1).toString('base64')
}

/** Every rendition of the VOD clip: its swarm and its segments. */
export function swarmsOfVod(origin) {
  return ['240', '360'].map((rendition, position) => ({
    infoHash: infoHash(`${origin}media/vod/master.m3u8`, position),
    segments: segments('vod', rendition).map(({ uri, range }) => ({ url: `${origin}media/vod/${uri}`, ...range })),
  }))
}

export function segments(clip, rendition) {
  return readMediaPlaylist(readFileSync(join(MEDIA, clip, `${rendition}.m3u8`), 'utf8')).segments
}

/** The files that a viewer of the VOD may be given parts of. */
export const VOD_FILES = ['/media/vod/240-fragmented.mp4', '/media/vod/360-fragmented.mp4']
