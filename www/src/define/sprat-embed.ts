// Registers `<sprat-embed>`, which needs none of the others, and has no chunk in common with them.

import { SpratEmbed } from '../elements/sprat-embed.ts';

if (globalThis.customElements && !customElements.get('sprat-embed')) customElements.define('sprat-embed', SpratEmbed);

export { SpratEmbed };
