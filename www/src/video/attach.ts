// How does a media source get into a `<video>`? A managed one where the browser has it (iOS has no other), a
// plain one otherwise. Attaching needs no engine, so that it can happen inside the gesture that asked to play.

/** Whether this browser can be fed with segments at all. */
export function canAttach(): boolean {
  return constructor() !== undefined;
}

/** Gives the video a new, still closed media source. The address is let go once the browser has taken it. */
export function attach(video: HTMLVideoElement): MediaSource {
  const Source = constructor();
  if (!Source) throw new Error('no media source: canAttach() was not asked');
  const source = new Source();
  // A ManagedMediaSource opens only where remote playback is off (W3C Media Source Extensions 2, §ManagedMediaSource).
  if (Source === window.ManagedMediaSource) video.disableRemotePlayback = true;
  const address = URL.createObjectURL(source);
  source.addEventListener('sourceopen', () => URL.revokeObjectURL(address), { once: true });
  video.src = address;
  return source;
}

/** Empties the video: an attached media source closes. */
export function detach(video: HTMLVideoElement): void {
  if (video.src.startsWith('blob:')) URL.revokeObjectURL(video.src);
  if (!video.hasAttribute('src')) return;
  video.removeAttribute('src');
  video.load();
}

export function playsPlaylistsNatively(video: HTMLVideoElement): boolean {
  return video.canPlayType('application/vnd.apple.mpegurl') !== '';
}

function constructor(): typeof MediaSource | undefined {
  return window.ManagedMediaSource ?? window.MediaSource;
}
