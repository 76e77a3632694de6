// Which videos does an instance find, or an index of many of them? Both speak one API (`GET /api/v1/search/videos`). An instance
// plays what it finds, its own and what it knows of others; what an index finds is played where it is. What the site does not show is
// not on the list.

import { FaultError } from '../fault.ts';
import type { Item } from '../playlist/items.ts';
import { shared } from '../shared.ts';
import { type Api, api } from './api.ts';
import { ownersOf } from './blocked.ts';
import { type Json, list, number, object, text, web, whole } from './judge.ts';
import { unreadable } from './refusal.ts';
import { LONGEST_S, readName, readUuid } from './video.ts';

/** So many at once. */
export const PAGE = 20;
/** No index answers beyond. */
const MOST = 10_000;

export type Length = 'short' | 'medium' | 'long';

/** As PeerTube's own pages draw the lines, in seconds. */
const LENGTHS: Readonly<Record<Length, readonly [least: number | undefined, most: number | undefined]>> = {
  short: [undefined, 240],
  medium: [240, 1200],
  long: [1200, undefined],
};

export interface Query {
  text: string;
  /** ISO 639, as videos are marked with it. */
  language?: string;
  /** PeerTube's number, from 1 to 7. */
  licence?: number;
  length?: Length;
  /** On air now, or not; both where it is not said. */
  live?: boolean;
  /** The newest first, in place of what fits best. */
  newest?: boolean;
  /** With what is not for everybody. */
  sensitive?: boolean;
}

export interface Result extends Item {
  sensitive: boolean;
}

export interface Results {
  /** Of all pages, before anything was left out. */
  total: number;
  items: Result[];
}

/** Of an instance's or an index's address, the one that is asked. */
export function searchUrl(origin: string, query: Query, start = 0): string {
  const url = new URL('/api/v1/search/videos', origin);
  const [least, most] = query.length ? LENGTHS[query.length] : [];
  const said: Record<string, string | number | boolean | undefined> = {
    search: query.text,
    start,
    count: PAGE,
    sort: query.newest ? '-publishedAt' : '-match',
    nsfw: query.sensitive ? 'both' : 'false',
    languageOneOf: query.language,
    licenceOneOf: query.licence,
    durationMin: least,
    durationMax: most,
    isLive: query.live,
  };
  for (const [name, value] of Object.entries(said)) if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  return url.href;
}

/** Throws a `FaultError`, or an `AbortError` once the signal has fired. */
export async function search(origin: string, query: Query, start: number, signal: AbortSignal, asked: Api = api): Promise<Results> {
  const answer = object(await asked.ask(searchUrl(origin, query, start), { urgency: 'now', signal }));
  if (!Array.isArray(answer['data'])) throw new FaultError(unreadable(origin, 'it is no list of what was found'));
  const blocks = await shared.blocks;
  const found = list(answer['data'], PAGE).map(object);
  const shown = found.filter(video => !blocks?.bars([String(video['url'] ?? ''), ...ownersOf(video)]));
  // Asked for none of these, an index may still list some.
  const items = shown.map(video => readResult(video, origin)).filter((item): item is Result => item !== undefined && (query.sensitive || !item.sensitive));
  return { total: Math.min(whole(answer['total']) ?? found.length, MOST), items };
}

function readResult(video: Json, origin: string): Result | undefined {
  const uuid = readUuid(video['uuid']);
  const home = web(video['url'], origin);
  // An instance knows what is its own, and an index names where each is embedded.
  const isIndex = typeof video['isLocal'] !== 'boolean' || video['embedUrl'] !== undefined;
  const peertube = isIndex ? home : uuid && `${origin}/w/${uuid}`;
  if (!uuid || !peertube) return undefined;
  const sensitive = video['nsfw'] === true;
  const thumbnail = object(list(video['thumbnails'], 20)[0])['fileUrl'];
  const poster = sensitive ? undefined : web(video['thumbnailUrl'], origin) ?? web(thumbnail, origin) ?? web(video['thumbnailPath'], isIndex ? home! : origin);
  const duration = video['isLive'] === true ? undefined : number(video['duration'], 1, LONGEST_S);
  const channel = readName(video['channel']) ?? readName(video['account']);
  return {
    title: text(video['name']) ?? '',
    peertube,
    owners: ownersOf(video),
    sensitive,
    ...(channel && { channel }),
    ...(poster && { poster }),
    ...(duration !== undefined && { duration }),
    attributes: {},
  };
}
