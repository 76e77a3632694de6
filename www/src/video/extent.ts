// How large is the picture on screen? In device pixels, reported when it has stayed the same for a while: a window
// that is being dragged is no reason to change the quality over and over.

const SETTLED_MS = 1_000;

export interface Extent {
  width: number;
  height: number;
}

/** No limit: what is said where the page wants none, and of an element that is not shown. */
export const UNLIMITED: Extent = { width: 0, height: 0 };

export function extentOf(element: HTMLElement): Extent {
  const scale = devicePixelRatio;
  return { width: Math.round(element.clientWidth * scale), height: Math.round(element.clientHeight * scale) };
}

/** Calls back on every change; returns how to stop. */
export function watchExtent(element: HTMLElement, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED_MS);
  });
  observer.observe(element);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
