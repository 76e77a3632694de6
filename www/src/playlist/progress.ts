// How far has a viewer come in each item? Kept in the viewer's own browser and told to nobody, so that a list shows what was
// seen, and an item goes on where it was left. What was hardly begun begins anew, and so does what was seen to its end.

import { recall, remember } from '../memory.ts';
import type { Item } from './items.ts';

/** Those that were seen last. */
const MOST_KEPT = 200;
/** Less than this is no beginning, and what is left when credits roll is no rest; in seconds. */
const EDGE_S = 10;
const KEY = 'progress';

/** Where to go on, in seconds; and of the whole, from 0 to 1. */
export interface Progress {
  at: number;
  share: number;
}

type Kept = [name: string, progress: Progress];

export class Progresses {
  #kept: Map<string, Progress> | undefined;

  /** @param isKept whether the page lets anything be remembered */
  constructor(private readonly isKept: () => boolean) {}

  of(item: Item): Progress | undefined {
    return this.isKept() ? (this.#kept ??= read()).get(nameOf(item)) : undefined;
  }

  /** Whether that changed what a list shows of it. */
  note(item: Item, time: number, duration: number): boolean {
    // A live has no end to come to.
    if (!this.isKept() || !Number.isFinite(duration) || duration <= 0) return false;
    const from = item.start ?? 0;
    const end = Math.min(item.stop ?? duration, duration);
    if (time < from + Math.min(EDGE_S, (end - from) / 10)) return false;
    const seen = time > end - Math.min(EDGE_S, (end - from) / 10);
    const share = seen ? 1 : (time - from) / (end - from);
    const name = nameOf(item);
    const before = this.of(item)?.share ?? 0;
    // Another list, or another tab, may have noted something since.
    const kept = (this.#kept = read());
    // The last is the one that is kept longest.
    kept.delete(name);
    kept.set(name, { at: Math.round(seen ? from : time), share });
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    remember(KEY, JSON.stringify([...kept]));
    return Math.abs(share - before) >= 0.01;
  }
}

/** Two parts of one film are two items. */
function nameOf({ src, peertube, start, stop }: Item): string {
  const part = start === undefined && stop === undefined ? '' : `#t=${start ?? ''},${stop ?? ''}`;
  return `${src ?? peertube}${part}`;
}

/** What another script may have written there is no progress. */
function read(): Map<string, Progress> {
  try {
    const kept = JSON.parse(recall(KEY)!) as unknown[];
    return new Map(kept.filter(isKept).slice(-MOST_KEPT));
  } catch {
    return new Map();
  }
}

function isKept(value: unknown): value is Kept {
  const [name, progress] = value as Partial<Kept>;
  return typeof name === 'string' && [progress?.at, progress?.share].every(Number.isFinite) && progress!.share <= 1;
}
