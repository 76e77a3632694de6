// The list of all keys.

import { type TemplateResult, html } from 'lit/html.js';
import { moreWords } from '../more-words.ts';
import { adopt } from '../sheets.ts';
import * as icons from './late-icons.ts';
import { type View, isLive } from './view.ts';
import css from '../../styles/player/keys.css' with { type: 'text' };

export function keyList(view: View): TemplateResult {
  const words = moreWords(view.changed);
  adopt(view.host.shadowRoot!, css);
  const live = isLive(view.media);
  const { does } = words;
  const rows: [string[], string][] = [
    [['Space', 'K'], does.play],
    [['←', '→'], does.short],
    [['J', 'L'], does.long],
    [['↑', '↓'], does.volume],
    [['M'], does.mute],
    [['C'], does.captions],
    [['F'], does.fullscreen],
    [['I'], does.pip],
    [['T'], does.theatre],
    [['0', '9'], does.tenths],
    [['Home', 'End'], does.ends],
    ...(live ? [] : ([[['<', '>'], does.speed], [[',', '.'], does.frame]] satisfies [string[], string][])),
    [['Ctrl ←', 'Ctrl →'], does.chapter],
    [['Shift P', 'Shift N'], does.item],
    [['?'], does.help],
  ];
  return html`
    <div class="popup keys" id="popup" role="dialog" aria-label=${words.keys}>
      <div class="head">
        <h2>${words.keys}</h2>
        <button type="button" class="button" aria-label=${words.close} @click=${() => view.closePopup()}>${icons.close}</button>
      </div>
      <div class="list" tabindex="0" role="group" aria-label=${words.keys}><dl>
        ${rows.map(([keys, what]) => html`<div><dt dir="ltr">${keys.map(key => html`<kbd>${key}</kbd>`)}</dt><dd>${what}</dd></div>`)}
      </dl></div>
    </div>
  `;
}
