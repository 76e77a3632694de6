// A table of words made of a Fluent resource and of `Intl`. What a locale lacks is said in English: a sentence in the wrong
// language tells more than none.

import { FluentBundle, FluentResource } from '@fluent/bundle';
import type { Fault } from '../fault.ts';
import { type Strings, en } from '../strings.ts';
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
    const english = en[id as keyof Strings] as (...args: never[]) => string;
    return [id, (...args: never[]) => say(id, variables(...args)) ?? english(...args)];
  });
  const words = Object.entries(en).flatMap(([id, value]): [string, unknown][] => {
    if (typeof value === 'string') return [[id, say(id) ?? value]];
    if (typeof value === 'function') return [];
    return [[id, Object.fromEntries(Object.entries(value).map(([name, word]) => [name, say(`${id}-${name}`) ?? word]))]];
  });
  const fault = (fault: Fault): string[] => {
    const [sentence, hint] = TOLD[fault.name] ?? [];
    const said = sentence && say(`fault-${sentence}`);
    return said ? [said, (hint && say(`hint-${hint}`)) ?? ''] : en.fault(fault);
  };
  // Key by key what English has, so it is of its shape.
  return { ...Object.fromEntries([...words, ...sentences]), ...formats, fault, lang: tag, dir: direction(tag) } as Strings;
}
