// Can this browser hand a video to another screen? AirPlay where there is WebKit's interface for it; Remote Playback where the page
// asks for it, for to know of a screen a browser wants to be given the source, which a policy (`media-src`) may forbid, and says so.

import type { SpratVideo } from '../elements/sprat-video.ts';

/** Of WebKit, for AirPlay. */
export interface AirVideo extends HTMLVideoElement {
  readonly webkitCurrentPlaybackTargetIsWireless?: boolean;
  webkitShowPlaybackTargetPicker?(): void;
}

/** Not where the page forbids it. */
export function isRemotable(host: HTMLElement, { nativeEl: video }: SpratVideo): boolean {
  if (host.hasAttribute('disableremoteplayback')) return false;
  return 'webkitShowPlaybackTargetPicker' in video || ('remote' in video && host.hasAttribute('cast'));
}
