// What of HTMLMediaElement is a value, and what our own elements have beyond it: the names, what they are while nothing
// is known, what may be set, and which are attributes. One table each; an element is given them by `shape`.

import { timeRanges } from './remote.ts';

export type State = Record<string, unknown>;

/** A frame that has not spoken yet. */
export const NOTHING: State = {
  currentTime: 0,
  duration: NaN,
  paused: true,
  ended: false,
  seeking: false,
  readyState: 0,
  networkState: 0,
  volume: 1,
  muted: false,
  playbackRate: 1,
  defaultPlaybackRate: 1,
  preservesPitch: true,
  currentSrc: '',
  videoWidth: 0,
  videoHeight: 0,
  buffered: [],
  played: [],
  seekable: [],
  error: null,
  isReady: false,
  streamType: 'unknown',
  targetLiveWindow: NaN,
  liveEdgeStart: NaN,
  liveTarget: NaN,
  latency: NaN,
  consent: null,
  engineVersion: '',
  stats: null,
  playingRendition: -1,
  selectedRendition: -1,
  textTracks: [],
  videoRenditions: [],
  audioTracks: [],
  mediaTitle: '',
  playlist: null,
};

export const RANGES = ['buffered', 'played', 'seekable'];
export const LISTS = ['textTracks', 'videoRenditions', 'audioTracks', 'selectedRendition'];
/** What may be set, and what it has to be. */
export const SETTABLE: Record<string, (value: unknown) => unknown> = {
  currentTime: finite,
  volume: share,
  muted: Boolean,
  playbackRate: finite,
  defaultPlaybackRate: finite,
  preservesPitch: Boolean,
};
export const CONSTANTS = {
  ...{ NETWORK_EMPTY: 0, NETWORK_IDLE: 1, NETWORK_LOADING: 2, NETWORK_NO_SOURCE: 3 },
  ...{ HAVE_NOTHING: 0, HAVE_METADATA: 1, HAVE_CURRENT_DATA: 2, HAVE_FUTURE_DATA: 3, HAVE_ENOUGH_DATA: 4 },
};

/** What a frame may have its element say: no other name is an event of ours, and a page listens to many. */
export const EVENTS = new Set(
  (
    'abort canplay canplaythrough durationchange emptied encrypted ended error loadeddata loadedmetadata loadstart pause play playing ' +
    'progress ratechange seeked seeking stalled suspend timeupdate volumechange waiting waitingforkey resize enterpictureinpicture ' +
    'leavepictureinpicture statschange consentrequired consentchange streamtypechange targetlivewindowchange renditionplaying warning ' +
    'trackschange itemchange playlistloaded playlistend itemunavailable'
  ).split(' '),
);

/** Property, attribute, and whether it is there or not. */
export const REFLECTED: readonly [property: string, attribute: string, isSwitch: boolean][] = [
  ['src', 'src', false],
  ['preload', 'preload', false],
  ['poster', 'poster', false],
  ['autoplay', 'autoplay', true],
  ['loop', 'loop', true],
  ['defaultMuted', 'muted', true],
  ['playsInline', 'playsinline', true],
];

/** An element whose values are somewhere else. */
export interface Remote extends HTMLElement {
  readRemote(name: string): unknown;
  setRemote(name: string, value: unknown): void;
}

export function shape(constructor: { prototype: Remote }): void {
  const { prototype } = constructor;
  for (const name of Object.keys(NOTHING)) {
    if (name in prototype || LISTS.includes(name)) continue;
    define(prototype, name, {
      get() {
        const value = this.readRemote(name);
        return RANGES.includes(name) ? timeRanges(value as [number, number][]) : value;
      },
      ...(SETTABLE[name] && {
        set(value) {
          this.setRemote(name, SETTABLE[name]!(value));
        },
      }),
    });
  }
  for (const [property, attribute, isSwitch] of REFLECTED) {
    define(prototype, property, {
      get() {
        return isSwitch ? this.hasAttribute(attribute) : (this.getAttribute(attribute) ?? '');
      },
      set(value) {
        if (isSwitch) this.toggleAttribute(attribute, Boolean(value));
        else this.setAttribute(attribute, String(value));
      },
    });
  }
  for (const target of [constructor, prototype]) {
    for (const [name, value] of Object.entries(CONSTANTS)) Object.defineProperty(target, name, { enumerable: true, value });
  }
}

/** Set before the class was there, they are an element's own and would never be heard of. */
export function upgrade(element: Remote): void {
  const own = element as unknown as State;
  for (const name of [...Object.keys(SETTABLE), ...REFLECTED.map(([name]) => name)]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}

function define(prototype: Remote, name: string, property: PropertyDescriptor & ThisType<Remote>): void {
  Object.defineProperty(prototype, name, { configurable: true, enumerable: true, ...property });
}

function finite(value: unknown): number {
  const number = Number(value);
  if (!Number.isFinite(number)) throw new TypeError('The value is not a finite number.');
  return number;
}

function share(value: unknown): number {
  const number = finite(value);
  if (number < 0 || number > 1) throw new DOMException('A volume is between 0 and 1.', 'IndexSizeError');
  return number;
}
