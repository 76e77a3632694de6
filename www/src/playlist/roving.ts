// The list is one stop for the Tab key; within it arrows move the focus, not the choice, and letters lead to the title that
// begins with them (`typeahead.ts`).

import { strings } from '../strings.ts';

/**
 * The place that a key leads to from another, of so many; undefined where the key means nothing here. Where rows stand side
 * by side, arrows to the sides move too, as they point.
 */
export function destination({ key }: KeyboardEvent, at: number, count: number, isRow: boolean): number | undefined {
  const right = isRow ? (strings.dir === 'rtl' ? -1 : 1) : undefined;
  const by = { ArrowRight: right, ArrowLeft: right && -right, ArrowDown: 1, ArrowUp: -1, Home: -count, End: count }[key];
  return by === undefined ? undefined : Math.min(count - 1, Math.max(0, at + by));
}

export function isLetter({ key, ctrlKey, altKey, metaKey, isComposing }: KeyboardEvent): boolean {
  return key.trim().length === 1 && !ctrlKey && !altKey && !metaKey && !isComposing;
}
