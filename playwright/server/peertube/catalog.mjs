// Which videos and playlists there are, and under which of their names they are found. A video with a `folder` is a
// recorded one and answers with what was recorded; the others are made from those, for what was not: each says how.
import { createHash } from 'node:crypto'
import { isRecorded, sample } from './samples.mjs'

/** The default alphabet of npm `short-uuid`: no 0, O, I, l. */
const ALPHABET = '123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ'

/** `media`: which clip, and how many of its segments. */
const RECORDED = {
  vod: { folder: 'vod-muxed-60s', media: { clip: 'vod', segments: 15 } },
  private: { folder: 'private', media: { clip: 'vod', segments: 5, from: 4 } },
  password: { folder: 'password', media: { clip: 'vod', segments: 5, from: 8 } },
  split: { folder: 'vod-split-60s', media: { clip: 'vod', segments: 15, from: 2 } },
  live: { folder: 'live' },
  once: { folder: 'live-once-during', replay: 'live-once-replay', media: { clip: 'vod', segments: 6, from: 6 } },
}

/** Made: the answer of `of`, with `changed` over it. */
const MADE = {
  /** Of the recorded playlist: its answer alone was not recorded. Where files go by their name, they go by the video's. */
  bars: { of: 'vod', id: 2, uuid: '95ffbed0-ac23-465d-b984-5acbdbedd159', media: { clip: 'files', segments: 22 }, keep: 360, changed: { name: 'Muxed 45 s bars', duration: 45 } },
  nsfw: { of: 'vod', id: 21, changed: { name: 'Not for everybody', nsfw: true, nsfwFlags: 1, nsfwSummary: 'Loud tones' } },
  transcoding: { of: 'vod', id: 22, changed: { name: 'Not transcoded yet', state: { id: 2, label: 'To transcode' }, streamingPlaylists: [] } },
  blocked: { of: 'vod', id: 23, changed: { name: 'Blocked', blacklisted: true, blacklistedReason: 'A complaint' } },
  internal: { of: 'vod', id: 24, changed: { name: 'For members', privacy: { id: 4, label: 'Internal' } } },
  webvideo: { of: 'vod', id: 25, changed: { name: 'Plain MP4 only', streamingPlaylists: [] }, plain: true },
  redundant: { of: 'vod', id: 26, changed: { name: 'With a redundancy server' }, redundancy: true },
  small: { of: 'live', id: 27, changed: { name: 'Small latency' }, latencyMode: 3 },
  remote: { of: 'vod', id: 28, changed: { name: 'From elsewhere', isLocal: false } },
}

/** Made: `elements` by type, or so many videos. */
const PLAYLISTS = {
  recorded: { folder: 'playlist' },
  /** One of every kind: 0 regular, 1 deleted, 2 private, 3 unavailable. */
  mixed: { id: 31, displayName: 'All kinds of elements', elements: [['vod', 0], [null, 1], ['split', 0], [null, 2], [null, 3], ['bars', 0]] },
  long: { id: 32, displayName: 'Longer than a page', count: 250 },
  endless: { id: 33, displayName: 'Says it has a million', count: 1_000_000 },
}

/** @param {string} origin   without a slash at the end */
export function catalog(origin) {
  const videos = new Map()
  for (const [key, entry] of Object.entries(RECORDED)) {
    const { id, uuid, shortUUID } = sample(`${entry.folder}/video.json`, origin)
    videos.set(key, { key, id, uuid, shortUUID, ...entry })
  }
  for (const [key, entry] of Object.entries(MADE)) {
    const uuid = entry.uuid ?? uuidOf(key)
    videos.set(key, { key, media: RECORDED[entry.of].media, ...entry, uuid, shortUUID: shortOf(uuid) })
  }
  const playlists = new Map()
  for (const [key, entry] of Object.entries(PLAYLISTS)) {
    const { id, uuid } = entry.folder ? sample('playlist/playlist.json', origin) : { id: entry.id, uuid: uuidOf(key) }
    playlists.set(key, { key, ...entry, id, uuid, shortUUID: shortOf(uuid) })
  }
  return { videos, playlists, video: find(videos), playlist: find(playlists) }
}

/** By numeric id, UUID or short UUID. */
function find(entries) {
  return id => [...entries.values()].find(entry => String(entry.id) === id || entry.uuid === id.toLowerCase() || entry.shortUUID === id)
}

/** What PeerTube takes for the id of a video at all. */
export function isId(text) {
  return /^\d+$/.test(text) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) || text.length === 22 && [...text].every(letter => ALPHABET.includes(letter))
}

/** A video's answer, before a state or a switch changes it. @returns {object} */
export function told(entry, videos, origin, folder = entry.folder) {
  if (folder) return sample(`${folder}/video.json`, origin)
  const base = videos.get(entry.of)
  const named = JSON.stringify(sample(`${base.folder}/video.json`, origin)).replaceAll(base.uuid, entry.uuid).replaceAll(base.shortUUID, entry.shortUUID)
  // Where the files lie goes by whom they are for.
  const text = [3, 4, 5].includes(entry.changed.privacy?.id) ? named.replaceAll('/streaming-playlists/hls/', '/streaming-playlists/hls/private/') : named
  const video = { ...JSON.parse(text), id: entry.id, ...structuredClone(entry.changed) }
  if (entry.plain) video.files = plain(JSON.parse(text), origin)
  if (entry.keep) for (const playlist of video.streamingPlaylists) playlist.files = playlist.files.filter(({ resolution }) => resolution.id === entry.keep)
  return video
}

/** Files of their own instead of a stream: `web-video`, as PeerTube calls it. */
function plain({ uuid, streamingPlaylists }, origin) {
  return streamingPlaylists[0].files.map(file => ({ ...file, fileUrl: `${origin}/static/web-videos/${uuid}-${file.resolution.id}.mp4` }))
}

/** What was recorded beside a video: captions, chapters… of the one it was made from, if it was. */
export function beside(entry, videos, origin, name) {
  const folder = entry.folder ?? videos.get(entry.of).folder
  return isRecorded(`${folder}/${name}`) ? sample(`${folder}/${name}`, origin) : undefined
}

/** A version 4 UUID that stands still. */
function uuidOf(name) {
  const hex = createHash('sha256').update(`sprat ${name}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export function shortOf(uuid) {
  let number = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let short = ''
  for (; number > 0n; number /= 58n) short = ALPHABET[Number(number % 58n)] + short
  return short.padStart(22, ALPHABET[0])
}
