// Where a viewer can say that a video should not be there: with those who run its instance, on its own page, at the moment in
// question, or where the page says (`report-url`). Nothing is sent from here.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { moreWords } from '../more-words.ts';
import { adopt } from '../sheets.ts';
import { resolved } from '../video/source.ts';
import * as icons from './late-icons.ts';
import { type View, isLive } from './view.ts';
import css from '../../styles/player/report.css' with { type: 'text' };

/** Undefined where nobody is there to be told. */
function addressOf({ host, media }: View): URL | undefined {
  const given = host.getAttribute('report-url') ?? media.instanceVideo?.watchUrl;
  const url = given ? resolved(given, host.baseURI) : undefined;
  return url && /^(https?|mailto):/.test(url) ? new URL(url) : undefined;
}

export function isReportable(view: View): boolean {
  return addressOf(view) !== undefined;
}

export function report(view: View): TemplateResult {
  const words = moreWords(view.changed);
  const { media, host } = view;
  adopt(host.shadowRoot!, css);
  const url = addressOf(view);
  if (!url) return html``;
  const at = isLive(media) ? 0 : Math.floor(media.currentTime);
  const isInstance = !host.hasAttribute('report-url');
  if (at > 0 && url.protocol !== 'mailto:') url.searchParams.set('start', `${at}s`);
  const who = url.protocol === 'mailto:' ? url.pathname : url.host;
  return html`
    <div class="popup report" id="popup" role="dialog" aria-label=${words.report}>
      <div class="head">
        <h2>${words.report}</h2>
        <button type="button" class="button" aria-label=${words.close} @click=${() => view.closePopup()}>${icons.close}</button>
      </div>
      <p>${words.reportTo(who)}</p>
      ${isInstance ? html`<p>${words.reportThere(words.clock(at))}</p>` : nothing}
      <a href=${url.href} target="_blank" rel="noopener" @click=${() => media.pause()}><bdi>${words.reportOpen(who)}</bdi>${icons.elsewhere}</a>
    </div>
  `;
}
