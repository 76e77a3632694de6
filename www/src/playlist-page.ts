// `playlist.html?src=…`: a playlist in an iframe. Works in an opaque origin (`sandbox="allow-scripts"`).

import { fill } from './embed/page.ts';

fill(document.createElement('sprat-playlist'));
