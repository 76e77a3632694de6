// JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1), as podcasts and channels of PeerTube have it.

import type { Said, SaidList } from '../checked.ts';
import { best, onInstance, word } from './source.ts';

interface Entry {
  title?: unknown;
  url?: unknown;
  external_url?: unknown;
  image?: unknown;
  banner_image?: unknown;
  author?: { name?: unknown };
  authors?: { name?: unknown }[];
  attachments?: { url?: unknown; mime_type?: unknown; duration_in_seconds?: unknown }[];
}

/** Undefined where it is none. */
export function readJsonFeed(json: unknown, base: string): SaidList | undefined {
  const { version, title, items } = (json ?? {}) as { version?: unknown; title?: unknown; items?: unknown };
  if (typeof version !== 'string' || !version.includes('jsonfeed.org') || !Array.isArray(items)) return undefined;
  return {
    title,
    items: items.map((value: unknown) => {
      const entry = (value ?? {}) as Entry;
      const attachments = Array.isArray(entry.attachments) ? entry.attachments.filter(Boolean).slice(0, 100) : [];
      const authors = Array.isArray(entry.authors) ? entry.authors : [];
      const peertube = onInstance(word(entry.url), word(entry.external_url));
      return {
        title: entry.title,
        channel: authors[0]?.name ?? entry.author?.name,
        ...(peertube ? { peertube } : best(attachments.map(({ url, mime_type }) => ({ url: word(url), type: word(mime_type) })), base)),
        poster: entry.image ?? entry.banner_image,
        duration: attachments.map(({ duration_in_seconds }) => duration_in_seconds).find(Boolean),
      };
    }),
  };
}
