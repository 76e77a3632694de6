// What does the REST API say of a video? `GET /api/v1/videos/:id`, judged field by field. The one that is sent may be of any
// version since 6.0: what is new there is taken where it is, what is gone is not missed.

import { type Json, date, found, list, number, object, text, trackers, web, whole } from './judge.ts';
import type { Caption, Chapter, Extras, InstanceSource, InstanceVideo, Nsfw, Privacy, State, Storyboard } from './model.ts';

const MOST_FILES = 100;
const MOST_REDUNDANCIES = 20;
const MOST_SCHEDULES = 20;
const MOST_THUMBNAILS = 20;
const MOST_CAPTIONS = 200;
const MOST_CHAPTERS = 1000;
const MOST_STORYBOARDS = 10;
/** In characters. */
const MOST_ANNOTATIONS = 200_000;
/** A week: more is a mistake. */
export const LONGEST_S = 604_800;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PRIVACIES: Record<number, Privacy> = { 1: 'public', 2: 'unlisted', 3: 'private', 4: 'internal', 5: 'password' };
/** All else that PeerTube does to a published video (moving its files, editing it) leaves it playable. */
export const STATES: Readonly<Record<number, State>> = { 2: 'transcoding', 3: 'transcoding', 4: 'waiting', 5: 'ended', 7: 'unavailable', 12: 'unavailable' };

/** `width`: device pixels that the picture takes. Undefined where it is no video at all. */
export function readVideo(json: unknown, origin: string, width = 0): InstanceVideo | undefined {
  const video = object(json);
  const uuid = readUuid(video['uuid']);
  if (!uuid) return undefined;
  const playlist = object(list(video['streamingPlaylists'], 10).find(entry => object(entry)['type'] === 1));
  const hls = web(playlist['playlistUrl'], origin);
  const integrity = web(playlist['segmentsSha256Url'], origin);
  const file = readFile(video['files'], origin, width);
  const source: InstanceSource | undefined = hls ? { kind: 'hls', url: hls } : file;
  const privacy = PRIVACIES[Number(object(video['privacy'])['id'])] ?? 'private';
  const watchUrl = `${origin}/w/${uuid}`;
  const activityUrl = web(video['url'], origin) ?? watchUrl;
  const { host } = new URL(activityUrl);
  const policy = video['embedPrivacyPolicy'];
  const embedPolicy = typeof policy === 'number' ? policy : object(policy)['id'];
  const result: InstanceVideo = {
    origin,
    uuid,
    title: text(video['name']) ?? '',
    channel: readName(video['channel']) ?? readName(video['account']) ?? '',
    live: video['isLive'] === true,
    state: video['blacklisted'] === true ? 'blocked' : STATES[Number(object(video['state'])['id'])] ?? 'published',
    privacy,
    trackers: trackers(video['trackerUrls'], activityUrl),
    // Whom it was not shown to shall not be told who watches it, nor be given it.
    peersAllowed: privacy === 'public' || privacy === 'unlisted',
    redundancies: found(list(playlist['redundancies'], MOST_REDUNDANCIES).map(entry => web(object(entry)['baseUrl'], origin))),
    schedules: readSchedules(video['liveSchedules']),
    embedAnywhere: embedPolicy === undefined || embedPolicy === 1,
    watchUrl,
    activityUrl,
  };
  const optional: Partial<InstanceVideo> = {
    id: whole(video['id'], 1),
    remoteHost: video['isLocal'] === false && host !== new URL(origin).host ? host : undefined,
    poster: readPoster(video, origin, width),
    duration: result.live ? undefined : number(video['duration'], 1, LONGEST_S),
    aspectRatio: number(video['aspectRatio'], 0.1, 10),
    published: date(video['publishedAt']),
    annotations: readAnnotations(video['pluginData']),
    nsfw: readNsfw(video),
    source,
    file: hls && file,
    integrity: hls && integrity,
  } as Partial<InstanceVideo>;
  return Object.assign(result, Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)));
}

function readAnnotations(plugins: unknown): string | undefined {
  const said = object(plugins)['player-annotations'];
  return typeof said === 'string' && said.trim() !== '' ? said.slice(0, MOST_ANNOTATIONS) : undefined;
}

export function readUuid(value: unknown): string | undefined {
  const uuid = typeof value === 'string' ? value.toLowerCase() : '';
  return UUID.test(uuid) ? uuid : undefined;
}

/** `GET …/captions`, `…/chapters`, `…/storyboards`; any of them may be missing. */
export function readExtras(captions: unknown, chapters: unknown, storyboards: unknown, origin: string): Extras {
  return {
    captions: found(list(object(captions)['data'], MOST_CAPTIONS).map(entry => readCaption(object(entry), origin))),
    chapters: inOrder(found(list(object(chapters)['chapters'], MOST_CHAPTERS).map(readChapter))),
    storyboards: found(list(object(storyboards)['storyboards'], MOST_STORYBOARDS).map(entry => readStoryboard(object(entry), origin))),
  };
}

export function inOrder(chapters: Chapter[]): Chapter[] {
  return chapters.sort((a, b) => a.start - b.start);
}

/** Storyboards whose figures do not fit one another show nothing. */
export function storyboard(url: string | undefined, total: [unknown, unknown], one: [unknown, unknown], interval: unknown): Storyboard | undefined {
  const [totalWidth, totalHeight, width, height] = [...total, ...one].map(value => whole(value, 1, 20_000));
  const seconds = number(interval, 0.1, LONGEST_S);
  if (!url || !totalWidth || !totalHeight || !width || !height || !seconds) return undefined;
  const [columns, rows] = [Math.floor(totalWidth / width), Math.floor(totalHeight / height)];
  return columns > 0 && rows > 0 ? { url, columns, rows, width, height, interval: seconds } : undefined;
}

/** The smallest that covers the width, else the largest. */
export function bestFit<T extends { width: number }>(choices: T[], width: number): T | undefined {
  const sorted = [...choices].sort((a, b) => a.width - b.width);
  return (width > 0 ? sorted.find(choice => choice.width >= width) : undefined) ?? sorted.at(-1);
}

function readPoster(video: Json, origin: string, width: number): string | undefined {
  const thumbnails = list(video['thumbnails'], MOST_THUMBNAILS).map(object).map(entry => {
    const url = web(entry['fileUrl'], origin);
    return url ? { url, width: whole(entry['width'], 1, 20_000) ?? 0 } : undefined;
  });
  // Up to 8.0 there is a large one and a small one.
  return bestFit(found(thumbnails), width)?.url ?? web(video['previewPath'], origin) ?? web(video['thumbnailPath'], origin);
}

/** A video without HLS is a file for each quality. */
function readFile(value: unknown, origin: string, width: number): InstanceSource | undefined {
  const files = list(value, MOST_FILES).map(object).map(file => {
    const url = web(file['fileUrl'], origin);
    if (!url || file['hasVideo'] === false) return undefined;
    // Before 7.2 a file has no width; its label is its height.
    const height = whole(file['height'], 1, 20_000) ?? whole(object(file['resolution'])['id'], 0, 20_000) ?? 0;
    return { url, width: whole(file['width'], 1, 20_000) ?? Math.round((height * 16) / 9) };
  });
  const best = bestFit(found(files), width);
  return best && { kind: 'file', url: best.url };
}

function readNsfw(video: Json): Nsfw | undefined {
  if (video['nsfw'] !== true) return undefined;
  const flags = whole(video['nsfwFlags']) ?? 0;
  const summary = text(video['nsfwSummary'], 1000);
  return { violent: (flags & 1) !== 0, explicit: (flags & 2) !== 0, ...(summary && { summary }) };
}

function readSchedules(value: unknown): number[] {
  return found(list(value, MOST_SCHEDULES).map(entry => date(object(entry)['startAt']))).sort((a, b) => a - b);
}

/** Of a channel or an account. */
export function readName(value: unknown): string | undefined {
  const { displayName, name } = object(value);
  return text(displayName, 120) ?? text(name, 120);
}

function readCaption(entry: Json, origin: string): Caption | undefined {
  const { id, label } = object(entry['language']);
  const language = text(id, 35);
  const url = web(entry['fileUrl'], origin) ?? web(entry['captionPath'], origin);
  return language && url ? { language, label: text(label, 80) ?? language, automatic: entry['automaticallyGenerated'] === true, url } : undefined;
}

function readChapter(value: unknown): Chapter | undefined {
  const { timecode, title } = object(value);
  const start = number(timecode, 0, LONGEST_S);
  return start === undefined ? undefined : { start, title: text(title, 200) ?? '' };
}

function readStoryboard(entry: Json, origin: string): Storyboard | undefined {
  const url = web(entry['fileUrl'], origin) ?? web(entry['storyboardPath'], origin);
  const { totalWidth, totalHeight, spriteWidth, spriteHeight, spriteDuration } = entry;
  return storyboard(url, [totalWidth, totalHeight], [spriteWidth, spriteHeight], spriteDuration);
}
