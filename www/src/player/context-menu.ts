// The menu of the picture: what people look for behind the right mouse button. What it copies it says in the place of what
// was chosen, and where the page may not copy the dialog opens with the text selected.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { words } from '../late-strings.ts';
import { copy } from './clipboard.ts';
import * as icons from './late-icons.ts';
import { move } from './menu.ts';
import { type Field, openAt, textNow } from './share-dialog.ts';
import { type View, isLive } from './view.ts';
import css from '../../styles/player/share.css' with { type: 'text' };

/** Long enough to be read. */
const SAID_MS = 900;

const copied = new WeakMap<View, string>();

export function context(view: View): TemplateResult {
  const { host, media } = view;
  adopt(host.shadowRoot!, css);
  const seconds = Math.floor(media.currentTime);
  const done = copied.get(view);
  const item = (name: string, label: string, take: () => void) => html`
    <button type="button" role="menuitem" tabindex="-1" ?data-done=${done === name} @click=${take}>
      ${icons.check}<bdi>${done === name ? words().copied : label}</bdi>
    </button>
  `;
  const copying = (name: string, label: string, field: Field, fromMoment = false) =>
    textNow(view, field, fromMoment) === undefined ? nothing : item(name, label, () => void take(view, name, field, fromMoment));
  const loop = () => {
    host.toggleAttribute('loop');
    view.closePopup();
  };
  return html`
    <div class="popup menu context" id="popup">
      <div role="menu" aria-label=${words().pictureMenu} @keydown=${move}>
        ${isLive(media)
          ? nothing
          : html`
              <button type="button" role="menuitemcheckbox" aria-checked=${media.loop} tabindex="-1" @click=${loop}>
                ${icons.check}<bdi>${words().loop}</bdi>
              </button>
            `}
        ${copying('link', words().copyLink, 'link')}
        ${isLive(media) || seconds < 1 ? nothing : copying('moment', words().copyLinkAt(words().clock(seconds)), 'link', true)}
        ${copying('frame', words().copyEmbed, 'frame')}
        ${item('share', words().shareMore, () => view.toggle('share'))}
      </div>
      <p class="said" role="status">${done ? words().copied : nothing}</p>
    </div>
  `;
}

async function take(view: View, name: string, field: Field, fromMoment: boolean): Promise<void> {
  const text = textNow(view, field, fromMoment);
  if (text === undefined) return;
  if (!(await copy(text))) return openAt(view, field, fromMoment);
  copied.set(view, name);
  view.changed();
  setTimeout(() => {
    copied.delete(view);
    if (view.popup === 'context') view.closePopup();
  }, SAID_MS);
}
