// Playlists: the recorded one as it was, and made ones with elements of every kind, more than a page, or said to be a
// million. An element that is not regular has no video.
import { told } from './catalog.mjs'
import { MARKUP } from './lies.mjs'
import { sample } from './samples.mjs'

/** What a playlist tells of a video, and no more. */
const TOLD = ['id', 'uuid', 'shortUUID', 'url', 'name', 'category', 'licence', 'language', 'privacy', 'nsfw', 'truncatedDescription', 'description',
  'isLocal', 'duration', 'aspectRatio', 'views', 'viewers', 'likes', 'dislikes', 'thumbnailPath', 'previewPath', 'embedPath', 'createdAt', 'updatedAt',
  'publishedAt', 'originallyPublishedAt', 'isLive', 'account', 'channel']
const TOLD_OF_ACTORS = ['id', 'displayName', 'name', 'url', 'host', 'avatars']

export function summary(entry, { switches }, origin) {
  const recorded = sample('playlist/playlist.json', origin)
  if (entry.folder) return recorded
  const text = JSON.stringify(recorded).replaceAll(recorded.uuid, entry.uuid).replaceAll(recorded.shortUUID, entry.shortUUID)
  const displayName = switches.lies === 'html' ? MARKUP : entry.displayName
  return { ...JSON.parse(text), id: entry.id, displayName, videosLength: total(entry) }
}

/** A page of elements: `{ total, data }`. */
export function elements(entry, { catalog }, origin, start, count) {
  if (entry.folder) {
    const { total, data } = sample('playlist/videos.json', origin)
    return { total, data: data.slice(start, start + count) }
  }
  const all = total(entry)
  const numbers = Array.from({ length: Math.max(0, Math.min(count, all - start)) }, (_, i) => start + i)
  return { total: all, data: numbers.map(number => element(entry, catalog, origin, number)) }
}

function total(entry) {
  return entry.elements?.length ?? entry.count
}

function element(entry, catalog, origin, index) {
  const [key, type] = entry.elements?.[index] ?? [index % 2 === 0 ? 'vod' : 'bars', 0]
  const timed = type === 0 && index % 5 === 1
  return {
    id: entry.id * 10_000_000 + index,
    position: index + 1,
    startTimestamp: timed ? 5 : null,
    stopTimestamp: timed ? 25 : null,
    type,
    video: type === 0 ? summarized(told(catalog.videos.get(key), catalog.videos, origin)) : null,
  }
}

/** Of a video what lists tell of it. */
export function summarized(video) {
  const picked = pick(video, TOLD)
  return { ...picked, account: pick(video.account, TOLD_OF_ACTORS), channel: pick(video.channel, TOLD_OF_ACTORS) }
}

function pick(object, names) {
  return Object.fromEntries(names.map(name => [name, object[name]]))
}
