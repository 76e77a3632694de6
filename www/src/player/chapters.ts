// Which chapters has a film, and which one is at a moment? Decided from what a page or an instance says: as text tracks have
// them, or as a list. What makes no sense in this film is left out.

export interface Chapter {
  /** Seconds. */
  start: number;
  /** May be empty: who shows it counts instead. */
  title: string;
}

/** More than anybody would scroll through. */
const MOST = 1000;
/** Whoever goes back this soon after a chapter's beginning wants the one before. */
const JUST_BEGUN_S = 3;

/** In order, within the film, and one at a time: of those that begin together the last one counts. A live has none. */
export function chaptersWithin(given: Iterable<Chapter>, duration: number): Chapter[] {
  const found = new Map<number, Chapter>();
  if (duration === Infinity) return [];
  for (const { start, title } of given) {
    if (found.size >= MOST) break;
    if (start >= 0 && start < duration) found.set(start, { start, title });
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** Index of the chapter at a moment; -1 before the first. */
export function chapterAt(chapters: readonly Chapter[], time: number): number {
  return lastBegun(chapters, ({ start }) => start, time);
}

/** Where "next" (1) and "previous" (-1) lead; undefined where there is no such chapter. */
export function neighbouring(chapters: readonly Chapter[], time: number, step: 1 | -1): number | undefined {
  const at = chapterAt(chapters, time);
  const back = time - (chapters[at]?.start ?? time) > JUST_BEGUN_S ? at : at - 1;
  return chapters[step > 0 ? at + 1 : back]?.start;
}

/** A chapter by its number, from 1, as a link has it. */
export function chapterNamed(chapters: readonly Chapter[], text: string): Chapter | undefined {
  return /^[1-9]\d{0,3}$/.test(text) ? chapters[Number(text) - 1] : undefined;
}

/** Index of the last that has begun, of a list in order; -1 where none has. */
export function lastBegun<T>(list: ArrayLike<T>, startOf: (item: T) => number, time: number): number {
  let [from, to] = [0, list.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (startOf(list[middle]!) <= time) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
