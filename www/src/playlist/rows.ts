// One row of the list: a button that plays it. The list is one stop for the Tab key; arrows move within.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { strings } from '../strings.ts';
import type { Item } from './items.ts';
import { playingTime } from './order.ts';

export interface Row {
  item: Item;
  index: number;
  current: boolean;
  playable: boolean;
  /** The one row that the Tab key reaches. */
  reachable: boolean;
  play(): void;
}

export function row({ item, index, current, playable, reachable, play }: Row): TemplateResult {
  const title = item.title || strings.untitled(index + 1);
  const seconds = playingTime(item);
  return html`
    <li>
      <button
        type="button"
        aria-current=${current ? 'true' : nothing}
        aria-disabled=${playable ? nothing : 'true'}
        tabindex=${reachable ? 0 : -1}
        @click=${playable ? play : nothing}
      >
        <span class="number">${current ? html`<i></i><i></i><i></i><span class="said">${strings.number(index + 1)}</span>` : strings.number(index + 1)}</span>
        <span class="thumb">${item.poster ? html`<img src=${item.poster} alt="" loading="lazy" decoding="async" />` : nothing}</span>
        <span class="words">
          <span class="title"><bdi>${title}</bdi></span>
          <span class="note" aria-hidden="true"><bdi>${note(item, playable, seconds)}</bdi></span>
          <span class="said">${playable ? (seconds === undefined ? '' : strings.spoken(seconds)) : strings.unavailable}</span>
        </span>
      </button>
    </li>
  `;
}

/** Moves the focus, not the choice. */
export function moveFocus(event: KeyboardEvent): void {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const last = buttons.length - 1;
  const to = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}

function note(item: Item, playable: boolean, seconds: number | undefined): string {
  if (!playable) return strings.unavailable;
  const part = item.start || item.stop !== undefined;
  const from = part ? `${strings.clock(item.start ?? 0)}–${item.stop === undefined ? '' : strings.clock(item.stop)}` : '';
  return [item.channel, seconds === undefined ? '' : strings.clock(seconds), from].filter(Boolean).join(' · ');
}
