// What only a list of several has: the buttons at its head (a drawn order, the first after the last, a field to find one), and
// a next one to make ready (`ahead.ts`).

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { type TemplateResult, html, nothing } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { attend } from './ahead.ts';
import { ROUND } from './deck.ts';
import type { Listing } from './listing.ts';
import type { Playing } from './playing.ts';
import * as icons from './tool-icons.ts';
import { words } from './words.ts';
import css from '../../styles/playlist/tools.css' with { type: 'text' };

/** Fewer need no field to find one. */
const FINDABLE = 8;

export function tools(list: HTMLElement, playing: Playing, listing: Listing): TemplateResult {
  const { isRound } = playing;
  adopt(list.shadowRoot!, css);
  attend(list, playing);
  const turn = () => (isRound ? list.removeAttribute('loop') : list.setAttribute('loop', ROUND));
  return html`
    ${tool('shuffle', words().shuffle, icons.shuffle, playing.order.shuffled, () => list.toggleAttribute('shuffle'))}
    ${tool('round', words().round, icons.round, isRound, turn)}
    ${playing.list.items.length > FINDABLE ? tool('find', words().find, icons.find, listing.isFinding, () => listing.find()) : nothing}
  `;
}

function tool(name: string, label: string, picture: TemplateResult, pressed: boolean, press: () => void): TemplateResult {
  return html`<button type="button" class=${name} aria-pressed=${pressed} aria-label=${label} title=${label} @click=${press}>${picture}</button>`;
}
