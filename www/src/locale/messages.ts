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
  const bundle = new FluentBundle(tag);
  bundle.addResource(new FluentResource(resource));
  /** Undefined where the locale has no such message, or it asks for what is not given. */
  const say = (id: string, variables: Record<string, string | number> = {}): string | undefined => {
    const pattern = bundle.getMessage(id)?.value;
    const errors: Error[] = [];
    const said = pattern ? bundle.formatPattern(pattern, variables, errors) : undefined;
    return errors.length === 0 ? said : undefined;
  };

  const formats = formatsOf(tag);
  const sentences = Object.entries<(...args: never[]) => Record<string, string | number>>(variablesOf(formats)).map(([id, variables]) => {
    const spoken = english[id as keyof Strings] as (...args: never[]) => string;
    return [id, (...args: never[]) => say(id, variables(...args)) ?? spoken(...args)];
  });
  /** Tables within the table, and lists, are gone through to their words. */
  const worded = (id: string, value: unknown): unknown => {
    if (typeof value === 'string') return say(id) ?? value;
    if (Array.isArray(value)) return value.map((word: unknown, i) => worded(`${id}-${i}`, word));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, word]) => [name, worded(`${id}-${name}`, word)]));
  };
  const words = Object.entries(english).map(([id, value]) => [id, worded(id, value)] as const);
  const fault = (fault: Fault): string[] => {
    const [sentence, hint] = TOLD[fault.name] ?? [];
    const said = sentence && say(`fault-${sentence}`);
    return said ? [said, (hint && say(`hint-${hint}`)) ?? ''] : english.fault(fault);
  };
  // Key by key what English has, so it is of its shape.
  return { ...Object.fromEntries([...words, ...sentences]), ...formats, fault, lang: tag, dir: direction(tag) } as Strings;
}
