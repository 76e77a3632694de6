// Structured data for search engines, in JSON-LD: a `VideoObject`, or an `ItemList` of them (schema.org). What is not known is
// left out. It may stand in a page as a `<script>` of that type, which is data: no policy for scripts asks about it.

import type { Chapter } from '../instance/model.ts';
import type { Description } from './description.ts';
import { at } from './links.ts';
import { plain } from './markup.ts';

const MOST_CLIPS = 100;
const MOST_ITEMS = 100;
const MOST_TEXT = 2000;

export type Structured = Record<string, unknown>;

export function structured(description: Description): Structured {
  return { '@context': 'https://schema.org', ...(description.kind === 'playlist' ? itemList(description) : videoObject(description)) };
}

/** Inside of a `<script>` nothing is escaped as in HTML, and only `<` could end it or begin a comment. */
export function scriptText(data: Structured): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

/** The whole element, for a page that is written by hand. */
export function scriptElement(data: Structured): string {
  return `<script type="application/ld+json">${scriptText(data)}</script>`;
}

/** ISO 8601: `PT1H2M3S`. */
export function isoDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `PT${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s || !(h || m) ? `${s}S` : ''}`;
}

function videoObject(description: Description): Structured {
  const { title, text, page, embed, poster, duration, published, content, live, begins, sensitive, chapters = [], provider } = description;
  const clips = duration === undefined ? [] : hasPart(chapters, duration, page);
  return {
    '@type': 'VideoObject',
    name: plain(title),
    ...(text && { description: plain(text, MOST_TEXT) }),
    ...(poster && { thumbnailUrl: [poster.url] }),
    ...(published && { uploadDate: published }),
    ...(duration !== undefined && { duration: isoDuration(duration) }),
    ...(page && { url: page }),
    ...(embed && { embedUrl: embed }),
    ...(content && { contentUrl: content }),
    ...(sensitive && { isFamilyFriendly: false }),
    ...(live && { publication: { '@type': 'BroadcastEvent', isLiveBroadcast: true, ...(begins !== undefined && { startDate: new Date(begins).toISOString() }) } }),
    ...(provider && { publisher: { '@type': 'Organization', name: plain(provider.name), ...(provider.url && { url: provider.url }) } }),
    ...(clips.length > 0 && { hasPart: clips }),
  };
}

/** Each chapter ends where the next begins. */
function hasPart(chapters: Chapter[], duration: number, page: string | undefined): Structured[] {
  const sorted = chapters.filter(({ start }) => start < duration).sort((a, b) => a.start - b.start);
  return sorted.slice(0, MOST_CLIPS).map(({ start, title }, i) => ({
    '@type': 'Clip',
    name: plain(title) || String(i + 1),
    startOffset: Math.floor(start),
    endOffset: Math.floor(sorted[i + 1]?.start ?? duration),
    ...(page && { url: at(page, start) }),
  }));
}

function itemList({ title, page, items = [] }: Description): Structured {
  return {
    '@type': 'ItemList',
    ...(title && { name: plain(title) }),
    ...(page && { url: page }),
    numberOfItems: items.length,
    itemListElement: items.slice(0, MOST_ITEMS).map((item, i) => ({
      '@type': 'ListItem',
      position: i + 1,
      item: {
        '@type': 'VideoObject',
        name: plain(item.title) || String(i + 1),
        ...(item.page && { url: item.page }),
        ...(item.poster && { thumbnailUrl: [item.poster] }),
        ...(item.duration !== undefined && { duration: isoDuration(item.duration) }),
        ...(item.href && { contentUrl: item.href }),
      },
    })),
  };
}
