// `embed.html?src=…`: one player in an iframe. Works in an opaque origin (`sandbox="allow-scripts"`).

import { fill } from './embed/page.ts';

// The loader sees the element and starts the code, the engine and the source side by side.
fill(document.createElement('sprat-player'));
