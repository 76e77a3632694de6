// The lines of a page's head by which networks make a card of a link to it: OpenGraph (ogp.me), and the player card of
// Twitter, which Mastodon reads too. A player is loaded there over https only, and so is what it plays, so without that the
// card is a picture; and without a picture, which both kinds of card need, a line of text.

import type { Description } from './description.ts';
import { attribute, plain } from './markup.ts';

const MOST_TEXT = 300;
/** Of Twitter's own lines (developer.x.com, "Cards markup"); whoever wants more takes OpenGraph's. */
const [TWITTER_TITLE, TWITTER_TEXT, TWITTER_ALT] = [70, 200, 420];

export function cards(description: Description): string {
  const { title, text = '', page, embed, poster, width, height, duration, published, provider, content, attributes = {} } = description;
  const [name, about] = [plain(title), plain(text, MOST_TEXT)];
  const { src, peertube } = attributes;
  const player = [embed, content, src, peertube].every(isSecure) ? embed : undefined;
  const picture = poster && isSecure(poster.url) ? poster.url : undefined;
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
    'twitter:card': !picture ? 'summary' : player ? 'player' : 'summary_large_image',
    'twitter:title': plain(title, TWITTER_TITLE),
    'twitter:description': plain(text, TWITTER_TEXT),
    'twitter:image': picture,
    'twitter:image:alt': picture && plain(title, TWITTER_ALT),
    'twitter:player': player,
    'twitter:player:width': player && width,
    'twitter:player:height': player && height,
  };
  return [...lines('property', graph), ...lines('name', twitter)].join('\n');
}

/** What is not there is no danger. */
function isSecure(address: string | undefined): boolean {
  return address === undefined || address.startsWith('https:');
}

type Lines = Record<string, string | number | undefined>;

/** What is not known is not said. */
function lines(key: 'property' | 'name', all: Lines): string[] {
  return Object.entries(all).flatMap(([name, content]) => (content ? [`<meta${attribute(key, name)}${attribute('content', String(content))} />`] : []));
}
