// One source opened with the engine, as the runtime knows it: which media source, which options, from where.
// A session may be started twice: the second time, after a trap, it resumes where it was and asks for no peers.

import type { EngineEvent, EngineOptions } from '../engine-events.ts';
import { takeEarly } from '../early.ts';
import type { Fault } from '../fault.ts';
import type { Client } from '../runtime.ts';
import { attach, reattach } from './attach.ts';

export interface Listener {
  heard(event: EngineEvent): void;
  failed(fault: Fault): void;
  /** Playback was under way and has been asked for again, on a new media source. */
  replayed(playing: Promise<void>): void;
}

export class Session implements Client {
  infoHashes: Uint8Array | undefined;
  #source: MediaSource;
  #restarted = false;
  /** The engine reports where it was before a trap only through the element itself. */
  #resumeAt: number | undefined;

  /** Attaches at once: this may be the only moment inside the viewer's gesture. */
  constructor(
    readonly video: HTMLVideoElement,
    private readonly playlist: string,
    private readonly options: () => EngineOptions,
    private readonly listener: Listener,
  ) {
    this.#source = attach(video, playlist);
  }

  start(): ReturnType<Client['start']> {
    const options = this.options();
    if (this.#restarted) options.p2p = 'off';
    if (this.#resumeAt !== undefined) options.start = this.#resumeAt;
    const early = this.#restarted ? undefined : takeEarly(options.src);
    return { source: this.#source, options, early };
  }

  restart(): void {
    const playing = !this.video.paused;
    // Zero is where a live stream would not start by itself, and a film does.
    this.#resumeAt = this.video.currentTime || this.#resumeAt;
    this.#restarted = true;
    this.#source = attach(this.video, this.playlist);
    if (playing) this.listener.replayed(this.video.play());
  }

  renew(): MediaSource {
    const { paused, playbackRate, autoplay, played } = this.video;
    // Autoplay waits for more data than there may be before the codec changes.
    const wanted = !paused || (autoplay && played.length === 0);
    const source = reattach(this.video, this.playlist);
    // Loading sets it back to the default (HTML, media element load algorithm).
    this.video.playbackRate = playbackRate;
    if (wanted) this.listener.replayed(this.video.play());
    return source;
  }

  heard(event: EngineEvent): void {
    this.listener.heard(event);
  }

  failed(fault: Fault): void {
    this.listener.failed(fault);
  }
}
