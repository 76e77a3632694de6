// The pictures on buttons of what is loaded late.

import { svg } from 'lit/html.js';
import { icon } from './icons.ts';

export const close = icon(svg`<path d="m6.5 6.5 11 11m0-11-11 11" />`);
export const check = icon(svg`<path d="m5.5 12.5 4.2 4.2 8.8-9" />`);
export const swarm = icon(svg`<circle cx="12" cy="12" r="2.5" /><circle cx="5" cy="6" r="1.8" /><circle cx="19" cy="7" r="1.8" /><circle cx="6.5" cy="18.5" r="1.8" /><path d="M10 10.3 6.4 7.2m7.8 3.6 3.2-2.6m-6.8 6-2.6 3" />`);
export const elsewhere = icon(svg`<path d="M10 5.5H6.5a2 2 0 0 0-2 2v10a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V14M13.5 4.5h6v6M19 5l-8 8" />`);
export const lock = icon(svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2" /><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />`);
