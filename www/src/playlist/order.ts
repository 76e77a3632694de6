// What plays next? The nearest item in that direction that can be played, whatever lies between: as the list stands, or as it
// was shuffled. A shuffled order is drawn once, so that going back leads to what was played before.

import type { Item } from './items.ts';

export class Order {
  #sequence: number[] = [];
  shuffled = false;

  /** Of so many items, as they stand. */
  straight(length: number): void {
    this.shuffled = false;
    this.#sequence = Array.from({ length }, (_, index) => index);
  }

  /** As it was drawn (`shuffle.ts`). */
  shuffle(drawn: number[]): void {
    this.#sequence = drawn;
    this.shuffled = true;
  }

  /** A viewer has picked one out of turn: what was played before is what leads back. */
  picked(index: number, current: number): void {
    if (!this.shuffled || index === current) return;
    const others = this.#sequence.filter(other => other !== index);
    others.splice(others.indexOf(current) + 1, 0, index);
    this.#sequence = others;
  }

  /** Index of the next playable item after `from` in steps of `step`, or -1; with `round` the first follows the last. */
  beside(from: number, step: 1 | -1, isPlayable: (index: number) => boolean, round = false): number {
    const { length } = this.#sequence;
    const place = from < 0 ? (step > 0 ? -1 : length) : this.#sequence.indexOf(from);
    for (let far = 1; far <= length; far++) {
      const beyond = place + step * far;
      const index = this.#sequence[round ? (beyond + length) % length : beyond];
      if (index !== undefined && isPlayable(index)) return index;
    }
    return -1;
  }
}

export function isPlayable(item: Item | undefined, failed: ReadonlySet<Item>): item is Item {
  return item !== undefined && (item.src ?? item.peertube) !== undefined && !failed.has(item);
}

/** What an item will take of a viewer's time, or undefined. */
export function playingTime({ duration, start = 0, stop }: Item): number | undefined {
  const end = stop ?? duration;
  return end === undefined ? undefined : Math.max(0, end - start);
}
