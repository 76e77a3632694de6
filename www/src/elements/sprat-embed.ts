// `<sprat-embed src>`: an iframe page that is used like a `<video>`. It keeps the contract of HTMLMediaElement as far
// as a page above an iframe can: properties are what the frame last told, methods and settings are sent to it
// (`../embed/channel.ts`), events come out under their own names.
//
// What is set is read back at once, as from any element, though the frame has yet to hear of it; from then on the
// frame's word counts.

import {
  type AudioTrackState,
  type RenditionState,
  RemoteList,
  type TextTrackState,
  remoteTextTrack,
  withSelection,
} from '../embed/remote.ts';
import type { Stats } from '../engine-events.ts';
import type { Fault } from '../fault.ts';
import type { StreamType } from '../video/live.ts';
import { EVENTS, LISTS, NOTHING, type Remote, SETTABLE, type State, shape, upgrade } from '../embed/shape.ts';

/** What a player needs of the page it is in. */
const ALLOW = 'autoplay; fullscreen; picture-in-picture; encrypted-media; web-share; clipboard-write; screen-wake-lock';
/** Attributes that the frame has to know when it is loaded. Those that are there or not: */
const SWITCHES = ['autoplay', 'muted', 'loop', 'playsinline'];
const TEXTS = ['preload', 'poster', 'start', 'stop', 'p2p'];
const KEPT = ['volume', 'muted', 'defaultPlaybackRate', 'preservesPitch'];
const VERSION = 1;
/** Between two reports of the position, playback is taken to have gone on, but no further than this. */
const MOST_AHEAD_S = 1;

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export class SpratEmbed extends (globalThis.HTMLElement ?? class {}) implements Remote {
  static readonly observedAttributes = ['src', 'loop', 'title', 'loading', 'sandbox'];

  #frame: HTMLIFrameElement | undefined;
  #port: MessagePort | undefined;
  #state: State = { ...NOTHING };
  /** What was set here and has not come back yet: by name, with the number of its message. */
  #ahead = new Map<string, { value: unknown; id: number }>();
  #pending = new Map<number, Pending>();
  /** Until there is a frame to hear it. */
  #unsent: object[] = [];
  #lastId = 0;
  #navigating = false;
  #opened = false;
  /** When the position was told, in ms. */
  #toldAt = 0;

  readonly #send = (name: string, ...args: unknown[]): void => void this.#call(name, ...args).catch(() => {});
  readonly textTracks = new RemoteList<TextTrackState, TextTrack>('track', (index, state) => remoteTextTrack(index, state, this.#send) as TextTrack);
  readonly videoRenditions = withSelection(
    new RemoteList<RenditionState, RenditionState>('rendition', (_, state) => state()),
    () => this.readRemote('selectedRendition') as number,
    index => void this.#ask('selectedRendition', index, 'selectRendition', index),
  );
  readonly audioTracks = new RemoteList<AudioTrackState, AudioTrackState>('track', (index, state) => {
    const send = this.#send;
    return {
      ...state(),
      get enabled() {
        return state().enabled;
      },
      set enabled(on: boolean) {
        if (on) send('selectAudio', index);
      },
    };
  });

  // The frame

  connectedCallback(): void {
    upgrade(this);
    addEventListener('message', this.#heard);
    if (!this.#frame) {
      const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(':host{display:block;aspect-ratio:16/9}:host([hidden]){display:none}iframe{display:block;width:100%;height:100%;border:0}');
      root.adoptedStyleSheets = [sheet];
      this.#frame = root.appendChild(document.createElement('iframe'));
      this.#frame.allow = ALLOW;
      this.#frame.allowFullscreen = true;
      this.#frame.referrerPolicy = 'strict-origin-when-cross-origin';
      for (const name of SpratEmbed.observedAttributes) this.#frameAttribute(name);
    }
    this.#navigate();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#heard);
    this.#forget();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.#frame) return;
    if (name === 'src') this.#navigate();
    else if (name === 'loop') this.#post({ type: 'set', name: 'loop', value: now !== null });
    else this.#frameAttribute(name);
  }

  #frameAttribute(name: string): void {
    const value = this.getAttribute(name);
    if (name === 'title') this.#frame!.title = value ?? this.getAttribute('aria-label') ?? 'Video';
    else if (value !== null && (name === 'loading' || name === 'sandbox')) this.#frame!.setAttribute(name, value);
  }

  /** Behind this turn, when all attributes are there; what is asked for meanwhile is for the new page. */
  #navigate(): void {
    const played = this.#state['readyState'] !== 0;
    if (this.#opened) this.#forget();
    if (played) this.#say('emptied');
    if (this.#navigating) return;
    this.#navigating = true;
    queueMicrotask(() => {
      this.#navigating = false;
      const address = this.#address();
      if (!this.isConnected || !this.#frame) return;
      this.#opened = true;
      if (address) this.#frame.src = address;
      else this.#frame.removeAttribute('src');
    });
  }

  /** The page's address, with what it has to know to be spoken to, and what the attributes ask of it. */
  #address(): string | undefined {
    const src = this.getAttribute('src');
    if (!src || !URL.canParse(src, this.baseURI)) return undefined;
    const url = new URL(src, this.baseURI);
    if (!/^https?:$/.test(url.protocol)) return undefined;
    const { searchParams } = url;
    searchParams.set('api', '1');
    if (self.origin !== 'null') searchParams.set('origin', self.origin);
    for (const name of SWITCHES) if (this.hasAttribute(name)) searchParams.set(name, '1');
    for (const name of TEXTS) {
      const value = this.getAttribute(name);
      if (value !== null) searchParams.set(name, name === 'poster' ? new URL(value, this.baseURI).href : value);
    }
    if (this.getAttribute('controls') === 'off') searchParams.set('controls', '0');
    return url.href;
  }

  /** What is set of an element holds for its next source; the rest begins anew. */
  #forget(): void {
    const kept = KEPT.map(name => [name, this.readRemote(name)] as const).filter(([name, value]) => value !== NOTHING[name]);
    this.#port?.close();
    this.#port = undefined;
    this.#state = { ...NOTHING };
    this.#ahead.clear();
    this.#unsent = [];
    for (const { reject } of this.#pending.values()) reject(new DOMException('The frame has gone.', 'AbortError'));
    this.#pending.clear();
    this.#fillLists();
    for (const [name, value] of kept) this.setRemote(name, value);
  }

  /** The frame says that it is there; a port of its own is what everything else goes through. */
  readonly #heard = ({ source, origin, data }: MessageEvent): void => {
    if (!this.#frame || source !== this.#frame.contentWindow || data?.sprat !== 'here' || data.version !== VERSION) return;
    // It has been led elsewhere; a sandboxed page has no origin to be known by.
    if (origin !== 'null' && origin !== new URL(this.#frame.src).origin) return;
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = message => this.#told(message.data as State);
    (source as Window).postMessage({ sprat: 'connect', version: VERSION }, '*', [port2]);
    for (const message of this.#unsent.splice(0)) port1.postMessage(message);
  };

  #told({ type, event, state, seen, detail, id, value, error }: State): void {
    const before = this.#state;
    this.#state = { ...before, ...(state as State) };
    if ((state as State | undefined)?.['currentTime'] !== undefined || event) this.#toldAt = performance.now();
    for (const [name, ahead] of this.#ahead) if (Number(seen) >= ahead.id) this.#ahead.delete(name);
    if (LISTS.some(name => this.#state[name] !== before[name])) this.#fillLists();
    if (type === 'state') this.#catchUp();
    else if (type === 'event' && EVENTS.has(String(event))) this.#say(String(event), detail);
    else if (type === 'answer') this.#settle(Number(id), value, error as State | undefined);
  }

  /** What has happened in the frame before it could be heard. */
  #catchUp(): void {
    const { readyState, paused, volume, muted } = this.#state;
    const came = ['durationchange loadedmetadata', 'loadeddata', 'canplay', 'canplaythrough'].slice(0, Number(readyState));
    for (const type of came.flatMap(types => types.split(' '))) this.#say(type);
    if (volume !== 1 || muted) this.#say('volumechange');
    if (!paused) for (const type of ['play', 'playing'].slice(0, Number(readyState) > 2 ? 2 : 1)) this.#say(type);
  }

  #settle(id: number, value: unknown, error: State | undefined): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (!error) pending?.resolve(value);
    else pending?.reject(new DOMException(String(error['message']), String(error['name'])));
  }

  #fillLists(): void {
    const { textTracks, videoRenditions, audioTracks, selectedRendition } = this.#state;
    this.textTracks.fill(textTracks as TextTrackState[], ['id', 'kind', 'label', 'language']);
    this.videoRenditions.fill(videoRenditions as RenditionState[], ['id', 'width', 'height', 'bitrate'], selectedRendition);
    this.audioTracks.fill(audioTracks as AudioTrackState[], ['id', 'kind', 'label', 'language']);
  }

  #say(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #post(message: object): number {
    const id = ++this.#lastId;
    const numbered = { ...message, id };
    if (this.#port) this.#port.postMessage(numbered);
    else this.#unsent.push(numbered);
    return id;
  }

  #call(name: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => this.#pending.set(this.#post({ type: 'call', name, args }), { resolve, reject }));
  }

  /** A call after which a property is expected to be this. */
  #ask(property: string, value: unknown, name: string, ...args: unknown[]): Promise<unknown> {
    const answer = this.#call(name, ...args);
    this.#ahead.set(property, { value, id: this.#lastId });
    // Whoever wants to know waits for it; nobody has to.
    answer.catch(() => {});
    return answer;
  }

  readRemote(name: string): unknown {
    return this.#ahead.has(name) ? this.#ahead.get(name)!.value : this.#state[name];
  }

  setRemote(name: string, value: unknown): void {
    this.#ahead.set(name, { value, id: this.#post({ type: 'set', name, value }) });
  }

  // The element's own

  get currentTime(): number {
    const at = this.readRemote('currentTime') as number;
    const { paused, seeking, readyState, playbackRate, duration } = this.#state;
    if (this.#ahead.has('currentTime') || paused || seeking || Number(readyState) < 3) return at;
    const since = Math.min(MOST_AHEAD_S, (performance.now() - this.#toldAt) / 1000);
    return Math.min(at + since * Number(playbackRate), Number.isFinite(duration) ? (duration as number) : Infinity);
  }

  set currentTime(time: number) {
    this.setRemote('currentTime', SETTABLE['currentTime']!(time));
  }

  play(): Promise<void> {
    return this.#ask('paused', false, 'play') as Promise<void>;
  }

  pause(): void {
    void this.#ask('paused', true, 'pause');
  }

  load(): void {
    this.#send('load');
  }

  fastSeek(time: number): void {
    this.currentTime = time;
  }

  canPlayType(type: string): CanPlayTypeResult {
    return document.createElement('video').canPlayType(type);
  }

  goLive(): void {
    this.#send('goLive');
  }

  grantConsent(): void {
    this.#send('grantConsent');
  }

  revokeConsent(): void {
    this.#send('revokeConsent');
  }

  setVideoPassword(password: string): Promise<unknown> {
    return this.#call('setVideoPassword', password);
  }

  /** The picture on screen, as a JPEG in a data URL. */
  getImageDataUrl(): Promise<string> {
    return this.#call('getImageDataUrl') as Promise<string>;
  }

  // Of a playlist; each says whether there was such an item to play.

  next(): Promise<boolean> {
    return this.#call('next') as Promise<boolean>;
  }

  previous(): Promise<boolean> {
    return this.#call('previous') as Promise<boolean>;
  }

  select(index: number): Promise<boolean> {
    return this.#call('select', index) as Promise<boolean>;
  }
}

shape(SpratEmbed);

/** The members that `shape` adds. */
export interface SpratEmbed {
  src: string;
  preload: string;
  poster: string;
  autoplay: boolean;
  loop: boolean;
  defaultMuted: boolean;
  playsInline: boolean;
  volume: number;
  muted: boolean;
  playbackRate: number;
  defaultPlaybackRate: number;
  preservesPitch: boolean;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  readonly readyState: number;
  readonly networkState: number;
  readonly currentSrc: string;
  readonly videoWidth: number;
  readonly videoHeight: number;
  readonly buffered: TimeRanges;
  readonly played: TimeRanges;
  readonly seekable: TimeRanges;
  readonly error: Fault | null;
  /** The frame has something that can be played. */
  readonly isReady: boolean;
  readonly streamType: StreamType;
  readonly targetLiveWindow: number;
  readonly liveEdgeStart: number;
  readonly liveTarget: number;
  readonly latency: number;
  readonly consent: boolean | null;
  readonly engineVersion: string;
  readonly stats: Stats | null;
  readonly playingRendition: number;
  readonly mediaTitle: string;
  readonly playlist: { index: number; items: { title: string; duration: number | null; playable: boolean }[] } | null;
}

declare global {
  interface HTMLElementTagNameMap {
    'sprat-embed': SpratEmbed;
  }
}
