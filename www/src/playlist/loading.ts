// Which list is it that an element names? One at an address, one of an instance, one that stands on the page.

import type { FaultError } from '../fault.ts';
import { shared } from '../shared.ts';
import { resolved } from '../video/source.ts';
import { type List, fault } from './items.ts';

/** Throws a `FaultError`. What the site does not show has no address left. */
export async function listOf(element: HTMLElement, signal: AbortSignal): Promise<List> {
  const found = await given(element, signal);
  const blocks = await shared.blocks;
  for (const item of blocks ? found.items : []) {
    const { src, peertube, owners = [] } = item;
    if (blocks!.bars([src ?? '', peertube ?? '', ...owners])) delete item.src, delete item.peertube;
  }
  return found;
}

async function given(element: HTMLElement, signal: AbortSignal): Promise<List> {
  const [src, peertube] = ['src', 'peertube'].map(name => element.getAttribute(name) ?? undefined);
  if (src !== undefined) return named(src, element, signal);
  if (peertube === undefined) {
    const { authoredList } = await import('./sources.ts');
    return authoredList(element) ?? { title: '', items: [] };
  }
  const { instanceList } = await import('../instance/list.ts');
  return instanceList(peertube, element.baseURI, signal);
}

/** What asks instances has a class of its own for it; what is no fault of anybody's we know is said as it is. */
export function faultOf(error: unknown): FaultError['fault'] {
  return (error as Partial<FaultError>).fault ?? fault('instance-unavailable', String(error)).fault;
}

async function named(src: string, element: HTMLElement, signal: AbortSignal): Promise<List> {
  const within = src.startsWith('#') ? (element.getRootNode() as Document).getElementById?.(src.slice(1)) : undefined;
  const url = within ? undefined : resolved(src, element.baseURI);
  if (!within && (!url || !/^https?:/.test(url))) throw fault('list-address', 'Its address is not http or https.', 'player');
  // Side by side with what reads it.
  const asked = url && fetch(url, { signal });
  if (asked) asked.catch(() => {});
  const { readAnswer, readList } = await import('./sources.ts');
  return asked ? readAnswer(asked, url, signal) : readList(within?.textContent ?? '', element.baseURI);
}
