// The buttons at the head of a list of several: a drawn order, the first after the last, a field to find one.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { type TemplateResult, html, nothing } from 'lit/html.js';
import { ROUND } from './deck.ts';
import * as icons from './tool-icons.ts';
import { words } from './words.ts';

/** Fewer need no field to find one. */
const FINDABLE = 8;

export interface Tooled {
  readonly shuffled: boolean;
  readonly isRound: boolean;
  readonly isFinding: boolean;
  find(): void;
}

export function tools(list: HTMLElement & { readonly items: readonly unknown[] }, { shuffled, isRound, isFinding, find }: Tooled): TemplateResult {
  const turn = () => (isRound ? list.removeAttribute('loop') : list.setAttribute('loop', ROUND));
  return html`
    ${tool('shuffle', words().shuffle, icons.shuffle, shuffled, () => list.toggleAttribute('shuffle'))}
    ${tool('round', words().round, icons.round, isRound, turn)}
    ${list.items.length > FINDABLE ? tool('find', words().find, icons.find, isFinding, find) : nothing}
  `;
}

function tool(name: string, label: string, picture: TemplateResult, pressed: boolean, press: () => void): TemplateResult {
  return html`<button type="button" class=${name} aria-pressed=${pressed} aria-label=${label} title=${label} @click=${press}>${picture}</button>`;
}
