// `<sprat-video>`: a `<video>` that plays HLS with the help of other viewers. It has no controls and decides
// nothing about playback; it keeps the contract of HTMLMediaElement (custom-media-element, media-tracks), says when a
// source is to be opened and closed, and turns the engine's events into properties and DOM events.

import { CustomVideoElement } from 'custom-media-element';
import { MediaTracksMixin } from 'media-tracks';
import type { Stats } from '../engine-events.ts';
import type { Fault, SpratError } from '../fault.ts';
import type { Extras, InstanceVideo } from '../instance/model.ts';
import { runtime } from '../runtime.ts';
import { adopt } from '../sheets.ts';
import { canAttach } from '../video/attach.ts';
import { OWN_ATTRIBUTES, type ReflectedAttributes, reflectAttributes } from '../video/attributes.ts';
import type { KeySystems } from '../video/keys.ts';
import type { Live, StreamType } from '../video/live.ts';
import { afterTwoFrames } from '../video/moves.ts';
import { News } from '../video/news.ts';
import { NO_SCRIPT, Playback } from '../video/playback.ts';
import { type Source, isPlaylistType } from '../video/source.ts';
import { Tracks } from '../video/tracks.ts';
import css from '../../styles/video.css' with { type: 'text' };

export class SpratVideo extends MediaTracksMixin(CustomVideoElement) {
  static override readonly observedAttributes = [...super.observedAttributes, 'type', ...OWN_ATTRIBUTES];
  static override getTemplateHTML = () => '<slot name="media"><video part="video"></video></slot><slot></slot>';

  /** The video on an instance that `peertube` names, and, once it plays, its captions, chapters and storyboards. */
  declare readonly instanceVideo?: InstanceVideo;
  declare readonly instanceExtras?: Extras;

  /** Made with the shadow tree, before anything can be asked of it. */
  #tracks!: Tracks;
  #news!: News;
  #playback!: Playback;
  #changed = new Set<string>();
  #infoHashes: readonly string[] | undefined;
  #redundancies: readonly string[] | undefined;
  #keySystems: KeySystems = {};
  #cancelClosing: (() => void) | undefined;

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
      const { session } = this.#playback;
      if (session) runtime.choose(session, what, index);
    });
    this.#news = new News(this, this.#tracks, () => this.consent === undefined);
    this.#playback = new Playback(this, this.#news);
  }

  // What is asked for

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    // The browser's own player would start on `src`; it is given only what it is to play.
    if (name !== 'src') super.attributeChangedCallback(name, before, now);
    if (before === now) return;
    // An element made by script gets its attributes one by one; until something plays, they are its beginning.
    if (name === 'muted' && !this.playback.source) this.nativeEl.muted = now !== null;
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
    this.#cancelClosing = afterTwoFrames(() => this.playback.leave());
  }

  override async play(): Promise<void> {
    // `src` may have been set a line before: what is played is the new source.
    if (this.#changed.size > 0) this.#update();
    return this.playback.play();
  }

  /** Starts anew, as `<video>.load()` does; after an error, where it was. */
  override load(): void {
    const failedAt = this.error && this.streamType !== 'live' ? this.nativeEl.currentTime : 0;
    const { playback } = this;
    playback.end(failedAt || undefined);
    if (this.peertube && !playback.instanceSource) this.#ask({ again: true });
    if (playback.isWanted) playback.open();
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
    if (listed) this.playback.list(listed);
  }

  /** Folders of other servers with the same files, read when a source is opened; what they bring counts by its digest. */
  get redundancies(): readonly string[] | undefined {
    return this.#redundancies;
  }

  set redundancies(bases: readonly string[] | undefined) {
    this.#redundancies = bases;
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
    return this.playback.consent;
  }

  get engineVersion(): string {
    return runtime.engineVersion;
  }

  override get currentSrc(): string {
    return this.playback.source?.url ?? '';
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
    // Whether that was refused shows in `paused`.
    this.play().catch(() => {});
  }

  override get seekable(): TimeRanges {
    return this.#live.seekable ?? this.nativeEl.seekable;
  }

  /** What opens and closes; for the player around it. */
  get playback(): Playback {
    return this.nativeEl && this.#playback;
  }

  /** An element is complete at the first question asked of it, and not before (custom-media-element). */
  get #known(): News {
    return this.nativeEl && this.#news;
  }


  get #live(): Live {
    return this.#known.live;
  }

  // What follows from it

  #update(): void {
    const { playback } = this;
    const changed = new Set(this.#changed);
    this.#changed.clear();
    const moved = changed.has('peertube');
    if (moved) playback.instanceSource = undefined;
    if (moved || changed.has('src') || changed.has('type')) playback.stop();
    playback.adjust(changed);
    if (moved || (changed.has('connected') && this.peertube)) this.#ask();
    if (this.isConnected && playback.isWanted) playback.open();
  }

  /** Asks the instance that `peertube` names; the code that does comes when there is one. */
  #ask(how?: { password?: string; again?: boolean }): void {
    const failed = (fault: Fault) => this.#known.fail(fault);
    const found = (source?: Source) => {
      const { playback } = this;
      playback.instanceSource = source;
      if (!source) playback.close();
      // The same at another address: opened anew where it is, as with other digests.
      else if (playback.session) this.#changed.add('integrity');
      this.#update();
    };
    import('../instance/element.ts').then(({ follow }) => follow(this, { found, failed }, how), () => failed(NO_SCRIPT));
  }

  override handleEvent(event: Event): void {
    if (event.type === 'error' && event.target === this.nativeEl) this.#playback.nativeFailed();
    else super.handleEvent(event);
  }

  #decide(allowed: boolean): void {
    this.playback.decide(allowed);
    this.#known.say('consentchange');
  }
}

/** Fetches and compiles the engine before the first source is opened. */
export function warm(): void {
  runtime.warm();
}

export interface SpratVideo extends ReflectedAttributes {}
reflectAttributes(SpratVideo.prototype);

declare global {
  interface HTMLElementTagNameMap {
    'sprat-video': SpratVideo;
  }
}
