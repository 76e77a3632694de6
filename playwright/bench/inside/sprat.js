// Our side of the races in a page: the benches as they ship, called as the player calls them, and a wasm module with the
// engine's own reading of playlists. This file is all that knows how they are called.
import startBenches, { Bench } from '/benches/sprat_benches.js'
import startPlaylists, { segments } from '/playlists/playlists.js'

/** As the player gives them, a slice at a time. */
const SLICE = 128 * 1024

await startBenches({ module_or_path: '/benches/sprat_benches_bg.wasm' })
await startPlaylists({ module_or_path: '/playlists/playlists_bg.wasm' })

/** One SourceBuffer's segments. */
export function transmuxer() {
  const bench = new Bench(() => true)
  let contiguous = false
  return {
    segment(buffer) {
      bench.segment(!contiguous, contiguous, false, undefined, false, undefined, undefined, false, undefined, false)
      contiguous = true
      for (let at = 0; at < buffer.byteLength; at += SLICE) {
        bench.push(new Uint8Array(buffer, at, Math.min(SLICE, buffer.byteLength - at)))
      }
      const product = bench.finish()
      const made = [product.init(), product.bytes()]
      product.free()
      return made
    },
    close: () => bench.free(),
  }
}

/** How many segments a playlist has. @param {Uint8Array} bytes */
export const playlist = (bytes, url) => segments(bytes, url)
