// The keys of the large video sites beyond those that `keyboard.ts` knows from the first paint on.

import type { Addition } from './additions.ts';
import type { View } from './view.ts';

export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
/** Where nobody says how many pictures a second has. */
const FRAME_S = 1 / 30;

export function keys(view: View): Addition {
  const { media } = view;
  const speed = (step: 1 | -1) => () => {
    const at = RATES.findIndex(rate => rate >= media.playbackRate);
    media.playbackRate = RATES[Math.min(RATES.length - 1, Math.max(0, (at < 0 ? RATES.length : at) + step))]!;
  };
  const frame = (step: 1 | -1) => (media.paused ? () => view.seek(media.currentTime + step * frameTime(view)) : undefined);
  return {
    press(key, { shiftKey }) {
      if (key === '?') return () => view.toggle('keys');
      if (key === '>' || (shiftKey && key === '.')) return speed(1);
      if (key === '<' || (shiftKey && key === ',')) return speed(-1);
      if (key === '.') return frame(1);
      if (key === ',') return frame(-1);
      if (key === 'i') return () => view.togglePictureInPicture();
      if (key === 't') return () => theatre(view);
      return undefined;
    },
  };
}

/** The page makes room, if it wants to: `theatre` bubbles to it. */
export function theatre({ host }: View): void {
  host.dispatchEvent(new CustomEvent('theatre', { bubbles: true, composed: true }));
}

function frameTime({ media }: View): number {
  const { frameRate } = (media.videoRenditions[media.playingRendition] ?? {}) as { frameRate?: number };
  return frameRate ? 1 / frameRate : FRAME_S;
}
