// What came and went in the last minute, second by second: kept from `statschange`, drawn by the chart.

import type { Stats } from '../engine-events.ts';

export const WINDOW_MS = 60_000;

/** Bits per second over the interval that ends at `at`. */
export interface Sample {
  at: number;
  http: number;
  p2p: number;
  up: number;
}

export class Traffic {
  #samples: Sample[] = [];
  #last: { at: number; httpBytes: number; p2pBytes: number; uploadedBytes: number } | undefined;

  /** `now` is a monotonic time in ms. */
  record(stats: Stats, now: number): void {
    const { httpBytes, p2pBytes, uploadedBytes } = stats;
    const last = this.#last;
    this.#last = { at: now, httpBytes, p2pBytes, uploadedBytes };
    // A first report, or one of a source opened anew, is no difference to anything.
    if (!last || httpBytes < last.httpBytes || p2pBytes < last.p2pBytes) return;
    // Reports pause while nothing moves; what comes after belongs to its last second.
    const seconds = Math.min(1, Math.max(0.2, (now - last.at) / 1000));
    const rate = (after: number, before: number) => (Math.max(0, after - before) * 8) / seconds;
    this.#samples.push({
      at: now,
      http: rate(httpBytes, last.httpBytes),
      p2p: rate(p2pBytes, last.p2pBytes),
      up: rate(uploadedBytes, last.uploadedBytes),
    });
    this.#samples = this.#samples.filter(sample => sample.at > now - WINDOW_MS - 2000);
  }

  /** Oldest first. */
  within(now: number): Sample[] {
    return this.#samples.filter(sample => sample.at > now - WINDOW_MS - 2000);
  }

  clear(): void {
    this.#samples = [];
    this.#last = undefined;
  }
}
