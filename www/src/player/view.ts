// What a template may see and do. The element hands itself over as a `View`; templates are functions of it and
// keep nothing.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { SpratError } from '../fault.ts';
import type { Addition } from './additions.ts';
import type { Captions } from './captions.ts';
import type { Marks } from './marks.ts';
import type { Wishes } from './wishes.ts';
import type { Traffic } from './traffic.ts';

/** At most one of these is open. */
export type Popup = 'captions' | 'settings' | 'chapters' | 'sharing' | 'share' | 'context' | 'keys' | 'report';

export interface View {
  /** The player. */
  readonly host: HTMLElement;
  readonly media: SpratVideo;
  readonly captions: Captions;
  /** Kept once something has played. */
  traffic: Traffic | undefined;
  readonly popup: Popup | null;
  /** Of what is open, the page that is shown; empty for the first. */
  page: string;
  readonly error: SpratError | null;
  /** Waiting for data long enough that the viewer should be told. */
  readonly waiting: boolean;
  /** The question about sharing stands open. */
  readonly asking: boolean;
  readonly fullscreen: boolean;
  /** Nothing has been played of this source yet. */
  readonly fresh: boolean;
  readonly mediaTitle: string;
  /** There once an attribute asked for one of them. */
  readonly wishes: Wishes | undefined;
  /** There once there is something to mark on the timeline. */
  readonly marks: Marks | undefined;
  /** What playlists and plugins add. */
  readonly additions: readonly Addition[];
  /** To be called after something that is drawn has changed. */
  readonly changed: () => void;

  togglePlay(): void;
  seek(to: number): void;
  goLive(): void;
  setVolume(volume: number): void;
  toggleMute(): void;
  toggleFullscreen(): void;
  togglePictureInPicture(): void;
  toggle(popup: Popup): void;
  closePopup(): void;
  allowSharing(allowed: boolean): void;
  retry(): void;
  /** For a button that goes away when pressed: the keyboard stays with the player. */
  handBackFocus(press: () => void): void;
}

/** What can be sought: the whole of a film, the window of a live stream. */
export function span(media: SpratVideo): { start: number; end: number } {
  if (media.streamType !== 'live') return { start: 0, end: Number.isFinite(media.duration) ? media.duration : 0 };
  const { seekable } = media;
  return seekable.length > 0 ? { start: seekable.start(0), end: seekable.end(seekable.length - 1) } : { start: 0, end: 0 };
}

export function isLive(media: SpratVideo): boolean {
  return media.streamType === 'live';
}

/** Playing at the live position, as far as a viewer would say. */
export function atLiveEdge(media: SpratVideo): boolean {
  return !(media.currentTime < media.liveEdgeStart);
}
