// Which messages are there, and how are they shipped? Those of the English table, in its order, then those of faults. Names
// are a quarter of a locale, and every build knows them anyway: so `build.mjs` ships the texts alone (`bare`), in this order,
// and here they get their names back (`named`). What is said by what is opened on purpose is shipped apart (`more-ids.ts`).

import { english } from '../late-strings.ts';
import { faultMessages } from './faults.ts';
import { variablesOf } from './variables.ts';

/** Before each text; no text has it. */
const MARK = '\n=';

export function messageIds(): string[] {
  return [...idsOf(english), ...faultMessages()];
}

/** Of a Fluent resource without terms and attributes: the texts. */
export function bare(resource: string, ids = messageIds()): string {
  const lines = resource.replace(/^(#.*)?\n/gm, '');
  const texts = new Map(lines.split(/^(?=[\w-]+ =)/m).map(message => [/^[\w-]*/.exec(message)![0], message.replace(/^[\w-]+ = ?/, '').trimEnd()]));
  return ids.map(id => texts.get(id) ?? '').join(MARK);
}

/** A Fluent resource again; what has no text is left out. */
export function named(texts: string, ids = messageIds()): string {
  return texts.split(MARK).map((text, i) => (text ? `${ids[i]} =${text}\n` : '')).join('');
}

const SENTENCES = variablesOf(english);

/** In the order in which they are shipped. */
export function idsOf(table: object): string[] {
  return Object.entries(table).flatMap(([id, value]) => idsIn(id, value));
}

function idsIn(id: string, value: unknown): string[] {
  if (typeof value === 'string') return id === 'lang' || id === 'dir' ? [] : [id];
  if (typeof value === 'function') return id in SENTENCES ? [id] : [];
  return Object.entries(value as object).flatMap(([name, word]) => idsIn(`${id}-${name}`, word));
}
