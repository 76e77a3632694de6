// While a video plays, its instance hears of it: views always, playback metrics where it wants them. The element's events come
// in, bodies go out; what they say is decided in `views.ts` and `metrics.ts`.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { InstanceConfig } from './config.ts';
import type { Doors } from './doors.ts';
import { Metrics } from './metrics.ts';
import type { InstanceVideo } from './model.ts';
import { Views, sessionOf } from './views.ts';

export class Hearing {
  readonly #views: Views;
  readonly #metrics: Metrics;
  readonly #end = new AbortController();
  #ticking: ReturnType<typeof setInterval> | undefined;

  /** It plays now. */
  constructor(
    private readonly media: SpratVideo,
    private readonly video: InstanceVideo,
    private readonly doors: Doors,
  ) {
    this.#views = new Views(video, sessionOf(() => sessionStorage), body => doors.tell(`/api/v1/videos/${video.uuid}/views`, body));
    this.#metrics = new Metrics(video.id ?? video.uuid);
    this.#on('timeupdate', () => media.paused || media.seeking || this.#views.watching(media.currentTime, performance.now()));
    this.#on('seeked', () => this.#views.sought(media.currentTime, performance.now()));
    this.#on('renditionplaying', () => this.#metrics.switched());
    this.#on('error', () => this.#metrics.failed());
    this.#views.watching(media.currentTime, performance.now());
  }

  heed({ watchingInterval, metricsInterval }: InstanceConfig): void {
    this.#views.interval = this.doors.signedIn ? watchingInterval.users : watchingInterval.anonymous;
    if (metricsInterval !== undefined) this.#ticking = setInterval(() => this.#measure(), metricsInterval);
  }

  stop(): void {
    clearInterval(this.#ticking);
    this.#end.abort();
  }

  #measure(): void {
    const { media, video } = this;
    if (!media.isConnected) return clearInterval(this.#ticking);
    if (media.paused) return;
    const { width, height, frameRate } = [...media.videoRenditions][media.playingRendition] ?? {};
    this.doors.tell('/api/v1/metrics/playback', this.#metrics.take({
      hls: video.source?.kind === 'hls',
      p2p: media.stats.sharing !== 'off' && media.stats.sharing !== 'asking',
      stats: media.stats,
      resolution: width && height ? Math.min(width, height) : undefined,
      fps: frameRate,
    }));
  }

  #on(type: string, heard: () => void): void {
    this.media.addEventListener(type, heard, { signal: this.#end.signal });
  }
}
