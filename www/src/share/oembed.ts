// oEmbed 1.0 (oembed.com §2.3): what a site that is given a link finds in order to show the player. A file that was written
// once will do for it, for sites without a server; the page names it by a `<link>` (§4).

import type { Description } from './description.ts';
import { attribute, iframe, plain } from './markup.ts';

export interface OEmbed {
  version: '1.0';
  type: 'video';
  title: string;
  author_name?: string;
  author_url?: string;
  provider_name?: string;
  provider_url?: string;
  /** Seconds that it may be kept. */
  cache_age: number;
  thumbnail_url?: string;
  thumbnail_width?: number;
  thumbnail_height?: number;
  html: string;
  width: number;
  height: number;
}

const DAY_S = 86_400;

/** Undefined where there is no page to put into a frame. */
export function oembed(description: Description): OEmbed | undefined {
  const html = iframe(description);
  if (html === undefined) return undefined;
  const { title, author, provider, poster, width, height } = description;
  return {
    version: '1.0',
    type: 'video',
    title: plain(title),
    ...(author && { author_name: plain(author.name), ...(author.url && { author_url: author.url }) }),
    ...(provider && { provider_name: plain(provider.name), ...(provider.url && { provider_url: provider.url }) }),
    cache_age: DAY_S,
    // All three or none of them.
    ...(poster?.width && poster.height && { thumbnail_url: poster.url, thumbnail_width: poster.width, thumbnail_height: poster.height }),
    html,
    width,
    height,
  };
}

/** The line for the page's head. `address`: where the file lies. */
export function discovery({ title }: Description, address: string): string {
  return `<link rel="alternate" type="application/json+oembed"${attribute('href', address)}${attribute('title', plain(title))} />`;
}
