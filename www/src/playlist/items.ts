// What is on the list? Our JSON (`fetched.ts`), authored `<li><a>` (`authored.ts`), feeds (`feeds/`) and the lists of instances
// become the same items.

import { type Fault, FaultError } from '../fault.ts';

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
  /** Whose it is, for those who show nothing of theirs: `name@host`. */
  owners?: string[];
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

export function fault(name: string, message: string, culprit: Fault['culprit'] = 'origin'): FaultError {
  return new FaultError({ culprit, code: 4, name, message, tried: '' });
}
