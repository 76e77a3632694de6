// What does the ActivityPub object say of a video? It is what instances tell one another, so any of them has it, and it has
// what the REST API keeps to itself: the info hashes of the swarms that the tracker lets in. A video can be read from it alone.

import { type Json, date, found, list, number, object, text, trackers, web, whole } from './judge.ts';
import type { Caption, Chapter, Extras, InstanceSource, InstanceVideo, Privacy, Published, Storyboard } from './model.ts';
import { LONGEST_S, STATES, bestFit, inOrder, readUuid, storyboard } from './video.ts';

export const ACCEPT = 'application/activity+json, application/ld+json';

const MOST_LINKS = 300;
const MOST_HASHES = 100;
const MOST_PARTS = 1000;
const MOST_CAPTIONS = 200;
const MOST_STORYBOARDS = 10;
const MOST_ICONS = 20;
const PUBLIC = /^(https:\/\/www\.w3\.org\/ns\/activitystreams#|as:)?Public$/;
const PLAYLIST = /^application\/(x-mpegurl|vnd\.apple\.mpegurl)$/i;
/** `latencyMode`: the viewers are so close to the edge that nobody has anything to give. */
const SMALL_LATENCY = 3;

/** The video alone from its object; `origin`: of the server that was asked. Undefined where it is none. */
export function readActivity(json: unknown, origin: string, width = 0): InstanceVideo | undefined {
  const activity = object(json);
  const uuid = readUuid(activity['uuid']);
  const activityUrl = web(activity['id'], origin);
  if (activity['type'] !== 'Video' || !uuid || !activityUrl) return undefined;
  const links = linksOf(activity);
  const hls = links.find(isPlaylist);
  const host = new URL(activityUrl);
  const digests = list(hls?.['tag'], MOST_LINKS).map(object).find(tag => tag['name'] === 'sha256');
  const playlistUrl = web(hls?.['href'], origin);
  const source: InstanceSource | undefined = playlistUrl ? { kind: 'hls', url: playlistUrl } : readFile(links, origin, width);
  const integrity = web(digests?.['href'], origin);
  const privacy = readPrivacy(activity);
  const live = activity['isLiveBroadcast'] === true;
  const poster = bestFit(
    found(list(activity['icon'], MOST_ICONS).map(object).map(icon => sized(web(icon['url'], origin), icon['width']))),
    width,
  )?.url;
  const duration = live ? undefined : seconds(activity['duration']);
  const aspectRatio = number(activity['aspectRatio'], 0.1, 10);
  const published = date(activity['published']);
  const page = web(links.find(link => link['mediaType'] === 'text/html')?.['href'], origin);
  return {
    origin,
    uuid,
    title: text(activity['name']) ?? '',
    channel: readChannel(activity['attributedTo']),
    live,
    state: STATES[Number(activity['state'])] ?? 'published',
    privacy,
    trackers: trackers(links.filter(link => list(link['rel'], 5).includes('websocket')).map(link => link['href']), activityUrl),
    peersAllowed: !isSmallLatency(activity),
    redundancies: [],
    schedules: found(list(activity['schedules'], 20).map(entry => date(object(entry)['startDate'] ?? object(entry)['startAt']))).sort((a, b) => a - b),
    embedAnywhere: true,
    watchUrl: page ?? activityUrl,
    activityUrl,
    ...(host.origin !== origin && { remoteHost: host.host }),
    ...(activity['sensitive'] === true && { nsfw: { violent: false, explicit: false } }),
    ...(source && { source }),
    ...(playlistUrl && integrity && { integrity }),
    ...(poster && { poster }),
    ...(duration && { duration }),
    ...(aspectRatio && { aspectRatio }),
    ...(published !== undefined && { published }),
  };
}

/** What REST has not said. Undefined where this is the object of another video: its hashes would be those of another. */
export function readPublished(json: unknown, uuid: string): Published | undefined {
  const activity = object(json);
  if (activity['type'] !== 'Video' || readUuid(activity['uuid']) !== uuid) return undefined;
  const tags = list(linksOf(activity).find(isPlaylist)?.['tag'], MOST_LINKS).map(object);
  const hashes = tags.filter(tag => tag['type'] === 'Infohash').map(({ name }) => (typeof name === 'string' && /^[0-9a-f]{40}$/i.test(name) ? name.toLowerCase() : undefined));
  return { infoHashes: [...new Set(found(hashes))].slice(0, MOST_HASHES), smallLatency: isSmallLatency(activity) };
}

/** Before 7.0 chapters lie elsewhere: the address of their object. */
export function chaptersAddress(json: unknown, origin: string): string | undefined {
  return web(object(json)['hasParts'], origin);
}

/** Captions, chapters and storyboards; `chapters`: their object, if they have one of their own. */
export function readActivityExtras(json: unknown, origin: string, chapters?: unknown): Extras {
  const activity = object(json);
  return {
    captions: found(list(activity['subtitleLanguage'], MOST_CAPTIONS).map(entry => readCaption(object(entry), origin))),
    chapters: inOrder(found(list(object(chapters)['hasPart'] ?? activity['hasParts'], MOST_PARTS).map(readPart))),
    storyboards: found(list(activity['preview'], MOST_STORYBOARDS).flatMap(entry => readPreview(object(entry), origin))),
  };
}

function linksOf(activity: Json): Json[] {
  return list(activity['url'], MOST_LINKS).map(object);
}

function isPlaylist(link: Json): boolean {
  return typeof link['mediaType'] === 'string' && PLAYLIST.test(link['mediaType']);
}

function isSmallLatency(activity: Json): boolean {
  return activity['isLiveBroadcast'] === true && activity['latencyMode'] === SMALL_LATENCY;
}

function readFile(links: Json[], origin: string, width: number): InstanceSource | undefined {
  const files = links
    .filter(link => typeof link['mediaType'] === 'string' && /^video\//.test(link['mediaType']) && !list(link['rel'], 5).includes('metadata'))
    .map(link => sized(web(link['href'], origin), whole(link['width'], 1, 20_000) ?? Math.round(((whole(link['height'], 1, 20_000) ?? 0) * 16) / 9)));
  const best = bestFit(found(files), width);
  return best && { kind: 'file', url: best.url };
}

function sized(url: string | undefined, width: unknown): { url: string; width: number } | undefined {
  return url ? { url, width: whole(width, 0, 20_000) ?? 0 } : undefined;
}

function readPrivacy(activity: Json): Privacy {
  const toAll = list(activity['to'], 20).some(whom => typeof whom === 'string' && PUBLIC.test(whom));
  // It was given to somebody who did not say who they are: an instance does that with what has a link, and no more.
  return toAll ? 'public' : 'unlisted';
}

/** Its name is in an object of its own; its address ends with what it is called. */
function readChannel(attributed: unknown): string {
  const entries = list(attributed, 10);
  const group = entries.map(object).find(entry => entry['type'] === 'Group');
  const url = web(group?.['id'] ?? entries.find(entry => typeof entry === 'string'), 'https://invalid.invalid');
  const { pathname = '' } = url ? new URL(url) : {};
  return text(group?.['name'], 120) ?? text(pathname.split('/').at(-1), 120) ?? '';
}

/** A file, or links of which one is a file. */
function readCaption(entry: Json, origin: string): Caption | undefined {
  const language = text(entry['identifier'], 35);
  const links = list(entry['url'], 10).map(link => (typeof link === 'string' ? { href: link } : object(link)));
  const url = web(links.find(link => !isPlaylist(link))?.['href'], origin);
  return language && url ? { language, label: text(entry['name'], 80) ?? language, automatic: entry['automaticallyGenerated'] === true, url } : undefined;
}

function readPart(value: unknown): Chapter | undefined {
  const { name, startOffset } = object(value);
  const start = number(startOffset, 0, LONGEST_S);
  return start === undefined ? undefined : { start, title: text(name, 200) ?? '' };
}

function readPreview(preview: Json, origin: string): (Storyboard | undefined)[] {
  return list(preview['url'], MOST_STORYBOARDS).map(object).map(link => {
    const of = (name: string) => link[name] ?? preview[name];
    return storyboard(web(link['href'], origin), [of('width'), of('height')], [of('tileWidth'), of('tileHeight')], seconds(of('tileDuration')));
  });
}

/** `PT60S`, `PT1M`, `PT1H2M3.5S` (ISO 8601). */
function seconds(value: unknown): number | undefined {
  const [, h, m, s] = (typeof value === 'string' && /^PT(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,7}(?:\.\d{1,6})?)S)?$/.exec(value)) || [];
  const sum = Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0);
  return sum > 0 && sum <= LONGEST_S ? sum : undefined;
}
