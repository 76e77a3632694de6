// A page that shows one video or playlist and says what it is to whoever only reads it. It lies beside the player's files,
// under any name, on any host: the element plays, a link stands there without scripts, and a policy lets nothing of a
// stranger's run. What is fetched may come from anywhere, for instances and publishers name hosts of their own.

import type { Description } from './description.ts';
import { head } from './head.ts';
import { embedAddress } from './links.ts';
import { attribute, escaped, plain, tag } from './markup.ts';
import { oembed } from './oembed.ts';

const MOST_TEXT = 2000;
/** Of a list, without scripts. */
const MOST_LINKS = 100;

/** Files to be put into the folder of the player, and the video as they describe it. */
export interface Page {
  description: Description;
  html: string;
  /** Undefined where there is nothing to put into a frame. */
  json?: string;
}

/** `folder`: where the player's files lie on the web; without it the page can say of itself neither where it is nor how to embed it. */
export function page(found: Description, name: string, folder?: string): Page {
  const { page: origin, ...told } = folder ? framed(found, folder) : found;
  const description: Description = { ...told, ...(folder && { page: new URL(`${name}.html`, folder).href }) };
  const answer = oembed(description);
  const file = folder && new URL(`${name}.json`, folder).href;
  return {
    description,
    html: html(description, origin, file),
    ...(answer && { json: `${JSON.stringify(answer, undefined, 2)}\n` }),
  };
}

function html(description: Description, origin: string | undefined, oembed: string | undefined): string {
  const { title, text, page, language } = description;
  const about = text && plain(text, MOST_TEXT);
  const lines = [
    '<meta charset="utf-8" />',
    `<meta http-equiv="Content-Security-Policy"${attribute('content', policy(description))} />`,
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="light dark" />',
    `<title>${escaped(plain(title))}</title>`,
    about && `<meta name="description"${attribute('content', plain(about))} />`,
    page && `<link rel="canonical"${attribute('href', page)} />`,
    head(description, oembed),
    '<link rel="stylesheet" href="styles/card.css" />',
    // Before the elements: it tells them where to begin.
    '<script type="module" src="card.js"></script>',
  ];
  const body = [
    // Its language is that of the texts; the player's words are in the viewer's.
    tag(language ? { ...description, attributes: { ...description.attributes, lang: '' } } : description, 'sprat.js'),
    `<noscript>\n${links(description, origin)}\n</noscript>`,
    `<h1 dir="auto">${escaped(plain(title))}</h1>`,
    about && `<p dir="auto">${escaped(about)}</p>`,
    from(description, origin),
  ];
  const written = (all: (string | undefined)[]) => all.filter(Boolean).join('\n');
  return `<!doctype html>\n<html${language ? attribute('lang', language) : ''}>\n<head>\n${written(lines)}\n</head>\n<body>\n<main>\n${written(body)}\n</main>\n</body>\n</html>\n`;
}

/** In the iframe page of that folder; what its owner does not let others embed stays without one. */
function framed(found: Description, folder: string): Description {
  const { kind, attributes = {}, embed } = found;
  if ('peertube' in attributes && !embed) return found;
  const own = embedAddress(new URL(kind === 'playlist' ? 'playlist.html' : 'embed.html', folder).href, attributes);
  return { ...found, embed: own, attributes: { ...attributes, 'embed-url': own } };
}

/** Only our own files run, and look as they do; over http is fetched only what was there to begin with. */
function policy({ attributes = {} }: Description): string {
  const open = Object.values(attributes).some(value => /(^|\s)(http|ws):/.test(value));
  const anywhere = `'self' https:${open ? ' http:' : ''}`;
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `img-src ${anywhere}`,
    `media-src ${anywhere} blob:`,
    `connect-src ${anywhere} wss:${open ? ' ws:' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** What a viewer without scripts has: the same by a link, or links. */
function links({ title, content, attributes = {}, items = [] }: Description, origin: string | undefined): string {
  const all = items.flatMap(({ title, page, href }) => (page ?? href ? [link(page ?? href!, title)] : []));
  if (all.length > 0) return `<ol>\n${all.slice(0, MOST_LINKS).map(one => `<li>${one}</li>`).join('\n')}\n</ol>`;
  const address = origin ?? content ?? attributes['src'];
  return address ? `<p>${link(address, title)}</p>` : '';
}

/** Whose it is, and where it comes from. */
function from({ author, provider }: Description, origin: string | undefined): string | undefined {
  const name = author && `<bdi>${escaped(plain(author.name))}</bdi>`;
  const there = origin && link(origin, provider?.name ?? new URL(origin).host);
  return name || there ? `<p>${[name, there].filter(Boolean).join(' · ')}</p>` : undefined;
}

function link(address: string, text: string): string {
  return `<a dir="auto"${attribute('href', address)}>${escaped(plain(text) || new URL(address).host)}</a>`;
}
