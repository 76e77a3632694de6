// What stands in the middle of the picture: the way in, a sign of patience, or what went wrong.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { SpratError } from '../fault.ts';
import { strings } from '../strings.ts';
import * as icons from './icons.ts';
import type { View } from './view.ts';

export function centre(view: View): TemplateResult | typeof nothing {
  const { media } = view;
  if (view.error) return failure(view, view.error);
  if (view.waiting) return html`<div class="waiting" role="status" aria-label=${strings.loading}><i></i></div>`;
  // Autoplay that was refused looks like a video that was never started, and is no error.
  const invites = media.paused && (view.fresh || media.ended);
  if (!invites) return nothing;
  const label = media.ended ? strings.replay : strings.play;
  return html`
    <button type="button" class="start" aria-label=${label} @click=${() => view.handBackFocus(() => view.togglePlay())}>
      ${media.ended ? icons.replay : icons.play}
    </button>
  `;
}

function failure(view: View, error: SpratError): TemplateResult {
  const [what, next] = strings.fault(error);
  // Who does not have what was asked for has answered.
  const isAbsent = /^(video|playlist)-(missing|gone)$/.test(error.name);
  const title = isAbsent ? strings.unavailable : (strings.errorTitle[error.culprit] ?? strings.errorTitle.player);
  return html`
    <div class="failure" role="alert">
      <div>
        <h2>${icons.alert}<span>${title}</span></h2>
        <p dir="auto">${what}</p>
        ${next ? html`<p class="tried" dir="auto">${next}</p>` : nothing}
        <div class="foot">
          <button type="button" class="primary" @click=${() => view.handBackFocus(() => view.retry())}>${icons.replay}${strings.retry}</button>
          <code>${strings.errorCode(error.name)}</code>
        </div>
      </div>
    </div>
  `;
}
