// `/static` and `/lazy-static`: the media, with a token where they are private; a redundancy server's copy of them; and
// pictures and captions.
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { reinjected } from './access.mjs'
import { notFound, text } from './answers.mjs'
import { beside } from './catalog.mjs'
import { webvtt } from './rest.mjs'
import { storyboard } from './storyboard.mjs'

const TYPES = {
  '.jpg': 'image/jpeg',
  '.json': 'application/json; charset=UTF-8',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mp4': 'video/mp4',
  '.ts': 'video/mp2t',
  '.vtt': 'text/vtt; charset=UTF-8',
}
const POSTER = join(import.meta.dirname, '../../../www/media/vod/poster.jpg')

const HLS = /^\/static\/streaming-playlists\/hls\/(private\/)?([0-9a-f-]{36})\/([^/]+)$/
const REDUNDANCY = /^\/static\/redundancy\/hls\/([0-9a-f-]{36})\/(?:\w+\/)?([^/]+)$/
const WEB_VIDEO = /^\/static\/web-videos\/([0-9a-f-]{36})-(\d+)\.mp4$/
const LAZY = /^\/lazy-static\/(thumbnails|previews|avatars|storyboards|video-captions)\/([^/]+)$/

/** @returns {import('./answers.mjs').Answer | undefined} */
export function files(instance, { path, query, headers }) {
  const hls = HLS.exec(path)
  if (hls) return streamed(instance, hls, query, headers)
  const redundancy = REDUNDANCY.exec(path)
  if (redundancy) return copied(instance, redundancy)
  const plain = WEB_VIDEO.exec(path)
  if (plain) return webVideo(instance, plain)
  const lazy = LAZY.exec(path)
  return lazy ? pictured(instance, lazy[1], lazy[2]) : missing()
}

function streamed(instance, [, isPrivate, uuid, name], query, headers) {
  const entry = instance.catalog.video(uuid)
  if (!entry) return missing()
  const video = instance.tell(entry)
  // Where the files lie is where the video's privacy says, and nowhere else.
  if (Boolean(isPrivate) !== [3, 4, 5].includes(video.privacy.id)) return missing()
  const refusal = isPrivate && instance.access.fileRefusal(video, headers, query)
  if (refusal) return refusal
  if (!instance.switches.digests && name.endsWith('segments-sha256.json')) return missing()
  const broadcast = instance.broadcast(entry)
  const body = broadcast && !broadcast.replayed ? broadcast.file(name) : instance.media(entry)?.files.get(name)
  if (!body) return missing()
  if (isPrivate && query.get('reinjectVideoFileToken') === 'true' && name.endsWith('.m3u8')) {
    return text(reinjected(String(body), query.get('videoFileToken')), { type: 'application/vnd.apple.mpegurl; charset=utf-8' })
  }
  return file(body, name)
}

/** Of a server that keeps a copy for this one, and may be lying. */
function copied(instance, [, uuid, name]) {
  const entry = instance.catalog.video(uuid)
  const body = entry?.redundancy && instance.media(entry).files.get(name)
  if (!body || instance.switches.redundancy === 'gone') return missing()
  if (instance.switches.redundancy === 'honest' || !name.endsWith('.mp4')) return file(body, name)
  // Every sample is other than it was; the boxes still say where they are.
  const altered = Buffer.from(body)
  for (let at = 2000; at < altered.length; at += 997) altered[at] ^= 0xff
  return file(altered, name)
}

function webVideo(instance, [, uuid, resolution]) {
  const entry = instance.catalog.video(uuid)
  if (!entry?.plain) return missing()
  const { files } = instance.media(entry)
  const name = [...files.keys()].find(name => name.endsWith(`-${resolution}-fragmented.mp4`))
  return name ? file(files.get(name), name) : missing()
}

function pictured(instance, kind, name) {
  switch (kind) {
    case 'video-captions':
      return cached(text(name.endsWith('-fr.vtt') ? webvtt().replaceAll(/Cue (\d+) at/g, 'Réplique $1 à') : webvtt(), { type: TYPES['.vtt'] }), 172_800)
    case 'storyboards': {
      const sheet = sheets(instance).find(({ storyboardPath }) => storyboardPath.endsWith(`/${name}`))
      return sheet ? cached({ status: 200, body: storyboard(sheet), type: 'image/png' }, 172_800) : missing()
    }
    default:
      return cached(file(readFileSync(POSTER), name), 7200)
  }
}

function sheets({ catalog, origin }) {
  return [...catalog.videos.values()].flatMap(entry => beside(entry, catalog.videos, origin, 'storyboards.json')?.storyboards ?? [])
}

function file(body, name) {
  return { status: 200, body, type: TYPES[extname(name)] ?? 'application/octet-stream', headers: { 'accept-ranges': 'bytes', 'cache-control': 'public, max-age=0' } }
}

function cached(answer, seconds) {
  return { ...answer, headers: { ...answer.headers, 'accept-ranges': 'bytes', 'cache-control': `public, max-age=${seconds}` } }
}

function missing() {
  return notFound('File not found', null)
}
