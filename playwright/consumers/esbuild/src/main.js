// esbuild leaves the binaries behind; `build.mjs` puts them beside the page, and this says where they are.
import { setWasmUrl } from 'sprat-player/player'

setWasmUrl('assets/sprat_bg.wasm')
document.querySelector('sprat-player').src = new URLSearchParams(location.search).get('src')
