// The pictures on the buttons of a search.

import { svg } from 'lit/html.js';
import { icon } from '../player/icons.ts';

export { find } from '../playlist/tool-icons.ts';
export const filters = icon(svg`<path d="M4 7h10M18.5 7H20M4 17h2.500M11 17h9" /><circle cx="16" cy="7" r="2.300" /><circle cx="8.500" cy="17" r="2.300" />`);
