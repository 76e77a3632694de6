// What is on the list? Our JSON and authored `<li><a>` become the same items. A list may come from anywhere, so
// text stays text, addresses are http(s), trackers ws(s), and there is an end to it.

import { type Fault, FaultError } from '../fault.ts';
import { parseTime } from '../time.ts';
import { resolved } from '../video/source.ts';

/** More would be a mistake or an attack; no viewer scrolls that far. */
const MOST_ITEMS = 500;
const MOST_BYTES = 2_000_000;

export interface Item {
  title: string;
  /** Absolute; with neither of these the item cannot be played. */
  src?: string;
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

/** `{ title, items: [{ title, src, poster?, duration?, start?, stop?, trackers?, integrity?, … }] }`; throws a `FaultError`. */
export async function fetchList(url: string, signal: AbortSignal): Promise<List> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw fault('document-unreachable', `${String(error)}.`);
  });
  const { ok, status } = response;
  if (!ok) throw fault(status === 404 || status === 410 ? 'document-not-found' : 'document-refused', `The server answered ${status}.`);
  const text = await response.text();
  if (text.length > MOST_BYTES) throw fault('list-unreadable', 'The list is too long.');
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw fault('list-unreadable', 'It is not JSON.');
  }
  const { title, items } = (list ?? {}) as { title?: unknown; items?: unknown };
  if (!Array.isArray(items)) throw fault('list-unreadable', 'It has no "items".');
  return {
    title: typeof title === 'string' ? title : '',
    items: items.slice(0, MOST_ITEMS).map(item => fromJson(item, response.url || url)),
  };
}

/** `<li><a href=… data-start=… data-trackers=…>Title</a></li>`: what stands on the page without a script, too. */
export function authoredList(root: Element): List | undefined {
  const links = [...root.querySelectorAll<HTMLAnchorElement>('li > a[href]')].slice(0, MOST_ITEMS);
  return links.length === 0 ? undefined : { title: '', items: links.map(fromLink) };
}

export function fault(name: string, message: string, culprit: Fault['culprit'] = 'origin'): FaultError {
  return new FaultError({ culprit, code: 4, name, message, tried: '' });
}

function fromJson(value: unknown, base: string): Item {
  const entry = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const words = (name: string) => (Array.isArray(entry[name]) ? entry[name].join(' ') : text(entry[name]));
  const attributes: Record<string, string | undefined> = {
    trackers: words('trackers'),
    // `none` waives verification: that is the page's word to say, not a list's.
    integrity: entry['integrity'] === 'none' ? undefined : web(text(entry['integrity']), base),
    swarm: text(entry['swarm']),
    naming: text(entry['naming']),
    'ice-servers': words('iceServers'),
    crossorigin: text(entry['crossorigin']),
  };
  return item(text(entry['title']), entry['unavailable'] === true ? undefined : text(entry['src']), name => text(entry[name]), attributes, base);
}

function fromLink(link: HTMLAnchorElement): Item {
  const { trackers, swarm, naming, integrity, iceServers } = link.dataset;
  const attributes = {
    trackers,
    swarm,
    naming,
    integrity: integrity === 'none' ? integrity : web(integrity, link.baseURI),
    'ice-servers': iceServers,
  };
  const image = link.querySelector('img');
  const read = (name: string) => link.dataset[name] ?? (name === 'poster' ? image?.src : undefined);
  return item(link.textContent?.trim(), link.getAttribute('href') ?? undefined, read, attributes, link.baseURI);
}

function item(
  title: string | undefined,
  reference: string | undefined,
  read: (name: string) => string | undefined,
  attributes: Record<string, string | undefined>,
  base: string,
): Item {
  const src = web(reference, base);
  const poster = web(read('poster'), base);
  const [duration, start, stop] = ['duration', 'start', 'stop'].map(name => parseTime(read(name) ?? ''));
  return {
    title: title ?? '',
    ...(src !== undefined && { src }),
    ...(poster !== undefined && { poster }),
    ...(duration !== undefined && { duration }),
    ...(start !== undefined && { start }),
    ...(stop !== undefined && { stop }),
    attributes: Object.fromEntries(Object.entries(attributes).filter((pair): pair is [string, string] => Boolean(pair[1]))),
  };
}

function web(reference: string | undefined, base: string): string | undefined {
  const url = reference ? resolved(reference, base) : undefined;
  return url && /^https?:/.test(url) ? url : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
