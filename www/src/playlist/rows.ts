// One row of the list: a button that plays it. The list is one stop for the Tab key; arrows move within.

import { type TemplateResult, html, nothing } from 'lit/html.js';
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
  play(): void;
}

export function row({ item, index, current, playable, seen, reachable, play }: Row): TemplateResult {
  const title = item.title || words().untitled(index + 1);
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

/** Letters in a row are one word. */
const WORD_MS = 800;
let typed = '';
let typedAt = -Infinity;

/** Moves the focus, not the choice: by arrows, and to the title that begins with what is typed. */
export function moveFocus(event: KeyboardEvent): void {
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  const last = buttons.length - 1;
  const { key, ctrlKey, altKey, metaKey } = event;
  const to = { ArrowDown: Math.min(last, at + 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: last }[key] ??
    (key.trim().length === 1 && !ctrlKey && !altKey && !metaKey ? titled(buttons, at, key) : undefined);
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}

/** The next from here on whose title begins so; another letter than the first seeks from where one is. */
function titled(buttons: HTMLButtonElement[], at: number, key: string): number | undefined {
  const now = performance.now();
  typed = now - typedAt > WORD_MS || typed === key ? key : typed + key;
  typedAt = now;
  const begins = new Intl.Collator(strings.lang, { sensitivity: 'base' });
  const from = typed.length === 1 ? at + 1 : at;
  for (let i = 0; i < buttons.length; i++) {
    const index = (from + i) % buttons.length;
    const title = buttons[index]?.querySelector('.title')?.textContent?.trim() ?? '';
    if (begins.compare(title.slice(0, typed.length), typed) === 0) return index;
  }
  return undefined;
}

function note(item: Item, playable: boolean, seconds: number | undefined): string {
  if (!playable) return strings.unavailable;
  const part = item.start || item.stop !== undefined;
  const from = part ? `${strings.clock(item.start ?? 0)}–${item.stop === undefined ? '' : strings.clock(item.stop)}` : '';
  return [item.channel, seconds === undefined ? '' : strings.clock(seconds), from].filter(Boolean).join(' · ');
}
