// Our side of the races in a page. What is measured is a wasm module with the engine's own code in it, made like the
// player's; this file is all that knows how it is called.
import start, { Lane, segments } from '/workshop/workshop.js'

/** As the workshop takes them, a slice in a turn. */
const SLICE = 128 * 1024

await start({ module_or_path: '/workshop/workshop_bg.wasm' })

/** One lane of segments. */
export function transmuxer() {
  const lane = new Lane()
  let contiguous = false
  return {
    segment(buffer) {
      lane.begin(contiguous)
      contiguous = true
      for (let at = 0; at < buffer.byteLength; at += SLICE) {
        lane.push(new Uint8Array(buffer, at, Math.min(SLICE, buffer.byteLength - at)))
      }
      if (lane.finish() === 0) throw new Error('Sprat refused a segment')
      return [lane.init(), lane.media()]
    },
    close: () => lane.free(),
  }
}

/** How many segments a playlist has. @param {Uint8Array} bytes */
export const playlist = (bytes, url) => segments(bytes, url)
