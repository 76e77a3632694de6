// A table of words made of a Fluent resource and of `Intl`. What a locale lacks is said in English: a sentence in the wrong
// language tells more than none.

import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Fault } from '../fault.ts';
import { type Strings, english } from '../late-strings.ts';
import { direction } from './choose.ts';
import { TOLD } from './faults.ts';
import { formatsOf } from './formats.ts';
import { variablesOf } from './variables.ts';

export function tableOf(tag: string, resource: string): Strings {
  const say = speaker(tag, resource);
  const fault = (fault: Fault): string[] => {
    const [sentence, hint] = TOLD[fault.name] ?? [];
    const said = sentence && say(`fault-${sentence}`);
    return said ? [said, (hint && say(`hint-${hint}`)) ?? ''] : english.fault(fault);
  };
  return { ...wordedBy(say, tag, english), ...formatsOf(tag), fault, lang: tag, dir: direction(tag) };
}

/** A table of the shape of an English one. */
export function worded<Table extends object>(tag: string, resource: string, table: Table): Table {
  return wordedBy(speaker(tag, resource), tag, table);
}

/** Undefined where the locale has no such message, or it asks for what is not given. */
type Say = (id: string, variables?: Record<string, string | number>) => string | undefined;

function speaker(tag: string, resource: string): Say {
  const bundle = new FluentBundle(tag);
  bundle.addResource(new FluentResource(resource));
  return (id, variables = {}) => {
    const pattern = bundle.getMessage(id)?.value;
    const errors: Error[] = [];
    const said = pattern ? bundle.formatPattern(pattern, variables, errors) : undefined;
    return errors.length === 0 ? said : undefined;
  };
}

function wordedBy<Table extends object>(say: Say, tag: string, table: Table): Table {
  const variables = variablesOf(formatsOf(tag)) as Record<string, (...args: never[]) => Record<string, string | number>>;
  /** Tables within the table, and lists, are gone through to their words; sentences, to their gaps. */
  const worded = (id: string, value: unknown): unknown => {
    if (typeof value === 'string') return say(id) ?? value;
    if (Array.isArray(value)) return value.map((word: unknown, i) => worded(`${id}-${i}`, word));
    if (typeof value === 'function') {
      const [gaps, spoken] = [variables[id], value as (...args: never[]) => string];
      return gaps ? (...args: never[]) => say(id, gaps(...args)) ?? spoken(...args) : value;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, word]) => [name, worded(`${id}-${name}`, word)]));
  };
  // Key by key what English has, so it is of its shape.
  return Object.fromEntries(Object.entries(table).map(([id, value]) => [id, worded(id, value)])) as Table;
}
