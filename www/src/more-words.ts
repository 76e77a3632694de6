// All words there are, for what is opened on purpose: those of the element, and `more-strings.ts` in its language.

import { type Strings, words } from './late-strings.ts';
import { type More, more } from './more-strings.ts';

const tables = new WeakMap<Strings, Strings & More>();

/** All words of the element that is being drawn, these too: in English until those of its language are here. */
export function moreWords(changed: () => void): Strings & More {
  const table = words();
  const known = tables.get(table);
  if (known) return known;
  const all = Object.assign(Object.create(table) as Strings, more);
  tables.set(table, all);
  if (!/^en\b/.test(table.lang)) {
    import('./locale/more.ts').then(({ learn }) => learn(table.lang)).then(
      learnt => {
        Object.assign(all, learnt);
        changed();
      },
      () => {},
    );
  }
  return all;
}
