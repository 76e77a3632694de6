// What a list adds to its player: what is before and after, by buttons and keys, and, where the page wants viewers to have a
// moment to say no, what comes next (`card.ts`).

import { type TemplateResult, html } from 'lit/html.js';
import type { Addition } from '../player/additions.ts';
import type { View } from '../player/view.ts';
import * as icons from './icons.ts';
import { words } from './words.ts';

/** The list, as far as its player needs to know it. */
export interface Beside {
  /** The title of what is next or before; undefined where nothing is. */
  beside(step: 1 | -1): string | undefined;
  go(step: 1 | -1): void;
  /** What comes next, while it is counted down. */
  card(view: View): unknown;
}

export function beside(owner: HTMLElement, list: Beside): Addition {
  const button = (step: 1 | -1, label: string, picture: TemplateResult) => {
    const title = list.beside(step);
    return html`
      <button type="button" class="button beside" aria-label=${label} title=${title ? `${label}: ${title}` : label} ?disabled=${title === undefined} @click=${() => list.go(step)}>
        ${picture}
      </button>
    `;
  };
  return {
    owner,
    before: () => button(-1, words().previous, icons.previous),
    after: () => button(1, words().next, icons.next),
    layer: view => list.card(view),
    step: step => (list.beside(step) === undefined ? undefined : () => list.go(step)),
    press: (key, { shiftKey }) => {
      const step = shiftKey ? ({ n: 1, p: -1 } as const)[key] : undefined;
      return step && (() => list.go(step));
    },
  };
}
