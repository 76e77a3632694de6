// What does an instance measure of playback? Where its administrators have switched that on, what was brought from where
// since the last time it was told, and what went wrong meanwhile. Counters are differences: the player's only grow.

import type { Json } from './judge.ts';
import type { Stats } from '../engine-events.ts';

/** What the player says when it is asked. */
export interface Reading {
  hls: boolean;
  p2p: boolean;
  stats: Pick<Stats, 'httpBytes' | 'p2pBytes' | 'uploadedBytes' | 'peers' | 'stalls'>;
  /** Of what plays now: the shorter side, and pictures per second. */
  resolution?: number | undefined;
  fps?: number | undefined;
}

export class Metrics {
  #before: Reading['stats'] = { httpBytes: 0, p2pBytes: 0, uploadedBytes: 0, peers: 0, stalls: 0 };
  #errors = 0;
  #resolutionChanges = 0;

  constructor(private readonly videoId: number | string) {}

  failed(): void {
    this.#errors += 1;
  }

  switched(): void {
    this.#resolutionChanges += 1;
  }

  /** The body of `POST /api/v1/metrics/playback`; what it counts is counted from here on. */
  take({ hls, p2p, stats, resolution, fps }: Reading): Json {
    const since = (name: keyof Reading['stats']) => Math.max(0, stats[name] - this.#before[name]);
    const body = {
      playerMode: hls ? 'p2p-media-loader' : 'web-video',
      ...(resolution !== undefined && { resolution }),
      ...(fps !== undefined && { fps }),
      p2pEnabled: p2p,
      ...(p2p && { p2pPeers: stats.peers }),
      resolutionChanges: this.#resolutionChanges,
      errors: this.#errors,
      bufferStalled: since('stalls'),
      downloadedBytesP2P: since('p2pBytes'),
      downloadedBytesHTTP: since('httpBytes'),
      uploadedBytesP2P: since('uploadedBytes'),
      videoId: this.videoId,
    };
    this.#before = { ...stats };
    this.#errors = this.#resolutionChanges = 0;
    return body;
  }
}
