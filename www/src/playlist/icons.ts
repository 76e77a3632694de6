// The pictures on the buttons that a list adds to its player.

import { svg } from 'lit/html.js';
import { icon } from '../player/icons.ts';

export const next = icon(svg`<path class="fill" d="M6 5.5v13l9.5-6.5z" /><path d="M18 5.5v13" />`);
export const previous = icon(svg`<path class="fill" d="M18 5.5v13L8.5 12z" /><path d="M6 5.5v13" />`);
