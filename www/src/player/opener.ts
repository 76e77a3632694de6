// The button of the bar that opens a popup. What it opens is fetched when it is first pressed.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { Popup, View } from './view.ts';

export function popupButton(view: View, popup: Popup, label: string, picture: unknown, kind: 'menu' | 'dialog' = 'menu'): TemplateResult {
  const open = view.popup === popup;
  return html`
    <button
      type="button"
      class="button ${popup}"
      id="${popup}-button"
      aria-label=${label}
      title=${label}
      aria-haspopup=${kind}
      aria-expanded=${open}
      aria-controls=${open ? 'popup' : nothing}
      @click=${() => view.toggle(popup)}
    >
      ${picture}
    </button>
  `;
}
