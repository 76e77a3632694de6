// Captions of an instance as `<track>`s. They are children of the element, as those that a page writes.

import type { Caption } from './model.ts';
import { words } from './words.ts';

export function captionTracks(captions: readonly Caption[], address: (url: string) => string): HTMLTrackElement[] {
  return captions.map(({ language, label, automatic, url }) =>
    Object.assign(document.createElement('track'), {
      kind: 'subtitles',
      srclang: language,
      label: automatic ? words.automatic(label) : label,
      src: address(url),
    }),
  );
}
