// The picture for another screen.

import { svg } from 'lit/html.js';
import { icon } from './icons.ts';

export const screen = icon(svg`<path d="M7 17H5a1.500 1.500 0 0 1-1.500-1.500v-8A1.500 1.500 0 0 1 5 6h14a1.500 1.500 0 0 1 1.500 1.500v8A1.500 1.500 0 0 1 19 17h-2" /><path class="fill" d="m12 15 4.500 5h-9z" />`);
