// May the request for a source start before the engine is there? It may, once: the loader starts it, the
// element that opens the same URL takes it along, and whoever comes second makes a request of its own.

import { shared } from './shared.ts';

/** Long enough for the slowest engine download that a viewer would wait for; then the body is let go. */
const KEPT_MS = 20_000;

const pending = shared.early;

/** Starts the request, exactly as the engine would make it. */
export function startEarly(url: string, get: (url: string, init: RequestInit) => Promise<Response> = fetch): void {
  if (pending.has(url)) return;
  const abort = new AbortController();
  const response = get(url, { signal: abort.signal });
  response.catch(() => {
    if (pending.get(url)?.response === response) takeEarly(url);
  });
  const end = setTimeout(() => {
    pending.delete(url);
    abort.abort();
  }, KEPT_MS);
  pending.set(url, { response, abort, end });
}

/** The request made early for this URL; it is the taker's from now on. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const early = pending.get(url);
  clearTimeout(early?.end);
  pending.delete(url);
  return early?.response;
}
