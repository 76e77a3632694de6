// What plays next? The nearest item in that direction that can be played, whatever lies between.

import type { Item } from './items.ts';

/** Index of the next playable item after `from` in steps of `step`, or -1; with `round` the first follows the last. */
export function neighbour(items: readonly Item[], failed: ReadonlySet<Item>, from: number, step: 1 | -1, round = false): number {
  const { length } = items;
  for (let far = 1; far <= length; far++) {
    const beyond = from + step * far;
    const index = round ? (beyond + length) % length : beyond;
    const item = items[index];
    if (item && isPlayable(item, failed)) return index;
  }
  return -1;
}

export function isPlayable(item: Item, failed: ReadonlySet<Item>): boolean {
  return (item.src ?? item.peertube) !== undefined && !failed.has(item);
}

/** What an item will take of a viewer's time, or undefined. */
export function playingTime({ duration, start = 0, stop }: Item): number | undefined {
  const end = stop ?? duration;
  return end === undefined ? undefined : Math.max(0, end - start);
}
