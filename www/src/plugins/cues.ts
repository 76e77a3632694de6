// Which cues are current? Judged whenever the media says that time has passed, and by a timer where the next one begins or ends
// sooner than it would say so.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { Cue, CueHears } from './api.ts';

/** Positions are told some four times a second; within this, a timer takes over. */
const NEAR_S = 0.6;

export class Cues<Data> {
  #cues: readonly Cue<Data>[] = [];
  readonly #current = new Set<Cue<Data>>();
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly player: SpratPlayer,
    private readonly hears: CueHears<Data>,
    signal: AbortSignal,
  ) {
    for (const type of ['loadedmetadata', 'timeupdate', 'seeked', 'playing', 'ratechange', 'emptied']) player.addEventListener(type, () => this.#judge(), { signal });
    signal.addEventListener('abort', () => this.set([]));
  }

  set(cues: readonly Cue<Data>[]): void {
    this.#cues = cues;
    this.#judge();
  }

  #judge(): void {
    clearTimeout(this.#due);
    const { currentTime: now, readyState, playbackRate, paused } = this.player;
    const isNow = ({ start, end = Infinity }: Cue<Data>) => readyState > 0 && now >= start && now < end;
    for (const cue of [...this.#current]) {
      if (this.#cues.includes(cue) && isNow(cue)) continue;
      this.#current.delete(cue);
      this.hears.leave?.(cue);
    }
    for (const cue of this.#cues) {
      if (this.#current.has(cue) || !isNow(cue)) continue;
      this.#current.add(cue);
      this.hears.enter(cue);
    }
    if (paused || playbackRate <= 0) return;
    const next = Math.min(...this.#cues.flatMap(({ start, end = Infinity }) => [start, end]).filter(time => time > now));
    if (next - now < NEAR_S * playbackRate) this.#due = setTimeout(() => this.#judge(), Math.ceil((1000 * (next - now)) / playbackRate));
  }
}
