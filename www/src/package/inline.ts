// `import 'sprat-player/inline'`: all elements, all languages and all three binaries in one file, for whoever can add one file to a
// page and no more. Heavier by a third than the binaries are, and all of it comes before the first frame. Nothing is
// fetched, so that a policy needs no word for it.

import engine from 'sprat_bg.wasm';
import benches from 'sprat_benches_bg.wasm';
import swarm from 'sprat_swarm_bg.wasm';
import { shared } from '../shared.ts';

export { setBlocks } from '../blocks.ts';
export { SpratEmbed } from '../define/sprat-embed.ts';
export { SpratPlayer } from '../define/sprat-player.ts';
export { SpratPlaylist } from '../define/sprat-playlist.ts';
export { SpratSearch } from '../define/sprat-search.ts';
export { SpratVideo } from '../define/sprat-video.ts';
export { registerPlugin } from '../plugins/register.ts';

shared.wasmUrl = inlined('sprat_bg.wasm', engine);
shared.benchesUrl = inlined('sprat_benches_bg.wasm', benches);
shared.swarmUrl = inlined('sprat_swarm_bg.wasm', swarm);

/** Whoever asks for the address fetches it next, and takes the answer that is already here (`early.ts`). */
function inlined(name: string, base64: string): () => string {
  return () => {
    const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
    const response = Promise.resolve(new Response(bytes, { headers: { 'content-type': 'application/wasm' } }));
    shared.early.set(name, { response, abort: new AbortController(), end: setTimeout(() => {}) });
    return name;
  };
}
