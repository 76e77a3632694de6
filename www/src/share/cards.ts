// The lines of a page's head by which networks make a card of a link to it: OpenGraph (ogp.me), and the player card of
// Twitter, which Mastodon reads too. A player is loaded there over https only, so without that the card is a picture.

import type { Description } from './description.ts';
import { attribute, plain } from './markup.ts';

const MOST_TEXT = 300;

export function cards(description: Description): string {
  const { title, text = '', page, embed, poster, width, height, duration, published, provider } = description;
  const [name, about] = [plain(title), plain(text, MOST_TEXT)];
  const player = embed?.startsWith('https:') ? embed : undefined;
  const graph: Lines = {
    'og:type': 'video.other',
    'og:title': name,
    'og:url': page,
    'og:description': about,
    'og:site_name': provider && plain(provider.name),
    'og:image': poster?.url,
    'og:image:width': poster?.width,
    'og:image:height': poster?.height,
    'og:image:alt': poster && name,
    'og:video': embed,
    'og:video:secure_url': player,
    'og:video:type': embed && 'text/html',
    'og:video:width': embed && width,
    'og:video:height': embed && height,
    'video:duration': duration && Math.round(duration),
    'video:release_date': published,
  };
  const twitter: Lines = {
    'twitter:card': player ? 'player' : 'summary_large_image',
    'twitter:title': name,
    'twitter:description': about,
    'twitter:image': poster?.url,
    'twitter:player': player,
    'twitter:player:width': player && width,
    'twitter:player:height': player && height,
  };
  return [...lines('property', graph), ...lines('name', twitter)].join('\n');
}

type Lines = Record<string, string | number | undefined>;

/** What is not known is not said. */
function lines(key: 'property' | 'name', all: Lines): string[] {
  return Object.entries(all).flatMap(([name, content]) => (content ? [`<meta${attribute(key, name)}${attribute('content', String(content))} />`] : []));
}
