// The pages of the first-frame race: the same stream in the same bare page, each player set up as its own
// documentation says. `shown` becomes the time of the first frame, in ms since navigation began.

const page = (head, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>First frame</title>${head}</head><body>${body}</body></html>`

const WATCH = `const watch = video => video.requestVideoFrameCallback(() => { globalThis.shown = performance.now() });`

const PLAYERS = {
  sprat: src => page(
    '<script type="module" src="/sprat.js"></script>',
    `<sprat-video src="${src}" muted autoplay playsinline></sprat-video>
    <script type="module">${WATCH}
    await customElements.whenDefined('sprat-video')
    watch(document.querySelector('sprat-video').nativeEl)</script>`,
  ),
  'hls.js': src => page(
    '<script src="/npm/hls.js/dist/hls.min.js"></script>',
    `<video muted autoplay playsinline></video>
    <script>${WATCH}
    const video = document.querySelector('video')
    const hls = new Hls()
    hls.loadSource('${src}')
    hls.attachMedia(video)
    watch(video)</script>`,
  ),
}

/** Folder-less files for the local origin, by path. @param {Record<string, string>} streams   name → URL path */
export function pagesFor(streams) {
  const files = {}
  for (const [player, html] of Object.entries(PLAYERS)) {
    for (const [name, src] of Object.entries(streams)) files[`/race/${player}/${name}.html`] = html(src)
  }
  return files
}

export const NAMES = Object.keys(PLAYERS)
