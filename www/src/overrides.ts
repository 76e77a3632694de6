// What a site may set before the first player is opened. Part of what lies beside the binaries: the loader or, in the npm
// package, whatever a bundler begins with.

import { shared } from './shared.ts';

/**
 * Where the engine's binary lies, when it does not lie beside the scripts. The other two are looked for beside it:
 * `sprat_swarm_bg.wasm`, fetched once there may be other viewers, and `sprat_benches_bg.wasm`, for streams that need it.
 * Either may lie elsewhere. Ignored once they have loaded.
 */
export function setWasmUrl(url: string | URL, benches?: string | URL, swarm?: string | URL): void {
  // On a server, where nothing is ever loaded, it may be said all the same.
  if (!globalThis.document) return;
  const engine = new URL(url, document.baseURI).href;
  shared.wasmUrl = () => engine;
  const beside = (file: string, elsewhere?: string | URL) =>
    new URL(elsewhere ?? file, elsewhere ? document.baseURI : engine).href;
  shared.benchesUrl = () => beside('sprat_benches_bg.wasm', benches);
  shared.swarmUrl = () => beside('sprat_swarm_bg.wasm', swarm);
}

// Where they lie. The one literal of each by which every bundler finds it and ships it along. In the npm package the code that the
// loader loads says so as well, later, and does not take back what a site has said meanwhile.
shared.wasmUrl ??= () => new URL('sprat_bg.wasm', import.meta.url).href;
shared.swarmUrl ??= () => new URL('sprat_swarm_bg.wasm', import.meta.url).href;
shared.benchesUrl ??= () => new URL('sprat_benches_bg.wasm', import.meta.url).href;
