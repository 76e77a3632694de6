// What is on a playlist of an instance? The answer comes in pages of a hundred; they are asked for until the total, or until
// there are more than anybody would scroll through. Elements that were deleted or may not be seen keep their place.

import { FaultError } from '../fault.ts';
import type { Item, List } from '../playlist/items.ts';
import type { Address } from './address.ts';
import type { Api } from './api.ts';
import { ownersOf } from './blocked.ts';
import { type Json, list, number, object, text, web, whole } from './judge.ts';
import { unreadable } from './refusal.ts';
import { LONGEST_S, readUuid } from './video.ts';

/** The most that PeerTube gives at once. */
const PAGE = 100;
export const MOST_PAGES = 10;

/** Throws a `FaultError` where the playlist cannot be had; what comes after its first page may be missing. */
export async function fetchPlaylist(address: Address, api: Api, signal?: AbortSignal, headers?: Record<string, string>): Promise<List> {
  const { origin, id } = address;
  const url = `${origin}/api/v1/video-playlists/${id}`;
  const request = { what: 'playlist', urgency: 'now', ...(signal && { signal }), ...(headers && { headers }) } as const;
  const page = (start: number) => api.ask(`${url}/videos?start=${start}&count=${PAGE}`, request).then(object);
  const [about, first] = await Promise.all([api.ask(url, request).then(object), page(0)]);
  if (!readUuid(about['uuid']) || !Array.isArray(first['data'])) throw new FaultError(unreadable(origin, 'it is no playlist'));
  const elements = list(first['data'], PAGE);
  const total = whole(first['total']) ?? 0;
  for (let pages = 1; pages < MOST_PAGES && elements.length < total; pages++) {
    const more = await page(pages * PAGE).catch((error: unknown) => {
      signal?.throwIfAborted();
      console.warn('sprat: a page of the playlist is missing.', error);
      return {} as Json;
    });
    const data = list(more['data'], PAGE);
    if (data.length === 0) break;
    elements.push(...data);
  }
  return { title: text(about['displayName'], 200) ?? '', items: elements.map(element => readElement(object(element), origin)) };
}

/** Without `peertube` it cannot be played. */
export function readElement(element: Json, origin: string): Item {
  const video = object(element['video']);
  const uuid = element['type'] === 0 || element['type'] === undefined ? readUuid(video['uuid']) : undefined;
  const [start, stop] = ['startTimestamp', 'stopTimestamp'].map(name => number(element[name], 0, LONGEST_S));
  const duration = video['isLive'] === true ? undefined : number(video['duration'], 1, LONGEST_S);
  const poster = web(video['thumbnailPath'], origin);
  return {
    title: text(video['name']) ?? '',
    ...(uuid && { peertube: `${origin}/w/${uuid}` }),
    owners: ownersOf(video),
    ...(poster && { poster }),
    ...(duration !== undefined && { duration }),
    ...(start !== undefined && { start }),
    ...(stop !== undefined && stop > (start ?? 0) && { stop }),
    attributes: {},
  };
}
