// Is it live, where is its edge, and how far back can one go? The answers of a `<video>` (`seekable`,
// `duration`) are completed by those that media interfaces ask for: `streamType`, `targetLiveWindow`,
// `liveEdgeStart` (media-ui-extensions).

export type StreamType = 'live' | 'on-demand' | 'unknown';

/** A viewer this little behind the live position still counts as live: playback wanders, and one stall is no absence. */
const EDGE_TOLERANCE_S = 4;
/** A window worth a time range; what is shorter cannot usefully be sought in. */
const DVR_WINDOW_S = 60;

export class Live {
  streamType: StreamType = 'unknown';
  #window: { start: number; end: number; target: number } | undefined;

  loaded(live: boolean): void {
    this.streamType = live ? 'live' : 'on-demand';
  }

  moved(start: number, end: number, target: number): void {
    this.#window = { start, end, target };
  }

  ended(): void {
    this.streamType = 'on-demand';
    this.#window = undefined;
  }

  clear(): void {
    this.streamType = 'unknown';
    this.#window = undefined;
  }

  /** Where live playback should be, or NaN. */
  get target(): number {
    return this.#window?.target ?? NaN;
  }

  get edgeStart(): number {
    return this.target - EDGE_TOLERANCE_S;
  }

  /** 0: nothing to go back to; Infinity: a window; NaN: not live. */
  get targetWindow(): number {
    if (this.streamType !== 'live') return NaN;
    return this.#window && this.#window.end - this.#window.start >= DVR_WINDOW_S ? Infinity : 0;
  }

  /** The window of a live stream, from the engine: the browser's own is empty until data has arrived. */
  get seekable(): TimeRanges | undefined {
    const window = this.#window;
    if (this.streamType !== 'live' || !window) return undefined;
    const only = (index: number, value: number) => {
      if (index !== 0) throw new DOMException('Only one range', 'IndexSizeError');
      return value;
    };
    return { length: 1, start: i => only(i, window.start), end: i => only(i, window.end) };
  }
}
