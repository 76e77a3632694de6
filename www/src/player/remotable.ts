// Can this browser hand a video to another screen at all?

/** Of WebKit, for AirPlay. */
export interface AirVideo extends HTMLVideoElement {
  readonly webkitCurrentPlaybackTargetIsWireless?: boolean;
  webkitShowPlaybackTargetPicker?(): void;
}

/** Not where the page forbids it. */
export function isRemotable(media: HTMLElement & { readonly nativeEl: HTMLVideoElement }): boolean {
  return !media.hasAttribute('disableremoteplayback') && ('remote' in media.nativeEl || 'webkitShowPlaybackTargetPicker' in media.nativeEl);
}
