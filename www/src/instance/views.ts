// What does an instance hear of a viewer's watching? Where they are, as its own player says it: at the start, every so often
// while it plays, and when they seek, under a name that lasts as long as the tab. Nothing of who they are, and nothing at
// all where they ask not to be followed.

import type { Json } from './judge.ts';
import type { InstanceVideo } from './model.ts';

/** PeerTube's own key: on its origin, our viewers are the viewers that they were. */
const SESSION_KEY = 'peertube-videojs-session-id';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const SESSION_LENGTH = 32;
/** Within these an instance may choose how often it wants to hear. */
const [SOONEST_MS, LATEST_MS, USUAL_MS] = [1_000, 60_000, 5_000];

export class Views {
  #last = -Infinity;
  #every = USUAL_MS;

  constructor(
    private readonly video: Pick<InstanceVideo, 'duration' | 'live'>,
    private readonly session: string,
    private readonly tell: (body: Json) => void,
  ) {}

  set interval(ms: number | undefined) {
    if (ms !== undefined) this.#every = Math.min(LATEST_MS, Math.max(SOONEST_MS, ms));
  }

  /** It plays, now; said as often as the media element says so. */
  watching(time: number, now: number): void {
    if (now - this.#last >= this.#every) this.#say(time, now);
  }

  sought(time: number, now: number): void {
    // Before anything has been watched, a seek is where it starts.
    if (this.#last > -Infinity) this.#say(time, now, 'seek');
  }

  #say(time: number, now: number, viewEvent?: 'seek'): void {
    this.#last = now;
    // A time beyond the duration, which is a whole number, would be refused.
    const most = this.video.live ? Infinity : this.video.duration ?? Infinity;
    const currentTime = Math.floor(Math.max(0, Math.min(most, Number.isFinite(time) ? time : 0)));
    this.tell({ currentTime, ...(viewEvent && { viewEvent }), sessionId: this.session });
  }
}

/** Of this tab, or of this page where there is no storage. */
export function sessionOf(storage: () => Pick<Storage, 'getItem' | 'setItem'>): string {
  try {
    const before = storage().getItem(SESSION_KEY);
    if (before !== null && /^[A-Za-z0-9]{32}$/.test(before)) return before;
    storage().setItem(SESSION_KEY, pageSession);
  } catch {
    // Sandboxed, or switched off.
  }
  return pageSession;
}

const pageSession = Array.from(crypto.getRandomValues(new Uint32Array(SESSION_LENGTH)), n => LETTERS[n % LETTERS.length]).join('');
