// `GET /api/v1/search/videos`: what of the catalogue has the words in its name, narrowed as PeerTube narrows it. Beside the films that
// there are, many of one name, so that there are pages; some of them are said to be on another instance.
import { invalid, json } from './answers.mjs'
import { told } from './catalog.mjs'
import { MARKUP } from './lies.mjs'
import { summarized } from './playlists.mjs'

const MOST = 100
const TONES = 45

export function search({ instance, origin, query, url }) {
  const { catalog, switches } = instance
  const count = Number(query.get('count') ?? 15)
  if (!(count >= 0 && count <= MOST)) return invalid(url, { location: 'query', name: 'count', value: query.get('count'), message: 'Should have a number count', operation: 'searchVideos' })
  const all = [...catalog.videos.values()].map(entry => ({ ...summarized(told(entry, catalog.videos, origin)), ...(entry.key === 'live' && { isLive: true }) }))
  const bars = summarized(told(catalog.videos.get('bars'), catalog.videos, origin))
  for (let i = 1; i <= TONES; i++) {
    const host = i % 3 === 0 ? 'bad.example' : bars.account.host
    all.push({ ...bars, id: 900 + i, name: switches.lies === 'html' ? MARKUP : `Tone ${i}`, isLocal: i % 3 !== 0, url: `${i % 3 === 0 ? 'https://bad.example' : origin}/videos/watch/${bars.uuid}`, duration: i * 60, language: { id: i % 2 ? 'fr' : 'de', label: '' }, licence: { id: 1 + (i % 7), label: '' }, publishedAt: new Date(Date.UTC(2026, 0, i)).toISOString(), account: { ...bars.account, host, name: i % 3 === 0 ? 'spam' : 'root' }, channel: { ...bars.channel, host } })
  }
  const is = (name, of) => !query.has(name) || query.getAll(name).includes(String(of))
  const words = (query.get('search') ?? '').toLowerCase()
  const found = all.filter(video =>
    (video.name.toLowerCase().includes(words) || switches.lies === 'html') &&
    is('languageOneOf', video.language?.id) && is('licenceOneOf', video.licence?.id) && is('isLive', video.isLive) &&
    (query.get('nsfw') === 'both' || String(video.nsfw) === (query.get('nsfw') ?? 'false')) &&
    video.duration >= Number(query.get('durationMin') ?? 0) && video.duration <= Number(query.get('durationMax') ?? Infinity))
  if (query.get('sort') === '-publishedAt') found.sort((a, b) => b.publishedAt.localeCompare(a.publishedAt))
  const start = Number(query.get('start') ?? 0)
  return json({ total: found.length, data: found.slice(start, start + count).map(video => (switches.index ? indexed(video, origin) : video)) })
}

/** As an index tells of it: where it is, in whole addresses, and whose it is not. */
function indexed({ isLocal: _, thumbnailPath, ...video }, origin) {
  return { ...video, score: 1, thumbnailUrl: `${origin}${thumbnailPath}`, embedUrl: video.url.replace('/watch/', '/embed/') }
}
