// A menu: choices, one of which is taken; places, at one of which playback is; what leads on to another page. Buttons with the
// roles and keys of a menu (ARIA Authoring Practices, "Menu Button"): Up and Down move, Enter takes, Left leads back, Escape and
// a step outside close.

import { type TemplateResult, html, nothing, svg } from 'lit/html.js';
import { strings } from '../strings.ts';
import { icon } from './icons.ts';
import { check } from './late-icons.ts';
import type { Popup, View } from './view.ts';

export interface Choice {
  label: string;
  /** Said smaller, after the label: of what leads on, what it is set to. */
  note?: string;
  /** One of several, which this one is or is not. */
  taken?: boolean;
  /** On or off by itself, not one of several. */
  box?: boolean;
  /** Another page opens, and the menu stays. */
  leads?: boolean;
  take(): void;
}

interface Kind {
  /** Places, not choices. */
  places?: boolean;
  /** To the page before, and what leads there is called. */
  back?: { label: string; go(): void };
}

const ahead = icon(svg`<path d="m9.5 6.5 5.5 5.5-5.5 5.5" />`);

export function menu(view: View, popup: Popup, title: string, choices: Choice[], { places, back }: Kind = {}): TemplateResult {
  const take = (choice: Choice) => {
    choice.take();
    if (!choice.leads) view.closePopup();
  };
  const taken = (choice: Choice) => choice.taken ?? false;
  return html`
    <div class="popup menu" id="popup" role="menu" aria-labelledby=${back ? nothing : `${popup}-button`} aria-label=${back ? title : nothing} @keydown=${(event: KeyboardEvent) => turn(event, back)}>
      ${back
        ? html`<button type="button" class="back" role="menuitem" tabindex="-1" aria-label="${back.label}: ${title}" @click=${() => back.go()}>${ahead}<bdi>${title}</bdi></button>`
        : html`<p class="title" aria-hidden="true">${title}</p>`}
      ${choices.map(
        choice => html`
          <button
            type="button"
            role=${places || choice.taken === undefined ? 'menuitem' : choice.box ? 'menuitemcheckbox' : 'menuitemradio'}
            aria-checked=${places || choice.taken === undefined ? nothing : taken(choice)}
            aria-current=${places && taken(choice) ? 'true' : nothing}
            aria-haspopup=${choice.leads ? 'menu' : nothing}
            tabindex="-1"
            @click=${() => take(choice)}
          >
            ${choice.taken === undefined && !places ? nothing : check}<bdi>${choice.label}</bdi>${choice.note ? html`<small>${choice.note}</small>` : nothing}${choice.leads ? ahead : nothing}
          </button>
        `,
      )}
    </div>
  `;
}

/** To the sides, where there are pages. */
function turn(event: KeyboardEvent, back: Kind['back']): void {
  const [forth, home] = strings.dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  const leads = (event.target as Element).getAttribute('aria-haspopup') === 'menu';
  if (event.key === home && back) back.go();
  else if (event.key === forth && leads) (event.target as HTMLElement).click();
  else return move(event);
  event.preventDefault();
  event.stopPropagation();
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
