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

export function pictureInPicturePossible(video: HTMLVideoElement): boolean {
  return Boolean(document.pictureInPictureEnabled) && !video.disablePictureInPicture;
}

export async function togglePictureInPicture(video: HTMLVideoElement): Promise<void> {
  try {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else await video.requestPictureInPicture();
  } catch {
    // As above.
  }
}
