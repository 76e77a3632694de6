// Our own protocol: what a `<video>` has, and what ours has beyond it, over a MessagePort (`docs/embed-api.md`).
//
// The embedder hands over one end of a channel. It is told the whole state at once, and with every event what of it has
// changed; it sets properties and calls methods by name, from a closed list: none of them can name what to play.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { Controlled } from './controlled.ts';
import type { Embedder } from './embedder.ts';

const VERSION = 1;
/** An embedder has one or two; one that loses count loses its oldest. */
const MOST_PORTS = 8;

/** What a player says beyond the events of media. */
const OWN_EVENTS = ['statschange', 'consentrequired', 'consentchange', 'streamtypechange', 'targetlivewindowchange', 'renditionplaying', 'warning'];
const PLAYLIST_EVENTS = ['itemchange', 'playlistloaded', 'playlistend', 'itemunavailable'];

/** What may be set, by the type it has. */
const SETTABLE: Record<string, 'number' | 'boolean'> = {
  currentTime: 'number',
  volume: 'number',
  muted: 'boolean',
  playbackRate: 'number',
  defaultPlaybackRate: 'number',
  preservesPitch: 'boolean',
  loop: 'boolean',
};

type State = Record<string, unknown>;
type Call = (...args: unknown[]) => unknown;

export function speakChannel(controlled: Controlled, embedder: Embedder): void {
  const open: Port[] = [];
  embedder.hear((data, ports) => {
    const { sprat, version } = (typeof data === 'object' && data !== null ? data : {}) as State;
    const [port] = ports;
    if (sprat !== 'connect' || version !== VERSION || !port) return;
    open.push(new Port(port, controlled));
    if (open.length > MOST_PORTS) open.shift()?.close();
  });
  const say = (event: Event) => open.forEach(port => port.say(event));
  const { Events } = controlled.player.media.constructor as typeof SpratVideo;
  for (const type of [...Events, ...OWN_EVENTS]) controlled.player.addEventListener(type, say);
  for (const type of PLAYLIST_EVENTS) controlled.playlist?.addEventListener(type, say);
  for (const list of [controlled.player.textTracks, controlled.player.videoRenditions, controlled.player.audioTracks]) {
    for (const type of ['change', 'addtrack', 'removetrack', 'addrendition', 'removerendition']) {
      list.addEventListener(type, () => say(new Event('trackschange')));
    }
  }
  embedder.post({ sprat: 'here', version: VERSION });
}

class Port {
  #told = new Map<string, string>();
  readonly #calls: Record<string, Call>;
  /** The last that was set, so that an embedder can tell its own change from what was under way to it. */
  #seen = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly controlled: Controlled,
  ) {
    this.#calls = callsOf(controlled);
    port.onmessage = ({ data }) => void this.#heard(data as State | null);
    port.postMessage({ type: 'state', state: this.#news() });
  }

  say(event: Event): void {
    const { detail } = event as CustomEvent;
    this.port.postMessage({
      type: 'event',
      event: event.type,
      state: this.#news(),
      seen: this.#seen,
      ...(isFault(detail) && { detail: faultOf(detail) }),
      ...(typeof detail?.index === 'number' && { detail: { index: detail.index } }),
    });
  }

  close(): void {
    this.port.close();
  }

  async #heard(message: State | null): Promise<void> {
    const { type, id, name, value, args } = message ?? {};
    if (typeof name !== 'string') return;
    if (typeof id === 'number') this.#seen = id;
    try {
      if (type === 'set') {
        this.#set(name, value);
      } else if (type === 'call') {
        if (!Object.hasOwn(this.#calls, name)) throw new DOMException(`There is no method ${name.slice(0, 40)}.`, 'NotSupportedError');
        const answer = await this.#calls[name]!(...(Array.isArray(args) ? args : []));
        this.#answer(id, { value: answer });
      }
    } catch (error) {
      const { name, message } = error as Error;
      this.#answer(id, { error: { name, message } });
    }
  }

  #answer(id: unknown, answer: object): void {
    this.port.postMessage({ type: 'answer', id, ...answer, state: this.#news(), seen: this.#seen });
  }

  #set(name: string, value: unknown): void {
    if (!Object.hasOwn(SETTABLE, name)) throw new DOMException(`${name.slice(0, 40)} cannot be set.`, 'NotSupportedError');
    if (typeof value !== SETTABLE[name]) throw new TypeError(`${name} is a ${SETTABLE[name]}.`);
    (this.controlled.player as unknown as State)[name] = value;
  }

  /** What is otherwise than it was told. */
  #news(): State {
    const news: State = {};
    for (const [name, value] of Object.entries(stateOf(this.controlled))) {
      const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
      if (this.#told.get(name) === text) continue;
      this.#told.set(name, text);
      news[name] = value;
    }
    return news;
  }
}

function callsOf(controlled: Controlled): Record<string, Call> {
  const { player } = controlled;
  const rendition = (index: unknown) => void (controlled.resolution = Number(index));
  return {
    play: () => player.play(),
    pause: () => player.pause(),
    load: () => player.load(),
    goLive: () => player.goLive(),
    grantConsent: () => player.grantConsent(),
    revokeConsent: () => player.revokeConsent(),
    selectRendition: rendition,
    selectAudio: index => {
      const track = player.audioTracks[Number(index)];
      if (track) track.enabled = true;
    },
    setTextTrackMode: (index, mode) => {
      const track = player.textTracks[Number(index)];
      if (track) track.mode = mode as TextTrackMode;
    },
    setVideoPassword: password => void (controlled.password = String(password ?? '')),
    getImageDataUrl: () => controlled.image,
    next: () => controlled.next(),
    previous: () => controlled.previous(),
    select: index => controlled.playlist?.select(Number(index)) ?? false,
  };
}

function stateOf({ player, playlist, isLoaded }: Controlled): State {
  const { error } = player;
  return {
    isReady: isLoaded,
    currentTime: player.currentTime,
    duration: player.duration,
    paused: player.paused,
    ended: player.ended,
    seeking: player.seeking,
    readyState: player.readyState,
    networkState: player.networkState,
    volume: player.volume,
    muted: player.muted,
    playbackRate: player.playbackRate,
    defaultPlaybackRate: player.defaultPlaybackRate,
    preservesPitch: player.media.nativeEl.preservesPitch,
    currentSrc: player.currentSrc,
    videoWidth: player.videoWidth,
    videoHeight: player.videoHeight,
    buffered: ranges(player.buffered),
    played: ranges(player.played),
    seekable: ranges(player.seekable),
    error: error && faultOf(error),
    streamType: player.streamType,
    targetLiveWindow: player.targetLiveWindow,
    liveEdgeStart: player.liveEdgeStart,
    liveTarget: player.liveTarget,
    latency: player.latency,
    consent: player.consent ?? null,
    engineVersion: player.engineVersion,
    stats: player.stats,
    textTracks: [...player.textTracks].map(({ id, kind, label, language, mode }) => ({ id, kind, label, language, mode })),
    videoRenditions: [...player.videoRenditions].map(({ id, width, height, bitrate, frameRate, codec }) => ({ id, width, height, bitrate, frameRate, codec })),
    selectedRendition: player.videoRenditions.selectedIndex,
    playingRendition: player.playingRendition,
    audioTracks: [...player.audioTracks].map(({ id, kind, label, language, enabled }) => ({ id, kind, label, language, enabled })),
    mediaTitle: player.getAttribute('media-title') ?? '',
    playlist: playlist
      ? { index: playlist.currentIndex, items: playlist.items.map(({ title, duration, src }) => ({ title, duration: duration ?? null, playable: src !== undefined })) }
      : null,
  };
}

function ranges(times: TimeRanges): [number, number][] {
  return Array.from({ length: times.length }, (_, i) => [times.start(i), times.end(i)]);
}

function isFault(detail: unknown): detail is MediaError {
  return typeof detail === 'object' && detail !== null && 'culprit' in detail;
}

/** As data: an object with a prototype of ours does not pass through a channel. */
function faultOf(fault: object): State {
  const { culprit, code, name, message, tried } = fault as State;
  return { culprit, code, name, message, tried };
}
