// What a viewer is told about the others, and may decide: the badge in the bar, the panel it opens, and the
// question that stands before any peer is contacted.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { readP2p } from '../video/attributes.ts';
import { strings } from '../strings.ts';
import { chart } from './chart.ts';
import * as icons from './icons.ts';
import { popupButton } from './menu.ts';
import type { View } from './view.ts';

/** Shown where the page offers sharing at all; whether it happens is what it tells. */
export function badge(view: View): TemplateResult | typeof nothing {
  const { media } = view;
  if (!isOffered(view)) return nothing;
  const { peers, sharing } = media.stats;
  const connected = sharing === 'active' && peers > 0;
  const picture = html`<span class="badge" ?data-connected=${connected}>${icons.fish}${connected ? html`<b>${peers}</b>` : nothing}</span>`;
  return popupButton(view, 'sharing', strings.peersNow(connected ? peers : 0), picture, 'dialog');
}

export function sharingPanel(view: View): TemplateResult {
  const { stats } = view.media;
  const rows: [string, string, number][] = [
    ['p2p', strings.fromPeers, stats.p2pBytes],
    ['http', strings.fromServer, stats.httpBytes],
    ['up', strings.toPeers, stats.uploadedBytes],
  ];
  return html`
    <div class="popup panel" id="popup" role="dialog" aria-label=${strings.panelTitle}>
      <div class="head">
        <h2>${strings.panelTitle}</h2>
        <button type="button" class="button" aria-label=${strings.close} @click=${() => view.closePopup()}>${icons.close}</button>
      </div>
      <p class="state">${stateText(view)}</p>
      ${chart(view.traffic, performance.now())}
      <dl>
        ${rows.map(([name, label, bytes]) => html`<div class=${name}><dt>${label}</dt><dd dir="ltr">${strings.bytes(bytes)}</dd></div>`)}
      </dl>
      ${consentSwitch(view)}
    </div>
  `;
}

export function consentQuestion(view: View): TemplateResult {
  const answer = (allowed: boolean) => () => view.handBackFocus(() => view.allowSharing(allowed));
  return html`
    <div class="question" role="group" aria-label=${strings.consentTitle}>
      <span class="fish">${icons.fish}</span>
      <p><b>${strings.consentTitle}</b> <span>${strings.consentText}</span></p>
      <span class="answers">
        <button type="button" class="primary" @click=${answer(true)}>${strings.allow}</button>
        <button type="button" class="plain" @click=${answer(false)}>${strings.notNow}</button>
      </span>
    </div>
  `;
}

function consentSwitch(view: View): TemplateResult | typeof nothing {
  const on = isAllowed(view);
  return html`
    <button type="button" class="switch" role="switch" aria-checked=${on} @click=${() => view.allowSharing(!on)}>
      <span>${strings.share}</span><i></i>
    </button>
  `;
}

function stateText(view: View): string {
  const { stats, consent } = view.media;
  if (consent === false) return strings.stopped;
  if (stats.sharing !== 'active' || stats.peers === 0) return strings.sharing[stats.sharing];
  const all = stats.httpBytes + stats.p2pBytes;
  return strings.sharedBy(stats.peers, all > 0 ? Math.round((100 * stats.p2pBytes) / all) : 0);
}

function isAllowed({ media }: View): boolean {
  return media.consent ?? readP2p(media) === 'on';
}

function isOffered({ media }: View): boolean {
  return readP2p(media) !== 'off' && media.hasAttribute('trackers') && media.currentSrc !== '';
}
