// One row of the list: a button that plays it.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import * as icons from '../player/icons.ts';
import { strings } from '../strings.ts';
import type { Item } from './items.ts';
import { playingTime } from './order.ts';
import { words } from './words.ts';

export interface Row {
  item: Item;
  index: number;
  current: boolean;
  playable: boolean;
  /** How much of it the viewer has seen, from 0 to 1. */
  seen: number | undefined;
  /** The one row that the Tab key reaches. */
  reachable: boolean;
  /** Of how many, where not all of them are there to be counted. */
  of: number | undefined;
  /** Focused, and scrolled out of view. */
  astray: boolean;
  play(): void;
}

export function row({ item, index, current, playable, seen, reachable, of, astray, play }: Row): TemplateResult {
  const title = titleOf(item, index);
  const seconds = playingTime(item);
  return html`
    <li data-index=${index} class=${astray ? 'astray' : nothing} aria-setsize=${of ?? nothing} aria-posinset=${of === undefined ? nothing : index + 1}>
      <button
        type="button"
        aria-current=${current ? 'true' : nothing}
        aria-disabled=${playable ? nothing : 'true'}
        tabindex=${reachable ? 0 : -1}
        @click=${playable ? play : nothing}
      >
        <span class="number">${current ? html`${icons.play}<span class="said">${strings.number(index + 1)}</span>` : strings.number(index + 1)}</span>
        <span class="thumb">${item.poster ? html`<img src=${item.poster} alt="" loading="lazy" decoding="async" />` : nothing}${seen ? html`<progress class="seen" aria-hidden="true" .value=${seen}></progress>` : nothing}</span>
        <span class="words">
          <span class="title"><bdi>${title}</bdi></span>
          <span class="note" aria-hidden="true"><bdi>${note(item, playable, seconds)}</bdi></span>
          <span class="said">${playable ? [seconds === undefined ? '' : strings.spoken(seconds), seen ? words().watched(seen) : ''].filter(Boolean).join(', ') : strings.unavailable}</span>
        </span>
      </button>
    </li>
  `;
}

export function titleOf(item: Item | undefined, index: number): string {
  return item?.title || words().untitled(index + 1);
}

/** Scrolls the list, and nothing around it, as far as it takes. */
export function reveal(list: Element, row: Element): void {
  const [whole, part] = [list, row].map(element => element.getBoundingClientRect()) as [DOMRect, DOMRect];
  list.scrollTop += Math.min(0, part.top - whole.top) + Math.max(0, part.bottom - whole.bottom);
  list.scrollLeft += Math.min(0, part.left - whole.left) + Math.max(0, part.right - whole.right);
}

function note(item: Item, playable: boolean, seconds: number | undefined): string {
  if (!playable) return strings.unavailable;
  const part = item.start || item.stop !== undefined;
  const from = part ? `${strings.clock(item.start ?? 0)}–${item.stop === undefined ? '' : strings.clock(item.stop)}` : '';
  return [item.channel, seconds === undefined ? '' : strings.clock(seconds), from].filter(Boolean).join(' · ');
}
