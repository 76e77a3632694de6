// `playlist.html?src=…`: a playlist in an iframe. Works in an opaque origin (`sandbox="allow-scripts"`).

import { fill } from './embed/page.ts';

/** A frame that is low and narrow is all picture; its list is a drawer. */
const LOW = matchMedia('(width < 720px) and (min-aspect-ratio: 1)');

const list = document.createElement('sprat-playlist');
const fit = () => list.setAttribute('layout', LOW.matches ? 'drawer' : 'side');
fit();
LOW.addEventListener('change', fit);
fill(list);
