// All that the head of a page says of its video to those who only read it: the oEmbed link, cards, structured data. Written
// once, for lines that are pasted (`cargo xtask oembed`, the demo's generator) and for pages that are written whole
// (`page.ts`). What its owner shows only to those who have the link is kept from search engines.

import { cards } from './cards.ts';
import type { Description } from './description.ts';
import { discovery } from './oembed.ts';
import { scriptElement, structured } from './structured.ts';

/** `oembed`: the address of that file. There is none where there is no page to put into a frame. */
export function head(description: Description, oembed?: string): string {
  const { embed, unlisted } = description;
  return [
    unlisted ? '<meta name="robots" content="noindex" />' : '',
    oembed && embed ? discovery(description, oembed) : '',
    cards(description),
    unlisted ? '' : scriptElement(structured(description)),
  ].filter(Boolean).join('\n');
}
