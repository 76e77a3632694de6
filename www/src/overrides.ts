// What a site may set before the first player is opened. Part of the loader alone, which lies beside the binaries.

import { shared } from './shared.ts';

let override: string | undefined;

/**
 * Where the engine's binary lies, when it does not lie beside the scripts. The other two are looked for beside it:
 * `sprat_swarm_bg.wasm`, fetched once there may be other viewers, and `sprat_benches_bg.wasm`, for streams that need it.
 * Either may lie elsewhere. Ignored once they have loaded.
 */
export function setWasmUrl(url: string | URL, benches?: string | URL, swarm?: string | URL): void {
  // On a server, where nothing is ever loaded, it may be said all the same.
  if (!globalThis.document) return;
  override = new URL(url, document.baseURI).href;
  const beside = (file: string, elsewhere?: string | URL) =>
    new URL(elsewhere ?? file, elsewhere ? document.baseURI : override).href;
  shared.benchesUrl = () => beside('sprat_benches_bg.wasm', benches);
  shared.swarmUrl = () => beside('sprat_swarm_bg.wasm', swarm);
}

/** Where it lies. The one literal by which every bundler finds the binary and ships it along; below, the others'. */
export function wasmUrl(): string {
  return override ?? new URL('sprat_bg.wasm', import.meta.url).href;
}

shared.wasmUrl = wasmUrl;
shared.swarmUrl = () => new URL('sprat_swarm_bg.wasm', import.meta.url).href;
shared.benchesUrl = () => new URL('sprat_benches_bg.wasm', import.meta.url).href;
