// A list that lies at an address, or in an element of the page. Our own JSON is read here; what reads feeds and the lists of
// other programs comes when there is one.

import { boundedText } from '../bounded.ts';
import { MOST_ITEMS, type Said, checked, text, web } from './checked.ts';
import { type List, fault } from './items.ts';

const MOST_BYTES = 2_000_000;

/** What was asked for at an address. Throws a `FaultError`. */
export async function readAnswer(asked: Promise<Response>, url: string, signal: AbortSignal): Promise<List> {
  const { found, base } = await answered(asked, url, signal);
  return readList(found, base);
}

/** The same as it was sent, and where that lies. Throws a `FaultError`. */
export async function answered(asked: Promise<Response>, url: string, signal: AbortSignal): Promise<{ found: string; base: string }> {
  const response = await asked.catch((error: unknown) => {
    signal.throwIfAborted();
    throw fault('document-unreachable', `${String(error)}.`);
  });
  const { ok, status } = response;
  if (!ok) throw fault(status === 404 || status === 410 ? 'document-not-found' : 'document-refused', `The server answered ${status}.`);
  const found = await boundedText(response, MOST_BYTES);
  if (found === undefined) throw fault('list-unreadable', 'The list is too long.');
  return { found, base: response.url || url };
}

/** `base`: what its addresses are relative to. Throws a `FaultError`. */
export async function readList(found: string, base: string): Promise<List> {
  let json: unknown;
  try {
    json = JSON.parse(found);
  } catch {
    // Then it is something else.
  }
  // A JSON Feed has items too, and says that it is one.
  const isFeed = String((json as { version?: unknown } | null | undefined)?.version).includes('jsonfeed.org');
  const own = isFeed ? undefined : readOwn(json, base);
  if (own) return own;
  const { readFeed } = await import('./feeds/read.ts').catch(() => {
    throw fault('list-unreadable', 'The script that reads such lists could not be fetched.', 'player');
  });
  const said = readFeed(found, json, base);
  if (typeof said === 'string') throw fault('list-unreadable', said);
  return checked(said, base);
}

/** `{ title, items: [{ title, src, poster?, duration?, start?, stop?, trackers?, integrity?, … }] }`; undefined where it is not. */
function readOwn(json: unknown, base: string): List | undefined {
  const { title, items } = (json ?? {}) as { title?: unknown; items?: unknown };
  if (!Array.isArray(items)) return undefined;
  return checked({ title, items: items.slice(0, MOST_ITEMS).map(entry => fromJson(entry, base)) }, base);
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
