// Which key does what, while the focus is inside the player (WCAG 2.1.4): the keys of the large video sites, so
// that nobody relearns. A control that has a use for a key keeps it.

import type { View } from './view.ts';
import { span } from './view.ts';

const SHORT_S = 5;
const LONG_S = 10;
const VOLUME_STEP = 0.05;

/** True when the key was for the player. */
export function press(view: View, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
  const target = event.composedPath()[0] as HTMLElement;
  if (target.matches('textarea, select, input:not([type=range])') || target.isContentEditable) return false;
  const action = actionFor(view, event, target);
  action?.();
  return action !== undefined;
}

function actionFor(view: View, event: KeyboardEvent, target: HTMLElement): (() => void) | undefined {
  const { media } = view;
  const key = event.key.length === 1 ? letter(event) : event.key;
  const isButton = target.localName === 'button' || target.localName === 'a';
  const isVolume = target.matches('.level input');
  const by = (seconds: number) => () => view.seek(media.currentTime + seconds);
  const louder = (step: number) => () => view.setVolume(Math.min(1, Math.max(0, (media.muted ? 0 : media.volume) + step)));

  for (const { press } of view.additions) {
    const action = press?.(key, event);
    if (action) return action;
  }
  if (/^[0-9]$/.test(key)) {
    const { start, end } = span(media);
    return () => view.seek(start + ((end - start) * Number(key)) / 10);
  }
  switch (key) {
    case ' ':
      return isButton ? undefined : () => view.togglePlay();
    case 'k':
      return () => view.togglePlay();
    case 'j':
      return by(-LONG_S);
    case 'l':
      return by(LONG_S);
    case 'm':
      return () => view.toggleMute();
    case 'f':
      return () => view.toggleFullscreen();
    case 'c':
      return () => view.captions.toggle();
    case 'ArrowLeft':
      return isVolume ? undefined : by(-SHORT_S);
    case 'ArrowRight':
      return isVolume ? undefined : by(SHORT_S);
    case 'ArrowUp':
      return louder(VOLUME_STEP);
    case 'ArrowDown':
      return louder(-VOLUME_STEP);
    case 'Home':
      return isVolume ? undefined : () => view.seek(span(media).start);
    case 'End':
      return isVolume ? undefined : () => view.seek(span(media).end);
    case 'Escape':
      return view.popup ? () => view.closePopup() : undefined;
  }
  return undefined;
}

/** The letter, or the one that stands on the key where the layout has no Latin letters. */
function letter(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  if (/^[ -~]$/.test(key)) return key;
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? key;
}
