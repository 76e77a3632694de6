// What a site may set before the first player is opened. Part of the loader alone, which lies beside the binaries.

import { shared } from './shared.ts';

let override: string | undefined;
let benchesOverride: string | undefined;

/**
 * Where the engine's binary lies, when it does not lie beside the scripts, and that of its benches, when it does not
 * lie beside the engine's. Ignored once they have loaded.
 */
export function setWasmUrl(url: string | URL, benches?: string | URL): void {
  override = new URL(url, document.baseURI).href;
  benchesOverride = new URL(benches ?? 'sprat_benches_bg.wasm', benches ? document.baseURI : override).href;
}

/** Where it lies. The one literal by which every bundler finds the binary and ships it along; below, the other's. */
export function wasmUrl(): string {
  return override ?? new URL('sprat_bg.wasm', import.meta.url).href;
}

shared.wasmUrl = wasmUrl;
shared.benchesUrl = () => benchesOverride ?? new URL('sprat_benches_bg.wasm', import.meta.url).href;
