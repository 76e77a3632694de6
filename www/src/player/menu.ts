// A menu of choices, one of which is taken, or of places, at one of which playback is: buttons with the roles and keys of a
// menu (ARIA Authoring Practices, "Menu Button"). Up and Down move, Enter takes, Escape and a step outside close.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import * as icons from './icons.ts';
import type { Popup, View } from './view.ts';

export interface Choice {
  label: string;
  /** Said smaller, after the label. */
  note?: string;
  taken: boolean;
  take(): void;
}

export function menu(view: View, popup: Popup, title: string, choices: Choice[], places = false): TemplateResult {
  const take = (choice: Choice) => {
    choice.take();
    view.closePopup();
  };
  return html`
    <div class="popup menu" id="popup" role="menu" aria-labelledby="${popup}-button" @keydown=${move}>
      <p class="title" aria-hidden="true">${title}</p>
      ${choices.map(
        choice => html`
          <button
            type="button"
            role=${places ? 'menuitem' : 'menuitemradio'}
            aria-checked=${places ? nothing : choice.taken}
            aria-current=${places && choice.taken ? 'true' : nothing}
            tabindex="-1"
            @click=${() => take(choice)}
          >
            ${icons.check}<bdi>${choice.label}</bdi>${choice.note ? html`<small>${choice.note}</small>` : nothing}
          </button>
        `,
      )}
    </div>
  `;
}

/** By arrows, within a menu. */
export function move(event: KeyboardEvent): void {
  const list = event.currentTarget as HTMLElement;
  const items = [...list.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = items.indexOf(event.target as HTMLElement);
  const last = items.length - 1;
  const to = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[event.key];
  if (to === undefined) return;
  // The player's own keys (volume, beginning, end) mean something else here.
  event.preventDefault();
  event.stopPropagation();
  items[to]?.focus();
}
