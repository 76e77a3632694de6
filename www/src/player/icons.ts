// The pictures on the buttons: 24 × 24, drawn with the button's own colour, silent for screen readers.

import { type SVGTemplateResult, type TemplateResult, html, svg } from 'lit/html.js';

export const icon = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

const speaker = svg`<path class="fill" d="M4 9.5v5h3.2L11.5 18V6L7.2 9.5z" />`;

export const play = icon(svg`<path class="fill" d="M8 5.2v13.6L19 12z" />`);
export const pause = icon(svg`<path class="fill" d="M7 5.5h3.4v13H7zM13.6 5.5H17v13h-3.4z" />`);
export const replay = icon(svg`<path d="M5.5 12a6.5 6.5 0 1 0 2.1-4.8M7.8 3.6v3.8h3.8" />`);
export const loud = icon(svg`${speaker}<path d="M14.6 9a4.2 4.2 0 0 1 0 6M17.2 6.5a7.8 7.8 0 0 1 0 11" />`);
export const quiet = icon(svg`${speaker}<path d="M14.6 9a4.2 4.2 0 0 1 0 6" />`);
export const muted = icon(svg`${speaker}<path d="m15 9.7 4.6 4.6m0-4.6L15 14.3" />`);
export const captions = icon(
  svg`<rect x="3.5" y="5.5" width="17" height="13" rx="2.5" /><path d="M11 10.4a2.1 2.1 0 1 0 0 3.2M16.8 10.4a2.1 2.1 0 1 0 0 3.2" />`,
);
export const quality = icon(
  svg`<path d="M4 7.5h8.5M18 7.5h2M4 16.5h2M11.5 16.5H20" /><circle cx="15.2" cy="7.5" r="2.4" /><circle cx="8.8" cy="16.5" r="2.4" />`,
);
export const enlarge = icon(svg`<path d="M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15" />`);
export const reduce = icon(svg`<path d="M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5" />`);
export const pip = icon(
  svg`<path d="M20.5 11V7.5a2 2 0 0 0-2-2h-13a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2H10" /><rect class="fill" x="13" y="13.5" width="7.5" height="5.5" rx="1.2" />`,
);
export const fish = icon(
  svg`<path d="M3 12.2C5.5 8.3 8.8 6.6 12 6.8c2.3.1 4.3 1.4 5.8 3.1L21 7.4v9.4l-3.2-2.6c-1.5 1.8-3.5 3-5.8 3.2-3.2.1-6.5-1.4-9-5.2z" /><circle class="fill" cx="8" cy="11.4" r="1.1" />`,
);
export const alert = icon(svg`<path d="M12 4 2.8 19.5h18.4zM12 10v4.3" /><circle class="fill" cx="12" cy="16.9" r=".9" />`);
export const share = icon(svg`<path d="M14.5 5v4C8 9.6 5 13.5 3.8 19c2.7-3.5 5.8-5 10.7-5v4l6.2-6.5z" />`);
