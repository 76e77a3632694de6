// How does this platform give a player the whole screen, or a window of its own? The element where it can, the
// native video where only that may (iPhone).

interface LegacyVideo extends HTMLVideoElement {
  readonly webkitSupportsFullscreen?: boolean;
  webkitEnterFullscreen?(): void;
}

interface LegacyElement extends HTMLElement {
  webkitRequestFullscreen?(): void;
}

interface LegacyDocument extends Document {
  readonly webkitFullscreenEnabled?: boolean;
  webkitExitFullscreen?(): void;
}

/** Videos that forbid what we do ourselves; those that their page forbids are not among them. */
const cleared = new WeakSet<HTMLVideoElement>();

export function isFullscreen(host: HTMLElement): boolean {
  return host.matches(':fullscreen') || (CSS.supports('selector(:-webkit-full-screen)') && host.matches(':-webkit-full-screen'));
}

export async function toggleFullscreen(host: HTMLElement, video: HTMLVideoElement): Promise<void> {
  const { document, element } = { document: host.ownerDocument as LegacyDocument, element: host as LegacyElement };
  try {
    if (isFullscreen(host)) await (document.exitFullscreen?.() ?? document.webkitExitFullscreen?.());
    else if (element.requestFullscreen) await element.requestFullscreen();
    else if (element.webkitRequestFullscreen) element.webkitRequestFullscreen();
    else (video as LegacyVideo).webkitEnterFullscreen?.();
  } catch {
    // Refused: a frame without allow="fullscreen", or no gesture. Nothing has changed, so nothing is said.
  }
}

/** Not in a frame without `allow="fullscreen"`. */
export function fullscreenPossible(video: HTMLVideoElement): boolean {
  const { fullscreenEnabled, webkitFullscreenEnabled } = document as LegacyDocument;
  return Boolean(fullscreenEnabled || webkitFullscreenEnabled || (video as LegacyVideo).webkitSupportsFullscreen);
}

/**
 * Firefox lays a button of its own over every picture, and it takes the clicks meant for a menu that opens there. Where our own
 * does the same, the video forbids it: before the metadata is there, for Firefox looks no later.
 */
export function keepPictureClear(video: HTMLVideoElement): void {
  const lays = CSS.supports('-moz-appearance', 'none');
  if (!lays || !document.pictureInPictureEnabled || video.disablePictureInPicture) return;
  cleared.add(video);
  video.disablePictureInPicture = true;
}

export function pictureInPicturePossible(video: HTMLVideoElement): boolean {
  return Boolean(document.pictureInPictureEnabled) && (cleared.has(video) || !video.disablePictureInPicture);
}

export async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement) return await document.exitPictureInPicture();
    if (cleared.has(video)) video.disablePictureInPicture = false;
    await video.requestPictureInPicture();
  } catch {
    // As above.
  }
}
