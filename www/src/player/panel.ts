// The panel behind the badge: who helps whom, how much came from where, and the switch that ends it.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { readP2p } from '../video/attributes.ts';
import { words } from '../late-strings.ts';
import { chart } from './chart.ts';
import * as icons from './late-icons.ts';
import { lately } from './lately.ts';
import { Traffic } from './traffic.ts';
import type { View } from './view.ts';

const map = lately(() => import('./swarm-map.ts'), 'swarmMap');

export function sharingPanel(view: View): TemplateResult {
  const elsewhere = view.media.instanceVideo?.remoteHost;
  const isMap = view.page === 'map';
  const turn = () => {
    view.page = isMap ? '' : 'map';
    view.changed();
  };
  return html`
    <div class="popup panel" id="popup" role="dialog" aria-label=${words().panelTitle}>
      <div class="head">
        <h2>${words().panelTitle}</h2>
        <button type="button" class="button turn" aria-pressed=${isMap} aria-label=${words().swarmMap} title=${words().swarmMap} @click=${turn}>${icons.swarm}</button>
        <button type="button" class="button" aria-label=${words().close} @click=${() => view.closePopup()}>${icons.close}</button>
      </div>
      <p class="state">${stateText(view)}${elsewhere ? html` ${words().fromElsewhere(elsewhere)}` : nothing}</p>
      ${isMap ? map(view) : lastMinute(view)}
      ${consentSwitch(view)}
    </div>
  `;
}

function lastMinute(view: View): TemplateResult {
  const { stats } = view.media;
  const rows: [string, string, number][] = [
    ['p2p', words().fromPeers, stats.p2pBytes],
    ['http', words().fromServer, stats.httpBytes],
    ['up', words().toPeers, stats.uploadedBytes],
  ];
  return html`
    ${chart((view.traffic ??= new Traffic()), performance.now())}
    <dl>${rows.map(([name, label, bytes]) => html`<div class=${name}><dt>${label}</dt><dd>${words().bytes(bytes)}</dd></div>`)}</dl>
  `;
}

function consentSwitch(view: View): TemplateResult {
  const on = isAllowed(view);
  return html`
    <button type="button" class="switch" role="switch" aria-checked=${on} @click=${() => view.allowSharing(!on)}>
      <span>${words().share}</span><i></i>
    </button>
  `;
}

function stateText(view: View): string {
  const { stats, consent } = view.media;
  if (consent === false) return words().stopped;
  if (stats.sharing !== 'active' || stats.peers === 0) return words().sharing[stats.sharing];
  const all = stats.httpBytes + stats.p2pBytes;
  return words().sharedBy(stats.peers, all > 0 ? Math.round((100 * stats.p2pBytes) / all) : 0);
}

function isAllowed({ media }: View): boolean {
  return media.consent ?? readP2p(media) === 'on';
}
