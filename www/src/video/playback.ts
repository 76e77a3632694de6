// How a source is opened and closed: with the engine, or by the browser where there is none for it; where it goes on when it is
// opened anew; and who takes over from whom when something fails.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { EngineOptions, KeysNeeded } from '../engine-events.ts';
import { type Fault, nativeFault } from '../fault.ts';
import { runtime } from '../runtime.ts';
import { canAttach, detach, playsPlaylistsNatively } from './attach.ts';
import { readAttributes, readCapToSize, readLicense, readMaxUpload, readP2p } from './attributes.ts';
import { UNLIMITED, extentOf, watchExtent } from './extent.ts';
import type { Vault } from './keys.ts';
import type { News } from './news.ts';
import { bytesOf } from './published.ts';
import { Session } from './session.ts';
import { type Source, sourceOf } from './source.ts';

/** Changing one of these means another stream or another swarm. */
const REOPENING = new Set(['trackers', 'ice-servers', 'ice-transport-policy', 'lan', 'swarm', 'naming', 'integrity']);

export class Playback {
  /** What is open. */
  source: Source | undefined;
  /** While the engine plays it, and not the browser. */
  session: Session | undefined;
  /** What the instance says is to be played, unless the page says so. */
  instanceSource: Source | undefined;
  /** The viewer's answer about sharing. */
  consent: boolean | undefined;
  readonly #element: SpratVideo;
  readonly #news: News;
  /** It was asked to play. */
  #wanted = false;
  /** Where to begin, in seconds. */
  #resumeAt: number | undefined;
  /** Asked for by us, on another source, while the page still waits for what it had asked for. */
  #replayed: Promise<void> | undefined;
  /** Why it is not the engine that plays, when the source was one for it. */
  #because: Fault | undefined;
  #openedOff = false;
  #vault: Promise<Vault> | undefined;
  #stopWatching: (() => void) | undefined;

  constructor(element: SpratVideo, news: News) {
    this.#element = element;
    this.#news = news;
  }

  get isWanted(): boolean {
    const { autoplay, preload } = this.#element;
    return this.#wanted || autoplay || preload !== 'none';
  }

  async play(): Promise<void> {
    this.#wanted = true;
    this.open();
    try {
      await this.#element.nativeEl.play();
    } catch (error) {
      if (!this.#replayed) throw error;
      await this.#replayed;
    }
  }

  /** What is opened next begins there. */
  end(resumeAt?: number): void {
    this.close();
    this.#resumeAt = resumeAt;
  }

  /** The page has something else in mind. */
  stop(resumeAt?: number): void {
    this.#wanted = false;
    this.end(resumeAt);
  }

  /** The element has left the page. One that had not yet come to its position is still to go there. */
  leave(): void {
    this.stop(this.#element.nativeEl.currentTime || this.#resumeAt);
  }

  open(): void {
    const element = this.#element;
    const source = sourceOf(element) ?? this.instanceSource;
    if (this.source || !source) return;
    const video = element.nativeEl;
    this.#news.error = null;
    if (!source.hls) {
      this.playNatively(source);
    } else if (!canAttach()) {
      this.#failed(NO_MEDIA_SOURCE, source);
    } else {
      const start = this.#resumeAt ?? (video.currentTime || undefined);
      const session = new Session(video, source.url, () => this.#options(source, start), {
        heard: event => (event.type === 'keys' ? this.#unlock(session, event) : this.#news.hear(event)),
        failed: fault => this.#failed(fault),
        replayed: playing => this.#replay(playing),
      });
      session.infoHashes = element.infoHashes && bytesOf(element.infoHashes);
      this.source = source;
      this.session = session;
      runtime.open(session);
      this.#stopWatching = watchExtent(video, () => runtime.viewport(session, this.#extent()));
    }
  }

  close(): void {
    const { source, session } = this;
    this.#stopWatching?.();
    if (session) runtime.close(session);
    if (source) detach(this.#element.nativeEl);
    this.#vault?.then(vault => vault.close(), () => {});
    this.source = this.session = this.#stopWatching = this.#vault = this.#replayed = undefined;
    this.#news.clear();
  }

  /** Where it is, and as it is. */
  reopen(): void {
    const { currentTime, paused } = this.#element.nativeEl;
    this.end(currentTime);
    this.open();
    if (!paused) this.#replay(this.#element.nativeEl.play());
  }

  /** The viewer has answered. */
  decide(allowed: boolean): void {
    this.consent = allowed;
    if (this.session && readP2p(this.#element) !== 'off') runtime.consent(this.session, allowed);
  }

  /** The instance has listed its swarms, or another's. */
  list(infoHashes: readonly string[]): void {
    if (!this.session) return;
    this.session.infoHashes = bytesOf(infoHashes);
    runtime.published(this.session);
  }

  /** Attributes have changed. */
  adjust(changed: Set<string>): void {
    const element = this.#element;
    const { session } = this;
    if (!session) return;
    if (changed.has('max-upload')) runtime.capUpload(session, readMaxUpload(element));
    if (changed.has('cap-to-size')) runtime.viewport(session, this.#extent());
    const p2p = readP2p(element);
    if (changed.has('p2p') && p2p !== 'ask') runtime.consent(session, p2p === 'on');
    // What was opened without peers has none to allow.
    if ([...changed].some(name => REOPENING.has(name)) || (this.#openedOff && p2p !== 'off')) this.reopen();
  }

  playNatively(source: Source, because?: Fault): void {
    const { nativeEl: video } = this.#element;
    const playing = !video.paused || this.#wanted;
    this.source = source;
    this.session = undefined;
    this.#because = because;
    detach(video);
    video.src = source.url;
    this.#news.live.loaded(false);
    if (playing) this.#replay(video.play());
  }

  /** The element says that it has failed. With the engine, a decoding error is the engine's to judge: it may rebuild, and reports what is final. */
  nativeFailed(): void {
    if (!this.source || this.session) return;
    const tried = "The browser's own player was tried as well, and failed.";
    this.#news.fail(this.#because ? { ...this.#because, tried } : nativeFault(this.#element.nativeEl.error, this.source.url));
  }

  /** Whether playback that no page has asked for was refused shows in `paused`. */
  #replay(playing: Promise<void>): void {
    this.#replayed = playing;
    playing.catch(() => {});
  }

  #options(source: Source, start: number | undefined): EngineOptions {
    const element = this.#element;
    const { consent } = this;
    const options: EngineOptions = {
      src: source.url,
      preload: element.preload === 'auto' || element.autoplay || this.#wanted ? 'auto' : 'metadata',
      ...readAttributes(element, source.url),
      ...this.#extent(),
      redundancies: element.redundancies,
      ...(start !== undefined && { start }),
    };
    // A viewer who declined may still change their mind: that is `ask`, and `off` would be for good.
    this.#openedOff = options.p2p === 'off';
    if (!this.#openedOff && consent !== undefined) options.p2p = consent ? 'on' : 'ask';
    return options;
  }

  /** What the quality is capped to. */
  #extent() {
    return readCapToSize(this.#element) ? extentOf(this.#element.nativeEl) : UNLIMITED;
  }

  /** Encrypted tracks: the part that deals with them is fetched now. */
  #unlock(session: Session, need: KeysNeeded): void {
    const failed = (fault: Fault) => {
      if (this.session !== session) return;
      runtime.close(session);
      this.#news.fail(fault);
    };
    this.#vault ??= import('./keys.ts').then(({ Vault }) => new Vault(this.#element, () => readLicense(this.#element), failed));
    this.#vault.then(vault => vault.need(need), () => failed(NO_KEYS));
  }

  /** There is no engine: the browser's own player is better than nothing, where it knows playlists. */
  #failed(fault: Fault, source = this.source): void {
    if (source && fault.name !== 'engine-failed' && playsPlaylistsNatively(this.#element.nativeEl)) {
      this.#news.warn({ ...fault, tried: "The browser's own player is used, without other viewers." });
      this.playNatively(source, fault);
    } else {
      this.#news.fail(fault);
    }
  }
}

const NO_MEDIA_SOURCE: Fault = {
  culprit: 'browser',
  code: 4,
  name: 'media-source-absent',
  message: 'This browser has neither Media Source Extensions nor Managed Media Source.',
  tried: 'It does not play HLS by itself either.',
};

const NO_KEYS: Fault = {
  culprit: 'origin',
  code: 4,
  name: 'keys-unavailable',
  message: 'The script that asks for the keys of this stream could not be fetched.',
  tried: 'It lies beside the other scripts of this player.',
};

export const NO_SCRIPT: Fault = {
  ...NO_KEYS,
  name: 'instance-unavailable',
  message: 'The script that asks the instance for this video could not be fetched.',
};
