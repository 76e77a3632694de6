// The code that a site pastes: an iframe, or a tag with the script that it needs. Titles are strangers' text and addresses
// carry it too, so every value is cleaned of what could not be seen in it and escaped as an attribute.

import { text as judged } from '../instance/judge.ts';
import type { Description, Item } from './description.ts';
import { at } from './links.ts';

const MOST_TITLE = 300;
/** An address may carry those of a stream, its digests and some trackers. */
const MOST_VALUE = 20_000;
/** Of a list that stands in the code itself. */
const MOST_ITEMS = 200;

const ALLOW = 'autoplay; fullscreen; picture-in-picture; encrypted-media; web-share; clipboard-write; screen-wake-lock';
/** What the player needs: scripts, its own storage, the form for a password, the link to where it is watched. */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms';

/** For between quotes, and between tags. */
export function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, letter => names[letter]!);
}

/** One line, without the characters that turn text around. */
export function plain(text: string, most = MOST_TITLE): string {
  return (judged(text, most) ?? '').replace(/\s+/g, ' ');
}

/** ` name="value"`. */
export function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(plain(value, MOST_VALUE))}"`;
}

/** Undefined where there is no page to put into a frame. */
export function iframe({ title, embed, width, height }: Description, start?: number): string | undefined {
  if (embed === undefined) return undefined;
  const attributes: [string, string][] = [
    ['title', plain(title)],
    ['src', at(embed, start)],
    ['width', String(width)],
    ['height', String(height)],
    ['style', `aspect-ratio:${ratio(width, height)};width:100%;height:auto;border:0`],
    ['allow', ALLOW],
    ['sandbox', SANDBOX],
    ['loading', 'lazy'],
    ['referrerpolicy', 'strict-origin-when-cross-origin'],
  ];
  return `<iframe${attributes.map(([name, value]) => attribute(name, value)).join('')} allowfullscreen></iframe>`;
}

/** `loader`: the address of `sprat.js`. Undefined where there is nothing that a tag could name. */
export function tag({ kind, attributes, items = [] }: Description, loader: string, start?: number): string | undefined {
  const named = attributes !== undefined && ('src' in attributes || 'peertube' in attributes);
  if (!named && !items.some(({ href }) => href)) return undefined;
  const name = `sprat-${kind === 'playlist' ? 'playlist' : 'player'}`;
  const all = { ...attributes, ...(start !== undefined && start >= 1 && { start: String(Math.floor(start)) }) };
  const lines = Object.entries(all).map(([name, value]) => `\n ${attribute(name, value)}`);
  const inside = named ? '' : list(items);
  return `<script type="module"${attribute('src', loader)}></script>\n<${name}${lines.join('')}${lines.length > 0 ? '\n' : ''}>${inside}</${name}>`;
}

/** `16/9` */
function ratio(width: number, height: number): string {
  let [a, b] = [width, height];
  while (b > 0) [a, b] = [b, a % b];
  return `${width / a}/${height / a}`;
}

/** It works without a script as well. */
function list(items: Item[]): string {
  const lines = items.filter(({ href }) => href).slice(0, MOST_ITEMS).map(({ title, href, data = {} }) => {
    const attributes = Object.entries(data).map(([name, value]) => attribute(`data-${name}`, value));
    return `    <li><a${attribute('href', href!)}${attributes.join('')}>${escaped(plain(title))}</a></li>\n`;
  });
  return `\n  <ol>\n${lines.join('')}  </ol>\n`;
}
