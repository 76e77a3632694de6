// What an author has written for each video is kept in the browser, and for as long as the page lives where nothing may be kept or
// there is no room: then it says so, for whoever leaves would lose it. Nothing is thrown out to make room for something else.

import { ALIGNS, MOST_HTML, MOST_NOTES, type Note } from '../plugins/annotations/format.ts';

const WORK = 'sprat:annotate:work:';
const LAST = 'sprat:annotate:last';

export class Store {
  /** Whether all of it was kept, the last time. */
  keeps = true;
  readonly #memory = new Map<string, string>();

  /** The video that was open last. */
  get last(): string | null {
    return this.#read(LAST);
  }

  set last(address: string) {
    this.#write(LAST, address);
  }

  read(address: string): Note[] {
    return sound(this.#read(WORK + address));
  }

  write(address: string, notes: readonly Note[]): void {
    const text = JSON.stringify(notes);
    if (notes.length === 0 && this.#read(WORK + address) === null) return;
    this.#write(WORK + address, text);
  }

  /** What another window has written for this video. */
  hear(address: () => string, take: (notes: Note[]) => void): void {
    addEventListener('storage', ({ key, newValue }) => {
      if (key === WORK + address() && newValue !== null) take(sound(newValue));
    });
  }

  /** The page's own memory knows better: it is written where the browser's could not be. */
  #read(key: string): string | null {
    const here = this.#memory.get(key);
    if (here !== undefined) return here;
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  #write(key: string, value: string): void {
    try {
      localStorage.setItem(key, value);
      this.#memory.delete(key);
      this.keeps = true;
    } catch {
      this.#memory.set(key, value);
      this.keeps = false;
    }
  }
}

/** What was kept may be of another version, or damaged: a note without text is one that was begun. */
function sound(text: string | null): Note[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '[]');
  } catch {
    kept = [];
  }
  const isTime = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
  return (Array.isArray(kept) ? kept : []).slice(0, MOST_NOTES).flatMap((one: Partial<Note> | null) => {
    const { start, end, align, pause, html } = one ?? {};
    if (!isTime(start) || typeof html !== 'string') return [];
    const ends = isTime(end) && end! > start! ? { end: end! } : {};
    return [{ start: start!, ...ends, align: ALIGNS.find(known => known === align) ?? 'top-right', pause: pause === true, html: html.slice(0, MOST_HTML) }];
  });
}
