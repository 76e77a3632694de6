// How does a media source get into a `<video>`? A managed one where the browser has it (iOS has no other), a
// plain one otherwise; as the object itself where the browser takes it, by an address otherwise. Attaching needs no
// engine, so that it can happen inside the gesture that asked to play.

/** Of the two sources that a video has where another screen may be given one of them. */
const OURS = 'sprat';

/** Whether this browser can be fed with segments at all. */
export function canAttach(): boolean {
  return constructor() !== undefined;
}

/**
 * Gives the video a new, still closed media source. An address is let go once the browser has taken it. `playlist`: what another
 * screen can be given in its place.
 */
export function attach(video: HTMLVideoElement, playlist: string): MediaSource {
  const Source = constructor();
  if (!Source) throw new Error('no media source: canAttach() was not asked');
  const source = new Source();
  const managed = Source === window.ManagedMediaSource;
  const beside = managed && !video.hasAttribute('disableremoteplayback') && origin !== 'null';
  // A ManagedMediaSource opens only where remote playback is off, or has something else (W3C Media Source Extensions 2, §ManagedMediaSource).
  if (managed && !beside) video.disableRemotePlayback = true;
  if (!beside && attachObject(video, source)) return source;
  const address = URL.createObjectURL(source);
  source.addEventListener('sourceopen', () => URL.revokeObjectURL(address), { once: true });
  if (!beside) {
    video.src = address;
    return source;
  }
  detach(video);
  const begins = video.networkState === video.NETWORK_EMPTY && !video.paused;
  video.prepend(...[address, playlist].map(src => Object.assign(document.createElement('source'), { src, className: OURS })));
  // An empty video begins with the first source that it is given (HTML, `source` insertion); loading it once more would end what
  // was asked of it before: `play()`, while an instance was still being asked.
  if (!begins) video.load();
  return source;
}

/** The same for a video that has already shown something: its poster stays away until it shows something again. */
export function reattach(video: HTMLVideoElement, playlist: string): MediaSource {
  const { poster } = video;
  if (poster && video.played.length > 0) {
    video.removeAttribute('poster');
    video.addEventListener('loadeddata', () => video.poster ||= poster, { once: true });
  }
  return attach(video, playlist);
}

/** Empties the video: an attached media source closes. */
export function detach(video: HTMLVideoElement): void {
  if (video.srcObject) {
    video.srcObject = null;
    return;
  }
  const ours = video.querySelectorAll(`.${OURS}`);
  ours.forEach(source => source.remove());
  if (ours.length > 0) video.load();
  if (video.src.startsWith('blob:')) URL.revokeObjectURL(video.src);
  if (!video.hasAttribute('src')) return;
  video.removeAttribute('src');
  video.load();
}

export function playsPlaylistsNatively(video: HTMLVideoElement): boolean {
  return video.canPlayType('application/vnd.apple.mpegurl') !== '';
}

/**
 * HTML has `srcObject` take a media source; WebKit does. Its addresses of media sources open nothing in an opaque
 * origin, which is what an iframe with `sandbox="allow-scripts"` is. The others throw.
 */
function attachObject(video: HTMLVideoElement, source: MediaSource): boolean {
  try {
    video.srcObject = source;
    return true;
  } catch {
    return false;
  }
}

function constructor(): typeof MediaSource | undefined {
  return window.ManagedMediaSource ?? window.MediaSource;
}
