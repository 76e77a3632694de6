// `<sprat-video>`: a `<video>` that plays HLS with the help of other viewers. It has no controls and decides
// nothing about playback; it keeps the contract of HTMLMediaElement (custom-media-element, media-tracks), opens
// and closes a source with the engine, and turns the engine's events into properties and DOM events.

import { CustomVideoElement } from 'custom-media-element';
import { MediaTracksMixin } from 'media-tracks';
import type { EngineOptions, KeysNeeded, Stats } from '../engine-events.ts';
import { type Fault, type SpratError, nativeFault } from '../fault.ts';
import { runtime } from '../runtime.ts';
import { adopt } from '../sheets.ts';
import { canAttach, detach, playsPlaylistsNatively } from '../video/attach.ts';
import {
  OWN_ATTRIBUTES,
  type ReflectedAttributes,
  readAttributes,
  readCapToSize,
  readLicense,
  readMaxUpload,
  readP2p,
  reflectAttributes,
} from '../video/attributes.ts';
import { bytesOf } from '../video/published.ts';
import { UNLIMITED, extentOf, watchExtent } from '../video/extent.ts';
import type { Extras, InstanceVideo } from '../instance/model.ts';
import type { KeySystems, Vault } from '../video/keys.ts';
import type { Live, StreamType } from '../video/live.ts';
import { afterTwoFrames } from '../video/moves.ts';
import { News } from '../video/news.ts';
import { Session } from '../video/session.ts';
import { type Source, isPlaylistType, sourceOf } from '../video/source.ts';
import { Tracks } from '../video/tracks.ts';
import css from '../../styles/video.css' with { type: 'text' };

/** How the source is being played now. */
type Playback =
  | { by: 'nobody' }
  | { by: 'engine'; session: Session; source: Source }
  /** `because`: why the engine could not, when the source was one for it. */
  | { by: 'browser'; source: Source; because?: Fault };

/** Changing one of these means another stream or another swarm. */
const REOPENING = new Set(['trackers', 'ice-servers', 'ice-transport-policy', 'lan', 'swarm', 'naming', 'integrity']);

export class SpratVideo extends MediaTracksMixin(CustomVideoElement) {
  static override readonly observedAttributes = [...super.observedAttributes, 'type', ...OWN_ATTRIBUTES];
  static override getTemplateHTML = () => '<slot name="media"><video part="video"></video></slot><slot></slot>';

  /** The video on an instance that `peertube` names, and, once it plays, its captions, chapters and storyboards. */
  declare readonly instanceVideo?: InstanceVideo;
  declare readonly instanceExtras?: Extras;

  #playback: Playback = { by: 'nobody' };
  /** What the instance says is to be played, unless the page says so. */
  #instanceSource: Source | undefined;
  /** Made with the shadow tree, before anything can be asked of it. */
  #tracks!: Tracks;
  #news!: News;
  #consent: boolean | undefined;
  #openedOff = false;
  #playWanted = false;
  #replayed: Promise<void> | undefined;
  #resumeAt: number | undefined;
  #changed = new Set<string>();
  #infoHashes: readonly string[] | undefined;
  #redundancies: readonly string[] | undefined;
  #keySystems: KeySystems = {};
  #vault: Promise<Vault> | undefined;
  #cancelClosing: (() => void) | undefined;
  #stopWatching: (() => void) | undefined;

  override init(): void {
    if (!this.shadowRoot) {
      const media = Object.assign(document.createElement('slot'), { name: 'media' });
      const video = document.createElement('video');
      video.part.add('video');
      media.append(video);
      this.attachShadow({ mode: 'open' }).append(media, document.createElement('slot'));
    }
    adopt(this.shadowRoot!, css);
    super.init();
    this.#tracks = new Tracks(this, (what, index) => {
      if (this.#playback.by === 'engine') runtime.choose(this.#playback.session, what, index);
    });
    this.#news = new News(this, this.#tracks, () => this.#consent === undefined);
  }

  // What is asked for

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    // The browser's own player would start on `src`; it is given only what it is to play.
    if (name !== 'src') super.attributeChangedCallback(name, before, now);
    if (before === now) return;
    // An element made by script gets its attributes one by one; until something plays, they are its beginning.
    if (name === 'muted' && this.#playback.by === 'nobody') this.nativeEl.muted = now !== null;
    if (this.#changed.size === 0) queueMicrotask(() => this.#update());
    this.#changed.add(name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#cancelClosing?.();
    if (this.#changed.size === 0) queueMicrotask(() => this.#update());
    this.#changed.add('connected');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancelClosing = afterTwoFrames(() => {
      // One that had not yet come to its position when it left is still to go there.
      this.#resumeAt = this.nativeEl.currentTime || this.#resumeAt;
      this.#playWanted = false;
      this.#close();
    });
  }

  override async play(): Promise<void> {
    // `src` may have been set a line before: what is played is the new source.
    if (this.#changed.size > 0) this.#update();
    this.#playWanted = true;
    this.#open();
    try {
      await this.nativeEl.play();
    } catch (error) {
      if (!this.#replayed) throw error;
      await this.#replayed;
    }
  }

  /** Starts anew, as `<video>.load()` does; after an error, where it was. */
  override load(): void {
    const failedAt = this.error && this.streamType !== 'live' ? this.nativeEl.currentTime : 0;
    this.#close();
    this.#resumeAt = failedAt || undefined;
    if (this.peertube && !this.#instanceSource) this.#ask({ again: true });
    if (this.#isWanted()) this.#open();
  }

  override canPlayType(type: string): CanPlayTypeResult {
    return isPlaylistType(type) && canAttach() ? 'maybe' : this.nativeEl.canPlayType(type);
  }

  /** Peers may be used. Without effect where the page says `p2p="off"`. */
  grantConsent(): void {
    this.#decide(true);
  }

  /** No peers any more: connections close, playback goes on from the origin. */
  revokeConsent(): void {
    this.#decide(false);
  }

  /** Of a video on an instance that asks for one. */
  setVideoPassword(password: string): void {
    this.#ask({ password });
  }

  /** Shows what the viewer has been warned of (event `sensitivecontent`). */
  acceptSensitiveContent(): void {
    import('../instance/element.ts').then(({ accept }) => accept(this), () => {});
  }

  /** Where licenses are to be had, by key system; read when an encrypted track is met. See `video/keys.ts`. */
  get keySystems(): KeySystems {
    return this.#keySystems;
  }

  set keySystems(systems: KeySystems) {
    this.#keySystems = systems;
  }

  /** The swarms that an instance lists, for `naming="published"`: info hashes of 40 hexadecimal digits. */
  get infoHashes(): readonly string[] | undefined {
    return this.#infoHashes;
  }

  set infoHashes(listed: readonly string[] | undefined) {
    this.#infoHashes = listed;
    if (this.#playback.by !== 'engine' || !listed) return;
    this.#playback.session.infoHashes = bytesOf(listed);
    runtime.published(this.#playback.session);
  }

  /** Folders of other servers with the same files, read when a source is opened; what they bring counts by its digest. */
  get redundancies(): readonly string[] | undefined {
    return this.#redundancies;
  }

  set redundancies(bases: readonly string[] | undefined) {
    this.#redundancies = bases;
  }

  /** Another screen plays the source itself (`player/remote.ts`); or does so no more, and the engine goes on where it was. */
  handOver(away: boolean): void {
    const { nativeEl: video } = this;
    const { currentTime } = video;
    if (!away) return this.#reopen();
    if (this.#playback.by !== 'engine') return;
    const { session, source } = this.#playback;
    runtime.close(session);
    // One that was given both has gone over by itself.
    if (video.currentSrc === source.url) this.#playback = { by: 'browser', source };
    else {
      this.#playNatively(source);
      video.addEventListener('loadedmetadata', () => (video.currentTime = currentTime), { once: true });
    }
  }

  // What is known

  override get error(): SpratError | null {
    return this.#known.error;
  }

  get stats(): Readonly<Stats> {
    return this.#known.stats;
  }

  /** The viewer's answer about sharing; undefined until there is one. */
  get consent(): boolean | undefined {
    return this.#consent;
  }

  get engineVersion(): string {
    return runtime.engineVersion;
  }

  override get currentSrc(): string {
    return this.#playback.by === 'nobody' ? '' : this.#playback.source.url;
  }

  /** Index in `videoRenditions` of what is being fetched now, or -1; `selectedIndex` is -1 while that is automatic. */
  get playingRendition(): number {
    return this.#known && this.#tracks.playingVariant;
  }

  get streamType(): StreamType {
    return this.#live.streamType;
  }

  get targetLiveWindow(): number {
    return this.#live.targetWindow;
  }

  get liveEdgeStart(): number {
    return this.#live.edgeStart;
  }

  /** Where live playback should be, or NaN: the place to seek to for "go live". */
  get liveTarget(): number {
    return this.#live.target;
  }

  /** Seconds behind the live edge, or NaN. */
  get latency(): number {
    return this.stats?.latency ?? NaN;
  }

  /** Where `latency` should be, or NaN: what the playlist says, and more after stalls. */
  get targetLatency(): number {
    return this.stats?.targetLatency ?? NaN;
  }

  /** Goes to where live playback should be, and plays. Without effect where nothing is live. */
  goLive(): void {
    const { target } = this.#live;
    if (Number.isNaN(target)) return;
    this.nativeEl.currentTime = target;
    void quiet(this.play());
  }

  override get seekable(): TimeRanges {
    return this.#live.seekable ?? this.nativeEl.seekable;
  }

  /** An element is complete at the first question asked of it, and not before (custom-media-element). */
  get #known(): News {
    return this.nativeEl && this.#news;
  }

  get #live(): Live {
    return this.#known.live;
  }

  // Opening and closing

  #update(): void {
    const changed = new Set(this.#changed);
    this.#changed.clear();
    const moved = changed.has('peertube');
    if (moved) this.#instanceSource = undefined;
    if (moved || changed.has('src') || changed.has('type')) {
      this.#close();
      this.#resumeAt = undefined;
      this.#playWanted = false;
    }
    if (this.#playback.by === 'engine') this.#adjust(this.#playback.session, changed);
    if (moved || (changed.has('connected') && this.peertube)) this.#ask();
    if (this.#playback.by === 'nobody' && this.isConnected && this.#isWanted()) this.#open();
  }

  /** Asks the instance that `peertube` names; the code that does comes when there is one. */
  #ask(how?: { password?: string; again?: boolean }): void {
    const failed = (fault: Fault) => this.#news.fail(fault);
    const found = (source?: Source) => {
      this.#instanceSource = source;
      if (!source) this.#close();
      // The same at another address: opened anew where it is, as with other digests.
      else if (this.#playback.by === 'engine') this.#changed.add('integrity');
      this.#update();
    };
    import('../instance/element.ts').then(({ follow }) => follow(this, { found, failed }, how), () => failed(NO_SCRIPT));
  }

  #adjust(session: Session, changed: Set<string>): void {
    if (changed.has('max-upload')) runtime.capUpload(session, readMaxUpload(this));
    if (changed.has('cap-to-size')) runtime.viewport(session, this.#extent());
    const p2p = readP2p(this);
    if (changed.has('p2p') && p2p !== 'ask') runtime.consent(session, p2p === 'on');
    // What was opened without peers has none to allow.
    const reopens = [...changed].some(name => REOPENING.has(name)) || (this.#openedOff && p2p !== 'off');
    if (!reopens) return;
    this.#reopen();
  }

  /** Where it is, and as it is. */
  #reopen(): void {
    const { currentTime, paused } = this.nativeEl;
    this.#close();
    this.#resumeAt = currentTime;
    this.#open();
    if (!paused) this.#replayed = quiet(this.nativeEl.play());
  }

  #isWanted(): boolean {
    return this.#playWanted || this.autoplay || this.preload !== 'none';
  }

  #open(): void {
    if (this.#playback.by !== 'nobody') return;
    const source = sourceOf(this) ?? this.#instanceSource;
    if (!source) return;
    const video = this.nativeEl;
    this.#news.error = null;
    if (!source.hls) {
      this.#playNatively(source);
    } else if (!canAttach()) {
      this.#failed(NO_MEDIA_SOURCE);
    } else {
      const start = this.#resumeAt ?? (video.currentTime || undefined);
      const session = new Session(video, source.url, () => this.#options(source, start), {
        heard: event => (event.type === 'keys' ? this.#unlock(session, event) : this.#news.hear(event)),
        failed: fault => this.#failed(fault),
        replayed: playing => (this.#replayed = quiet(playing)),
      });
      session.infoHashes = this.#infoHashes && bytesOf(this.#infoHashes);
      this.#playback = { by: 'engine', session, source };
      runtime.open(session);
      this.#stopWatching = watchExtent(video, () => runtime.viewport(session, this.#extent()));
    }
  }

  #options(source: Source, start: number | undefined): EngineOptions {
    const options: EngineOptions = {
      src: source.url,
      preload: this.preload === 'auto' || this.autoplay || this.#playWanted ? 'auto' : 'metadata',
      ...readAttributes(this, source.url),
      ...this.#extent(),
      ...(this.#redundancies && { redundancies: this.#redundancies }),
      ...(start !== undefined && { start }),
    };
    // A viewer who declined may still change their mind: that is `ask`, and `off` would be for good.
    this.#openedOff = options.p2p === 'off';
    if (!this.#openedOff && this.#consent !== undefined) options.p2p = this.#consent ? 'on' : 'ask';
    return options;
  }

  /** What the quality is capped to. */
  #extent() {
    return readCapToSize(this) ? extentOf(this.nativeEl) : UNLIMITED;
  }

  /** Encrypted tracks: the part that deals with them is fetched now. */
  #unlock(session: Session, need: KeysNeeded): void {
    const failed = (fault: Fault) => {
      if (this.#playback.by !== 'engine' || this.#playback.session !== session) return;
      runtime.close(session);
      this.#news.fail(fault);
    };
    this.#vault ??= import('../video/keys.ts').then(
      ({ Vault }) =>
        new Vault({
          video: this.nativeEl,
          systems: () => this.keySystems,
          license: () => readLicense(this),
          failed,
        }),
    );
    this.#vault.then(vault => vault.need(need), () => failed(NO_KEYS));
  }

  #playNatively(source: Source, because?: Fault): void {
    const playing = !this.nativeEl.paused || this.#playWanted;
    this.#playback = { by: 'browser', source, ...(because && { because }) };
    detach(this.nativeEl);
    this.nativeEl.src = source.url;
    this.#live.loaded(false);
    if (playing) this.#replayed = quiet(this.nativeEl.play());
  }

  #close(): void {
    const { by } = this.#playback;
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    if (this.#playback.by === 'engine') runtime.close(this.#playback.session);
    this.#playback = { by: 'nobody' };
    if (by !== 'nobody') detach(this.nativeEl);
    this.#vault?.then(vault => vault.close(), () => {});
    this.#vault = undefined;
    this.#replayed = undefined;
    this.#known.clear();
  }

  // What goes wrong

  /** There is no engine: the browser's own player is better than nothing, where it knows playlists. */
  #failed(fault: Fault): void {
    const source = this.#playback.by === 'engine' ? this.#playback.source : sourceOf(this);
    if (source && fault.name !== 'engine-failed' && playsPlaylistsNatively(this.nativeEl)) {
      this.#news.warn({ ...fault, tried: "The browser's own player is used, without other viewers." });
      this.#playNatively(source, fault);
    } else {
      this.#news.fail(fault);
    }
  }

  override handleEvent(event: Event): void {
    if (event.type !== 'error' || event.target !== this.nativeEl) {
      super.handleEvent(event);
    } else if (this.#playback.by === 'browser') {
      const { source, because } = this.#playback;
      const tried = "The browser's own player was tried as well, and failed.";
      this.#news.fail(because ? { ...because, tried } : nativeFault(this.nativeEl.error, source.url));
    }
    // With the engine, a decoding error is the engine's to judge: it may rebuild, and reports what is final.
  }

  #decide(allowed: boolean): void {
    this.#consent = allowed;
    if (this.#playback.by === 'engine' && readP2p(this) !== 'off') runtime.consent(this.#playback.session, allowed);
    this.#known.say('consentchange');
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

const NO_SCRIPT: Fault = {
  ...NO_KEYS,
  name: 'instance-unavailable',
  message: 'The script that asks the instance for this video could not be fetched.',
};

/** Fetches and compiles the engine before the first source is opened. */
export function warm(): void {
  runtime.warm();
}

/** Playback asked for by us, not by the page: whether it was refused shows in `paused`. */
function quiet(playing: Promise<void>): Promise<void> {
  playing.catch(() => {});
  return playing;
}

export interface SpratVideo extends ReflectedAttributes {}
reflectAttributes(SpratVideo.prototype);

declare global {
  interface HTMLElementTagNameMap {
    'sprat-video': SpratVideo;
  }
}
