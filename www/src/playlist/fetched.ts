// A list that lies at an address, or in an element of the page. Our own JSON is read here; what reads feeds and the lists of
// other programs comes when there is one.

import { boundedText } from '../bounded.ts';
import { type List, checked, fault, readOwn } from './items.ts';

const MOST_BYTES = 2_000_000;

/** Throws a `FaultError`. */
export async function fetchList(url: string, signal: AbortSignal): Promise<List> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw fault('document-unreachable', `${String(error)}.`);
  });
  const { ok, status } = response;
  if (!ok) throw fault(status === 404 || status === 410 ? 'document-not-found' : 'document-refused', `The server answered ${status}.`);
  const text = await boundedText(response, MOST_BYTES);
  if (text === undefined) throw fault('list-unreadable', 'The list is too long.');
  return readList(text, response.url || url);
}

/** `base`: what its addresses are relative to. Throws a `FaultError`. */
export async function readList(text: string, base: string): Promise<List> {
  let json: unknown;
  try {
    json = JSON.parse(text);
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
  const said = readFeed(text, json, base);
  if (typeof said === 'string') throw fault('list-unreadable', said);
  return checked(said, base);
}
