// When does a video become another? One that is being prepared, a live that is waited for, one on air and one that is over
// each have a next state, and a player that shows it without being loaded anew. It is heard of from the instance, where that
// says so unasked (`socket.ts`), and asked for, ever more seldom, where it does not. A live on air is asked about only when
// it stands still: as long as it plays it is on air.

import type { World } from './api.ts';
import type { InstanceVideo, State } from './model.ts';
import type { Listener } from './socket.ts';
import { STATES } from './video.ts';

/** The video, and what it was read from: the object that federates, or the answer of the REST API. */
export type Known = [video: InstanceVideo, activity?: unknown, answer?: unknown];

export interface Around {
  /** Nothing where it could not be had this time; throws where that is final. */
  ask(): Promise<Known | undefined>;
  /** Undefined where the instance is not to know that somebody listens. */
  listen?: (listener: Listener) => Promise<() => void>;
  /** What is on air is not there to be shown. */
  starves(): boolean;
  viewers(count: number): void;
}

/** The first pause between questions, and the longest; each is half as long again as the one before. */
const PAUSES: Readonly<Record<State, readonly [number, number]>> = {
  waiting: [10_000, 60_000],
  transcoding: [30_000, 300_000],
  published: [8_000, 60_000],
  ended: [30_000, 300_000],
  blocked: [300_000, 300_000],
  unavailable: [300_000, 300_000],
};
/** All who listen hear it at once: they do not ask at once. */
const SPREAD_MS = 2_000;
/** Of a pause, by which it is longer for some than for others. */
const CHANCE = 0.2;
/** After a live's hour has come, at the earliest. */
const AFTER_HOUR_MS = 1_000;

export class States {
  /** Its instance has ended it. */
  #forced = false;
  #said: State | undefined;
  /** Something may have been missed. */
  #unsure = false;
  #open = false;
  #line: Promise<(() => void) | undefined> | undefined;
  #wake: () => void = () => {};

  constructor(
    private readonly around: Around,
    private readonly world: Pick<World, 'now' | 'after' | 'chance'>,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => {
      this.end();
      this.#wake();
    });
  }

  /** Nobody listens any more. */
  end(): void {
    this.#open = false;
    void this.#line?.then(end => end?.());
    this.#line = undefined;
  }

  /** Something was said that has not been acted upon. */
  get heard(): boolean {
    return this.#said !== undefined || this.#forced;
  }

  /** Look again, now: playback has failed. */
  doubt(): void {
    this.#unsure = true;
    this.#wake();
  }

  /** Resolves once the video is no longer what it was. */
  async next(before: Known): Promise<Known> {
    this.signal.throwIfAborted();
    const [video, activity] = before;
    if (video.live) this.#listen();
    else this.end();
    const [first, longest] = PAUSES[video.state];
    for (let pause = first; ; pause = Math.min(longest, pause * 1.5)) {
      await this.#due(video, pause);
      const said = this.#said;
      this.#said = undefined;
      this.#unsure = false;
      // That it is over needs no question; what is to be played does.
      if (said !== undefined && said !== video.state && said !== 'published') return [{ ...video, state: said }, activity];
      if (said !== undefined) await this.#sleep(SPREAD_MS * this.world.chance());
      const known = await this.around.ask();
      this.signal.throwIfAborted();
      const forced = this.#forced;
      this.#forced = false;
      if (known && differs(known[0], video)) return known;
      if (forced && video.state === 'published') return [{ ...video, state: 'ended' }, activity];
    }
  }

  #listen(): void {
    this.#line ??= this.around.listen?.({
      opened: () => {
        this.#open = true;
        this.doubt();
      },
      lost: () => {
        this.#open = false;
        this.#wake();
      },
      state: id => {
        this.#said = STATES[id] ?? 'published';
        this.#wake();
      },
      viewers: count => this.around.viewers(count),
      forceEnd: () => {
        this.#forced = true;
        this.doubt();
      },
    }).catch(() => undefined);
  }

  /** Resolves when there is a reason to ask. */
  async #due(video: InstanceVideo, pause: number): Promise<void> {
    const soon = () => this.world.now() + untilHour(video, pause) * (1 + CHANCE * this.world.chance());
    // What becomes of a live that is over is not always said.
    const quiet = () => this.#open && video.state !== 'ended';
    let due = soon();
    for (let relies = quiet(); ; ) {
      this.signal.throwIfAborted();
      if (this.#said !== undefined || this.#unsure) return;
      // All who relied on it lose it at once, and do not ask at once.
      if (relies !== (relies = quiet())) due = soon();
      const now = this.world.now();
      if (now >= due && !relies) {
        if (video.state !== 'published' || this.around.starves()) return;
        due = soon();
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        if (!relies) this.world.after(due - now, resolve);
      });
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise(resolve => this.world.after(ms, resolve));
  }
}

/** Whether it is another to a viewer. */
function differs(now: InstanceVideo, before: InstanceVideo): boolean {
  return now.state !== before.state || now.live !== before.live || now.source?.url !== before.source?.url || String(now.schedules) !== String(before.schedules);
}

function untilHour({ state, schedules }: InstanceVideo, pause: number): number {
  if (state !== 'waiting') return pause;
  const hours = schedules.map(at => at + AFTER_HOUR_MS - Date.now()).filter(ms => ms > 0);
  return Math.min(pause, ...hours);
}
