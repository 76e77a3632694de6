// The ActivityPub objects behind a video's and a playlist's address: the only way to an instance that is not asked by
// REST, and the only place where the info hashes of its swarms are published. Made from a description of the format;
// no such object was recorded.
import { json, notFound } from './answers.mjs'
import { beside } from './catalog.mjs'
import * as lies from './lies.mjs'
import { MARKUP } from './lies.mjs'
import * as newer from './newer.mjs'
import { elements, summary } from './playlists.mjs'
import { since } from './switches.mjs'

const TYPE = 'application/activity+json; charset=utf-8'
const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const PAGE = 100

/** Whether a request wants the object, not the page. */
export function wanted(headers) {
  return /application\/(activity|ld)\+json/.test(headers.accept ?? '')
}

export function video(instance, entry) {
  const told = instance.tell(entry)
  // What is not for all is not federated.
  if (![1, 2].includes(told.privacy.id) || told.blacklisted) return notFound('Video not found', null)
  const { origin, switches } = instance
  const asked = name => beside(entry, instance.catalog.videos, origin, name)
  const captions = lies.captions(asked('captions.json') ?? { data: [] }, switches).data
  const { storyboards } = newer.storyboards(asked('storyboards.json') ?? { storyboards: [] }, switches, origin)
  const channel = told.channel.url
  return json({
    '@context': ['https://www.w3.org/ns/activitystreams', { pt: 'https://joinpeertube.org/ns#', Infohash: 'pt:Infohash' }],
    type: 'Video',
    id: told.url,
    name: told.name,
    duration: `PT${told.duration}S`,
    uuid: told.uuid,
    views: told.views,
    sensitive: told.nsfw,
    ...(told.nsfwSummary && { summary: told.nsfwSummary }),
    waitTranscoding: told.waitTranscoding,
    state: told.state.id,
    commentsPolicy: told.commentsPolicy.id,
    downloadEnabled: told.downloadEnabled,
    published: told.publishedAt,
    updated: told.updatedAt,
    mediaType: 'text/markdown',
    content: told.description,
    aspectRatio: told.aspectRatio,
    ...(told.isLive ? liveFields(entry, instance) : { isLiveBroadcast: false, liveSaveReplay: null, permanentLive: null, latencyMode: null }),
    language: told.language.id ? { identifier: told.language.id, name: told.language.label } : undefined,
    category: told.category.id ? { identifier: String(told.category.id), name: told.category.label } : undefined,
    licence: told.licence.id ? { identifier: String(told.licence.id), name: told.licence.label } : undefined,
    tag: told.tags.slice(0, 5).map(name => ({ type: 'Hashtag', name })),
    icon: [[told.thumbnailPath, 280, 157], [told.previewPath, 850, 480]].map(([path, width, height]) => ({ type: 'Image', url: absolute(path, origin), mediaType: 'image/jpeg', width, height })),
    preview: storyboards.length === 0 ? undefined : storyboards.map(storyboard => ({
      type: 'Image',
      rel: ['storyboard'],
      url: [{ mediaType: 'image/jpeg', href: origin + storyboard.storyboardPath, width: storyboard.totalWidth, height: storyboard.totalHeight, tileWidth: storyboard.spriteWidth, tileHeight: storyboard.spriteHeight, tileDuration: `PT${storyboard.spriteDuration}S` }],
    })),
    subtitleLanguage: captions.map(caption => ({ identifier: caption.language.id, name: caption.language.label, url: absolute(caption.captionPath, origin), automaticallyGenerated: caption.automaticallyGenerated })),
    url: links(told, instance, entry),
    hasParts: since(switches, 7) ? parts(instance, entry, told.duration) : `${told.url}/chapters`,
    embedUrl: absolute(told.embedPath, origin),
    likes: `${told.url}/likes`,
    dislikes: `${told.url}/dislikes`,
    shares: `${told.url}/announces`,
    comments: `${told.url}/comments`,
    attributedTo: [{ type: 'Person', id: told.account.url }, { type: 'Group', id: channel }],
    to: told.privacy.id === 1 ? [PUBLIC] : [],
    cc: [`${channel}/followers`],
  }, { type: TYPE })
}

/** What `hasParts` leads to before 7.0. */
export function chapters(instance, entry) {
  const { url, duration } = instance.tell(entry)
  return json({ id: `${url}/chapters`, hasPart: parts(instance, entry, duration) }, { type: TYPE })
}

function parts(instance, entry, duration) {
  const told = lies.chapters(beside(entry, instance.catalog.videos, instance.origin, 'chapters.json') ?? { chapters: [] }, instance.switches)
  return told.chapters.map(({ timecode, title }, i) => ({ name: title, startOffset: timecode, endOffset: told.chapters[i + 1]?.timecode ?? duration }))
}

function liveFields(entry, { switches }) {
  return {
    isLiveBroadcast: true,
    liveSaveReplay: entry.key === 'once',
    permanentLive: entry.key !== 'once',
    latencyMode: entry.latencyMode ?? 1,
    ...(switches.schedules && { schedules: switches.schedules.map(startDate => ({ startDate })) }),
  }
}

function links(told, instance, entry) {
  const [playlist] = told.streamingPlaylists
  const page = { type: 'Link', mediaType: 'text/html', href: told.url }
  const plain = told.files.map(file)
  if (!playlist) return [page, ...plain, ...trackers(told)]
  const stream = {
    type: 'Link',
    mediaType: 'application/x-mpegURL',
    href: playlist.playlistUrl,
    tag: [
      ...instance.listed(entry).map(name => ({ type: 'Infohash', name })),
      ...(playlist.segmentsSha256Url ? [{ type: 'Link', name: 'sha256', mediaType: 'application/json', href: playlist.segmentsSha256Url }] : []),
      ...playlist.files.flatMap(of => [
        file(of),
        { type: 'Link', rel: ['metadata', 'video/mp4'], mediaType: 'application/json', href: of.metadataUrl, height: of.resolution.id, width: of.width, fps: of.fps },
        { type: 'Link', mediaType: 'application/x-bittorrent', href: of.torrentUrl, height: of.resolution.id, width: of.width, fps: of.fps },
        { type: 'Link', mediaType: 'application/x-bittorrent;x-scheme-handler/magnet', href: of.magnetUri, height: of.resolution.id, width: of.width, fps: of.fps },
      ]),
    ],
  }
  return [page, ...plain, stream, ...trackers(told)]
}

function file({ fileUrl, resolution, width, size, fps, hasAudio, hasVideo }) {
  const attachment = [...(hasAudio ? ['audio'] : []), ...(hasVideo ? ['video'] : [])].map(stream => ({ type: 'PropertyValue', name: 'ffprobe_codec_type', value: stream }))
  return { type: 'Link', mediaType: 'video/mp4', href: fileUrl, height: resolution.id, width, size, fps, attachment }
}

function trackers({ trackerUrls }) {
  return trackerUrls.map(href => {
    const protocol = href.startsWith('ws') ? 'websocket' : 'http'
    return { type: 'Link', name: `tracker-${protocol}`, rel: ['tracker', protocol], href }
  })
}

/** A collection, or one page of it: `?page=1`. */
export function playlist(instance, entry, query) {
  const told = summary(entry, instance, instance.origin)
  const page = Number(query.get('page') ?? 0)
  if (page === 0) {
    return json({
      '@context': 'https://www.w3.org/ns/activitystreams',
      type: 'Playlist',
      id: told.url,
      name: instance.switches.lies === 'html' ? MARKUP : told.displayName,
      content: told.description,
      uuid: told.uuid,
      totalItems: told.videosLength,
      first: `${told.url}?page=1`,
      attributedTo: [told.videoChannel.url],
      icon: { type: 'Image', url: instance.origin + told.thumbnailPath, mediaType: 'image/jpeg', width: 280, height: 157 },
      to: [PUBLIC],
    }, { type: TYPE })
  }
  const { total, data } = elements(entry, instance, instance.origin, (page - 1) * PAGE, PAGE)
  return json({
    '@context': 'https://www.w3.org/ns/activitystreams',
    type: 'OrderedCollectionPage',
    id: `${told.url}?page=${page}`,
    partOf: told.url,
    totalItems: total,
    ...(page * PAGE < total && { next: `${told.url}?page=${page + 1}` }),
    orderedItems: data.filter(({ video }) => video).map(({ id, position, startTimestamp, stopTimestamp, video }) => ({
      type: 'PlaylistElement', id: `${told.url}/videos/${id}`, position, startTimestamp: startTimestamp ?? undefined, stopTimestamp: stopTimestamp ?? undefined, url: video.url,
    })),
  }, { type: TYPE })
}

function absolute(path, origin) {
  return path.startsWith('/') && !path.startsWith('//') ? origin + path : path
}
