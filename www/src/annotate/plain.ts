// A note without marks is written as it will be read: `a < b`, over several lines. Which HTML is such a text?

import { escaped } from '../plugins/annotations/format.ts';

export function fromPlain(text: string): string {
  return escaped(text).replaceAll('\n', '<br>\n');
}

/** Undefined where there is more in it than a text. */
export function toPlain(html: string): string | undefined {
  const text = html.replaceAll('<br>\n', '\n').replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name]!);
  return fromPlain(text) === html ? text : undefined;
}
