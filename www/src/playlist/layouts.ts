// What a drawer and a shelf take that lists beside and below a player do without.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { type TemplateResult, html, nothing } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { strings } from '../strings.ts';
import type { Listed } from './listing.ts';
import { close } from '../player/late-icons.ts';
import { list as picture } from './tool-icons.ts';
import css from '../../styles/playlist/layouts.css' with { type: 'text' };

/** Its style; and what opens a drawer. */
export function dress(root: ShadowRoot, layout: string, { currentIndex, items }: Listed, name: string, isOpen: boolean, press: () => void): TemplateResult | undefined {
  adopt(root, css);
  if (layout !== 'drawer') return undefined;
  return html`
    <button type="button" class="opener" aria-expanded=${isOpen} aria-controls="list" aria-label=${name} title=${name} @click=${press}>
      ${isOpen ? close : picture}${isOpen || currentIndex < 0 ? nothing : html`<bdi aria-hidden="true">${strings.number(currentIndex + 1)} / ${strings.number(items.length)}</bdi>`}
    </button>
  `;
}
