// What an instance says to whoever asks it directly: its version, and of each video whether its files are what its digests
// say, and which generation of info hashes it publishes. All without the player: what that makes of it is beside it.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { GENERATIONS, published } from '../server/peertube/infohash.mjs'

const ACCEPT = 'application/activity+json'
/** Of a body that is only looked at. */
const MOST = 20_000_000

/** @param {string} url @param {Record<string, string>} [headers] */
export async function ask(url, headers = {}) {
  const response = await fetch(url, { headers, redirect: 'follow', signal: AbortSignal.timeout(20_000) })
  if (response.status === 429) {
    await sleep(1000 * Math.min(60, Number(response.headers.get('retry-after') ?? 10)))
    return ask(url, headers)
  }
  const body = Buffer.from(await response.arrayBuffer())
  if (body.length > MOST) throw new Error(`${url}: ${body.length} bytes`)
  return { status: response.status, body, json: () => JSON.parse(String(body)) }
}

/** The version, or a reason why it is none of ours. */
export async function version(origin) {
  const { status, json } = await ask(`${origin}/api/v1/config`)
  if (status !== 200) throw new Error(`/api/v1/config answers ${status}`)
  const { serverVersion, instance } = json()
  if (!serverVersion) throw new Error('/api/v1/config names no version')
  return { version: serverVersion, name: instance?.name ?? '' }
}

export async function video(origin, id, headers) {
  const { status, json } = await ask(`${origin}/api/v1/videos/${encodeURIComponent(id)}`, headers)
  if (status !== 200) throw new Error(`video ${id}: ${status}`)
  return json()
}

/** The first segment of every rendition beside its digest: how many were the same. */
export async function digests(video) {
  const [playlist] = video.streamingPlaylists
  if (!playlist?.segmentsSha256Url) throw new Error('no digests')
  const told = (await ask(playlist.segmentsSha256Url)).json()
  const master = String((await ask(playlist.playlistUrl)).body)
  let same = 0
  for (const uri of lists(master)) {
    const url = new URL(uri, playlist.playlistUrl)
    const { name, range } = firstSegment(String((await ask(url)).body))
    const { body } = await ask(new URL(name, url), range ? { range: `bytes=${range}` } : {})
    const file = name.split('/').at(-1)
    const digest = range ? told[file]?.[range] : told[file]
    if (digest !== createHash('sha256').update(body).digest('hex')) throw new Error(`${file} ${range ?? ''}: another digest`)
    same += 1
  }
  return same
}

/** Info hashes of the ActivityPub object, and the generations all of whose names are among them. */
export async function swarms(video) {
  const { status, json } = await ask(video.url, { accept: ACCEPT })
  if (status !== 200) throw new Error(`the ActivityPub object: ${status}`)
  const stream = json().url.find(({ mediaType }) => mediaType === 'application/x-mpegURL')
  const listed = (stream?.tag ?? []).filter(({ type }) => type === 'Infohash').map(({ name }) => name)
  const [playlist] = video.streamingPlaylists
  const master = String((await ask(playlist.playlistUrl)).body)
  const streams = streamsOf(master, playlist.files)
  const matched = GENERATIONS.filter(generation => {
    const names = published(generation, { playlistUrl: playlist.playlistUrl, uuid: video.uuid, files: playlist.files.length, ...streams })
    return names.length > 0 && names.some(name => listed.includes(name))
  })
  return { listed, matched }
}

/** Addresses of the media playlists. */
function lists(master) {
  const sounds = [...master.matchAll(/^#EXT-X-MEDIA:.*TYPE=AUDIO.*URI="([^"]+)"/gm)].map(([, uri]) => uri)
  return [...sounds, ...master.split('\n').map(line => line.trim()).filter(line => line && !line.startsWith('#'))]
}

function firstSegment(list) {
  const name = list.split('\n').map(line => line.trim()).find(line => line && !line.startsWith('#'))
  const [, length, offset] = /#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(list)?.map(Number) ?? []
  return { name, range: length && `${offset}-${offset + length - 1}` }
}

/** The variants in order, as far as names of swarms go. */
function streamsOf(master, files) {
  const main = [...master.matchAll(/^#EXT-X-STREAM-INF:(.*)$/gm)].map(([, line]) => {
    const [, width, height] = /RESOLUTION=(\d+)x(\d+)/.exec(line) ?? []
    const file = files.find(file => String(file.width) === width && String(file.height) === height)
    return {
      resolution: file?.resolution.id ?? Math.min(Number(width), Number(height)),
      bitrate: Number(/(?:^|,)BANDWIDTH=(\d+)/.exec(line)?.[1]),
      codecs: /CODECS="([^"]*)"/.exec(line)?.[1] ?? '',
      width,
      height,
      frameRate: /FRAME-RATE=([^,]+)/.exec(line)?.[1],
    }
  })
  const name = /^#EXT-X-MEDIA:.*TYPE=AUDIO.*NAME="([^"]+)"/m.exec(master)?.[1]
  return { main, audio: name === undefined ? undefined : { resolution: 0, codecs: main[0].codecs, name } }
}
