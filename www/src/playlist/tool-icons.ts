// The pictures on a list's own buttons.

import { svg } from 'lit/html.js';
import { icon } from '../player/icons.ts';

export const shuffle = icon(svg`<path d="M3.5 7h3.2c1.4 0 2.3.6 3 1.6l4.6 6.8c.7 1 1.6 1.6 3 1.6h3M3.5 17h3.2c1.4 0 2.3-.6 3-1.6l.6-.9M13.7 9.5l.6-.9c.7-1 1.6-1.6 3-1.6h3M18 4.5 20.5 7 18 9.5M18 14.5l2.5 2.5-2.5 2.5" />`);
export const round = icon(svg`<path d="M4.5 11.5V10A3.5 3.5 0 0 1 8 6.5h11M16.5 4 19 6.5 16.5 9M19.5 12.5V14a3.5 3.5 0 0 1-3.5 3.5H5M7.5 20 5 17.5 7.5 15" />`);
export const find = icon(svg`<circle cx="10.5" cy="10.5" r="5.8" /><path d="m15 15 5 5" />`);
export const list = icon(svg`<path d="M4 6.5h12M4 11.5h12M4 16.5h7" /><path class="fill" d="M15 13.5v6.5l5.5-3.2z" />`);
