// What is on the list? Our JSON, authored `<li><a>` and feeds become the same items. A list may come from anywhere, so
// text stays text, addresses are http(s), and there is an end to it.

import { type Fault, FaultError } from '../fault.ts';
import { parseTime } from '../time.ts';
import { resolved } from '../video/source.ts';

/** More would be a mistake or an attack; no viewer scrolls that far. */
const MOST_ITEMS = 5_000;
/** Of a title or a name, in characters. */
const MOST_TEXT = 500;

export interface Item {
  title: string;
  /** Whose it is. */
  channel?: string;
  /** Absolute; with neither of these the item cannot be played. */
  src?: string;
  /** The MIME type of `src`, where its address may not tell. */
  type?: string;
  /** The address of a video on a PeerTube instance. */
  peertube?: string;
  poster?: string;
  /** Seconds. */
  duration?: number;
  start?: number;
  stop?: number;
  /** Attributes of the player that belong to this item: trackers, integrity and the like. */
  attributes: Record<string, string>;
}

export interface List {
  title: string;
  items: Item[];
  /** Where to begin, from 1, if the list itself says so. */
  position?: number;
}

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

/** `{ title, items: [{ title, src, poster?, duration?, start?, stop?, trackers?, integrity?, … }] }`; undefined where it is not. */
export function readOwn(json: unknown, base: string): List | undefined {
  const { title, items } = (json ?? {}) as { title?: unknown; items?: unknown };
  if (!Array.isArray(items)) return undefined;
  return checked({ title, items: items.slice(0, MOST_ITEMS).map(entry => fromJson(entry, base)) }, base);
}

/** `<li><a href=… data-start=… data-trackers=…>Title</a></li>`: what stands on the page without a script, too. */
export function authoredList(root: Element): List | undefined {
  const links = [...root.querySelectorAll<HTMLAnchorElement>('li > a[href]')].slice(0, MOST_ITEMS);
  return links.length === 0 ? undefined : checked({ items: links.map(fromLink) }, root.baseURI);
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

export function fault(name: string, message: string, culprit: Fault['culprit'] = 'origin'): FaultError {
  return new FaultError({ culprit, code: 4, name, message, tried: '' });
}

/** On one line, of bounded length; what is neither text nor a number is nothing. */
function text(value: unknown): string {
  const found = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return found.slice(0, MOST_TEXT).replace(/\s+/g, ' ').trim();
}

function fromJson(value: unknown, base: string): Said {
  const entry = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const words = (name: string) => (Array.isArray(entry[name]) ? entry[name].map(text).join(' ') : text(entry[name]));
  const attributes = {
    trackers: words('trackers'),
    // `none` waives verification: that is the page's word to say, not a list's.
    integrity: entry['integrity'] === 'none' ? undefined : web(entry['integrity'], base),
    swarm: text(entry['swarm']),
    naming: text(entry['naming']),
    'ice-servers': words('iceServers'),
    crossorigin: text(entry['crossorigin']),
  };
  const gone = entry['unavailable'] === true;
  const [src, peertube] = gone ? [] : [entry['src'], entry['peertube']];
  return { ...entry, src, peertube, attributes };
}

function fromLink(link: HTMLAnchorElement): Said {
  const { trackers, swarm, naming, integrity, iceServers, poster, duration, start, stop, channel, type } = link.dataset;
  const attributes = {
    trackers,
    swarm,
    naming,
    integrity: integrity === 'none' ? integrity : web(integrity, link.baseURI),
    'ice-servers': iceServers,
  };
  const image = link.querySelector('img')?.src;
  const src = link.getAttribute('href') ?? undefined;
  return { title: link.textContent, channel, src, type: type ?? link.type, poster: poster ?? image, duration, start, stop, attributes };
}

function web(reference: unknown, base: string): string | undefined {
  const url = typeof reference === 'string' && reference ? resolved(reference, base) : undefined;
  return url && /^https?:/.test(url) ? url : undefined;
}
