// What a list says of itself, made what it should be. It may come from anywhere, so text stays text, addresses are http(s), and
// there is an end to it.

import { parseTime } from '../time.ts';
import { resolved } from '../video/source.ts';
import type { Item, List } from './items.ts';

/** More would be a mistake or an attack; no viewer scrolls that far. */
export const MOST_ITEMS = 5_000;
/** Of a title or a name, in characters. */
const MOST_TEXT = 500;

/** As a list says it, to be checked. */
export interface SaidList {
  title?: unknown;
  items: Said[];
}

/** The same of one item. */
export interface Said {
  title?: unknown;
  channel?: unknown;
  src?: unknown;
  type?: unknown;
  peertube?: unknown;
  poster?: unknown;
  /** Seconds, or as in `parseTime`. */
  duration?: unknown;
  start?: unknown;
  stop?: unknown;
  attributes?: Record<string, string | undefined>;
}

/** Every word of it is what it should be, or left out. */
export function checked({ title, items }: SaidList, base: string): List {
  return { title: text(title), items: items.slice(0, MOST_ITEMS).map(said => item(said, base)) };
}

function item(said: Said, base: string): Item {
  const src = web(said.src, base);
  const peertube = web(said.peertube, base);
  const poster = web(said.poster, base);
  const [duration, start, stop] = [said.duration, said.start, said.stop].map(time => parseTime(text(time)));
  const [channel, type] = [text(said.channel), text(said.type)];
  const attributes = Object.entries(said.attributes ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return {
    title: text(said.title),
    ...(channel && { channel }),
    ...(src !== undefined && { src, ...(type && { type }) }),
    ...(peertube !== undefined && { peertube }),
    ...(poster !== undefined && { poster }),
    ...(duration !== undefined && { duration }),
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
    attributes: Object.fromEntries(attributes),
  };
}

/** On one line, of bounded length; what is neither text nor a number is nothing. */
export function text(value: unknown): string {
  const found = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return found.slice(0, MOST_TEXT).replace(/\s+/g, ' ').trim();
}

/** Absolute, where it is on the web. */
export function web(reference: unknown, base: string): string | undefined {
  const url = typeof reference === 'string' && reference ? resolved(reference, base) : undefined;
  return url && /^https?:/.test(url) ? url : undefined;
}
