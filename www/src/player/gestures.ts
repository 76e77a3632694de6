// What fingers do on the picture: two taps at a side go ten seconds back or on, each further one ten more; a finger that stays
// doubles the speed for as long as it does. Both are shown, and said once.

import { html, nothing } from 'lit/html.js';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { words } from '../late-strings.ts';
import { adopt } from '../sheets.ts';
import type { View } from './view.ts';
import { isLive, span } from './view.ts';
import css from '../../styles/player/gestures.css' with { type: 'text' };

const STEP_S = 10;
/** Two taps so close in time are one gesture. */
const TWICE_MS = 320;
const HELD_MS = 500;
const SHOWN_MS = 700;
/** A finger that moves farther than this, in pixels, means something else. */
const STILL_PX = 12;

export function attend(host: SpratPlayer, view: View): void {
  const { media } = view;
  let last: { at: number; side: number } | undefined;
  let seconds = 0;
  let side = 0;
  let holding: { timer: ReturnType<typeof setTimeout>; x: number; y: number; rate?: number } | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;

  const shown = () => {
    if (seconds === 0 && holding?.rate === undefined) return nothing;
    adopt(host.shadowRoot!, css);
    const [where, text] = holding?.rate !== undefined ? ['fast', words().faster] : seconds > 0 ? ['on', words().forth(seconds)] : ['back', words().backBy(-seconds)];
    return html`<div class="gesture ${where}" role="status">${text}</div>`;
  };
  host.add({ layer: shown });

  const release = () => {
    if (!holding) return;
    clearTimeout(holding.timer);
    if (holding.rate !== undefined) media.playbackRate = holding.rate;
    holding = undefined;
    view.changed();
  };

  const jump = (to: number) => {
    const { start, end } = span(media);
    const target = Math.min(end, Math.max(start, media.currentTime + to * STEP_S));
    if (side !== to) seconds = 0;
    side = to;
    seconds += to * STEP_S;
    view.seek(target);
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      seconds = 0;
      view.changed();
    }, SHOWN_MS);
    view.changed();
  };

  host.addEventListener('pointerdown', event => {
    if (!isOnPicture(event)) return;
    const { clientX: x, clientY: y } = event;
    const hold = () => {
      if (!holding || media.paused || isLive(media)) return;
      holding.rate = media.playbackRate;
      media.playbackRate = 2;
      view.changed();
    };
    holding = { timer: setTimeout(hold, HELD_MS), x, y };
  });
  host.addEventListener('pointermove', event => {
    if (holding && holding.rate === undefined && Math.hypot(event.clientX - holding.x, event.clientY - holding.y) > STILL_PX) release();
  });
  for (const type of ['pointercancel', 'pointerleave']) host.addEventListener(type, release);
  host.addEventListener('pointerup', event => {
    const held = holding?.rate !== undefined;
    release();
    if (held || !isOnPicture(event)) return;
    const { left, width } = host.getBoundingClientRect();
    const share = (event.clientX - left) / width;
    // As they stand on the screen, whatever the direction of writing: so does the timeline.
    const now = { at: event.timeStamp, side: share < 1 / 3 ? -1 : share > 2 / 3 ? 1 : 0 };
    if (last && now.side !== 0 && now.side === last.side && now.at - last.at < TWICE_MS) jump(now.side);
    last = now;
  });
  // The browser's or our own menu would open under the finger.
  host.addEventListener('contextmenu', event => {
    if (holding && !media.paused) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, { capture: true });
}

function isOnPicture(event: PointerEvent): boolean {
  return event.pointerType === 'touch' && event.isPrimary && (event.composedPath()[0] as Element).closest('.picture') !== null;
}
