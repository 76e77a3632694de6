// Can this page copy a text? Where it may not (a frame without that permission, a page without https), the text is selected
// instead, and the viewer is told which keys copy it.

import { words } from '../late-strings.ts';

/** False where it is refused. */
export async function copy(text: string): Promise<boolean> {
  if (isForbidden()) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Where the browser tells: asked in vain, it would complain of this page on its console. */
function isForbidden(): boolean {
  const { featurePolicy } = document as Document & { featurePolicy?: { allowsFeature(name: string): boolean } };
  return featurePolicy?.allowsFeature('clipboard-write') === false;
}

export function selectAll(field: HTMLInputElement | HTMLTextAreaElement): void {
  field.focus();
  field.select();
}

/** How a viewer copies what is selected. */
export function byHand(): string {
  if (matchMedia('(pointer: coarse)').matches) return words().copyByTouch;
  return words().copyByKeys(/^(Mac|iP)/.test(navigator.platform) ? '⌘C' : 'Ctrl+C');
}
