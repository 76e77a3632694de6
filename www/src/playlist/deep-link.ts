// Where on the page's list does an address point to, and which address points to what plays? `#item=3&t=1m30s`: which of the
// list, from 1, and where in it. Other words in the fragment are the page's, and stay. Fetched where a list asks for it.

import type { SpratPlaylist } from '../elements/sprat-playlist.ts';
// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { timeFragment } from '../time.ts';

export interface Place {
  /** From 0. */
  index?: number;
  /** Seconds. */
  at?: number;
}

/** Both ways, from now on, for as long as the list has the attribute. */
export function follow(list: SpratPlaylist): void {
  const isAsked = () => list.isConnected && list.hasAttribute('deep-link');
  addEventListener('hashchange', () => {
    const { index, at } = placeIn(location.hash);
    if (isAsked() && index !== undefined && (index !== list.currentIndex || at !== undefined)) list.select(index, at);
  });
  let isFirst = true;
  list.addEventListener('itemchange', event => {
    // What an address points to is what it says already.
    if (isAsked() && !isFirst) pointTo((event as CustomEvent<{ index: number }>).detail.index);
    isFirst = false;
  });
}

export function placeIn(hash: string): Place {
  const position = Number(new URLSearchParams(hash.slice(1)).get('item'));
  if (!Number.isInteger(position) || position < 1) return {};
  const { start } = timeFragment(hash);
  return { index: position - 1, ...(start !== undefined && { at: start }) };
}

/** Without an entry in the history: back leads off the page, as it did. */
function pointTo(index: number): void {
  const words = new URLSearchParams(location.hash.slice(1));
  words.set('item', String(index + 1));
  words.delete('t');
  try {
    history.replaceState(history.state, '', `#${words}`);
  } catch {
    // A frame without an origin of its own has no address to write.
  }
}
