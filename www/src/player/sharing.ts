// What a viewer is told about the others before anything is opened: the badge in the bar, and the question that
// stands before any peer is contacted.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { readP2p } from '../video/attributes.ts';
import { strings } from '../strings.ts';
import * as icons from './icons.ts';
import { popupButton } from './opener.ts';
import type { View } from './view.ts';

/** Shown where the page offers sharing at all; whether it happens is what it tells. */
export function badge(view: View): TemplateResult | typeof nothing {
  const { media } = view;
  if (!isOffered(view)) return nothing;
  const { peers, sharing } = media.stats;
  const connected = sharing === 'active' && peers > 0;
  const picture = html`<span class="badge" ?data-connected=${connected}>${icons.fish}${connected ? html`<b>${strings.number(peers)}</b>` : nothing}</span>`;
  return popupButton(view, 'sharing', strings.peersNow(connected ? peers : 0), picture, 'dialog');
}

/** What the page has to say beside our own sentence stands in its slot; that sentence stays. */
export function consentQuestion(view: View): TemplateResult {
  const answer = (allowed: boolean) => () => view.handBackFocus(() => view.allowSharing(allowed));
  return html`
    <div class="question" role="group" aria-label=${strings.consentTitle}>
      <span class="fish">${icons.fish}</span>
      <p><b>${strings.consentTitle}</b> <span>${strings.consentText} <slot name="consent"></slot></span></p>
      <span class="answers">
        <button type="button" class="primary" @click=${answer(true)}>${strings.allow}</button>
        <button type="button" class="plain" @click=${answer(false)}>${strings.notNow}</button>
      </span>
    </div>
  `;
}

export function isOffered({ media }: View): boolean {
  return readP2p(media) !== 'off' && media.hasAttribute('trackers') && media.currentSrc !== '';
}
