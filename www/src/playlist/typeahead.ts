// Letters lead to the title that begins with them.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { strings } from '../strings.ts';

/** Letters in a row are one word. */
const WORD_MS = 800;
let typed = '';
let typedAt = -Infinity;

/** The next from here on whose title begins so; another letter than the first seeks from where one is. */
export function titled(at: number, count: number, titleAt: (place: number) => string, key: string): number | undefined {
  const now = performance.now();
  typed = now - typedAt > WORD_MS || typed === key ? key : typed + key;
  typedAt = now;
  const begins = new Intl.Collator(strings.lang, { sensitivity: 'base' });
  const from = typed.length === 1 ? at + 1 : at;
  for (let i = 0; i < count; i++) {
    const place = (from + i) % count;
    if (begins.compare(titleAt(place).slice(0, typed.length), typed) === 0) return place;
  }
  return undefined;
}
