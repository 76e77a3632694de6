// A video of an instance as an element needs it, wherever it was read: in the REST API (`video.ts`) or in the ActivityPub
// object (`activity.ts`). Every field has been judged (`judge.ts`).

export interface InstanceVideo {
  /** Of the instance that was asked. */
  origin: string;
  /** Its number there, where that is known. */
  id?: number;
  uuid: string;
  title: string;
  channel: string;
  /** The instance that it comes from, when that is another one: host. Playing it contacts that one. */
  remoteHost?: string;
  poster?: string;
  /** Seconds; absent for lives. */
  duration?: number;
  aspectRatio?: number;
  /** In milliseconds since 1970. */
  published?: number;
  live: boolean;
  state: State;
  privacy: Privacy;
  nsfw?: Nsfw;
  source?: InstanceSource;
  /** One file of the whole, where there is one beside an HLS source. */
  file?: InstanceSource;
  /** Of the digests of an HLS source. */
  integrity?: string;
  /** WebSocket trackers. */
  trackers: string[];
  /** False: sharing is not for this video, whatever the page or the viewer says. */
  peersAllowed: boolean;
  /** Folders on other instances with the same files. */
  redundancies: string[];
  /** When a live is to begin, in milliseconds since 1970, in order. */
  schedules: number[];
  /** False: the owner lets only some sites embed it, and the instance has to be asked. */
  embedAnywhere: boolean;
  /** What its author has had shown over the picture, as the annotation plugin of the instance keeps it. */
  annotations?: string;
  /** Of the watch page. */
  watchUrl: string;
  /** The ActivityPub object. */
  activityUrl: string;
}

export type State = 'published' | 'transcoding' | 'waiting' | 'ended' | 'blocked' | 'unavailable';
/** Why nothing plays, where that is nobody's fault (event `instancestate`). */
export interface Standing {
  state: Exclude<State, 'published'>;
  live: boolean;
  /** It has been on air while it was looked at. */
  seen: boolean;
  /** When it is to begin, in milliseconds since 1970, in order. */
  schedules: number[];
  message: string;
  /** What happens next. */
  tried: string;
}

export type Privacy = 'public' | 'unlisted' | 'private' | 'internal' | 'password';

export interface Nsfw {
  violent: boolean;
  explicit: boolean;
  summary?: string;
  /** What its instance does with such videos, where that is known yet. */
  policy?: SensitivePolicy;
}

/** Shows them, warns of them, or shows not even their posters before the viewer has accepted that. */
export type SensitivePolicy = 'display' | 'warn' | 'blur';

export interface InstanceSource {
  kind: 'hls' | 'file';
  url: string;
}

/** What comes after the first frame. */
export interface Extras {
  captions: Caption[];
  chapters: Chapter[];
  storyboards: Storyboard[];
}

export interface Caption {
  /** BCP 47. */
  language: string;
  label: string;
  automatic: boolean;
  /** WebVTT. */
  url: string;
}

export interface Chapter {
  /** Seconds. */
  start: number;
  title: string;
}

/** Pictures of the film, in rows from the top left. */
export interface Storyboard {
  url: string;
  columns: number;
  rows: number;
  /** Pixels of one picture. */
  width: number;
  height: number;
  /** Seconds that one picture stands for. */
  interval: number;
}

/** What only the ActivityPub object tells of a video known by REST. */
export interface Published {
  /** 40 hexadecimal digits each. */
  infoHashes: string[];
  /** A live too close to its edge for other viewers to help. */
  smallLatency: boolean;
}
