// What is known of the source that plays, from the engine's events: its tracks, its live window, its account, its
// faults. Each piece of news is written down first, and then said as a DOM event of the element.

import { type EngineEvent, NO_STATS, type Stats } from '../engine-events.ts';
import { type Fault, SpratError } from '../fault.ts';
import { Live } from './live.ts';
import type { Tracks } from './tracks.ts';

export class News {
  readonly live = new Live();
  error: SpratError | null = null;
  stats: Stats = NO_STATS;
  #asked = false;

  constructor(
    private readonly element: HTMLVideoElement,
    private readonly tracks: Tracks,
    /** Whether the viewer has yet to say if peers may be used. */
    private readonly undecided: () => boolean,
  ) {}

  hear(event: EngineEvent): void {
    const { live, tracks } = this;
    switch (event.type) {
      case 'loaded':
        live.loaded(event.live);
        tracks.loaded(event);
        this.say('streamtypechange');
        break;
      case 'variant':
        tracks.variantPlaying(event.index, event.auto);
        this.say('renditionplaying');
        break;
      case 'audio':
        tracks.audioPlaying(event.index);
        break;
      case 'live': {
        const before = live.targetWindow;
        live.moved(event.start, event.end, event.target);
        if (!Object.is(before, live.targetWindow)) this.say('targetlivewindowchange');
        break;
      }
      case 'liveended':
        live.ended();
        this.say('streamtypechange');
        break;
      case 'stats': {
        const { type: _, ...stats } = event;
        this.stats = stats;
        this.say('statschange');
        this.#askOnce();
        break;
      }
      case 'keys':
        // Not for the page: the element sees to it.
        break;
      case 'warning':
        this.warn(event);
        break;
      case 'error':
        this.fail(event);
        break;
      default:
        tracks.hearText(event);
    }
  }

  /** Playback goes on. */
  warn(fault: Fault): void {
    this.say('warning', { detail: new SpratError(fault) });
  }

  /** Playback does not go on. */
  fail(fault: Fault): void {
    this.error = new SpratError(fault);
    // Playback asked for is refused now, rather than pending for ever.
    this.element.pause();
    this.say('error', { detail: this.error });
  }

  say(type: string, init?: CustomEventInit): void {
    this.element.dispatchEvent(new CustomEvent(type, init));
  }

  /** Nothing is known of the next source. */
  clear(): void {
    this.error = null;
    this.stats = NO_STATS;
    this.#asked = false;
    this.live.clear();
    this.tracks.clear();
  }

  #askOnce(): void {
    if (this.stats.sharing !== 'asking' || this.#asked || !this.undecided()) return;
    this.#asked = true;
    this.say('consentrequired', { bubbles: true, composed: true });
  }
}
