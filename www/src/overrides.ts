// What a site may set before the first player is opened, in a module small enough for the loader.

let override: string | undefined;

/** Where the engine's binary lies, when it does not lie beside the scripts. Ignored once the engine has loaded. */
export function setWasmUrl(url: string | URL): void {
  override = new URL(url, document.baseURI).href;
}

/** Where it lies. The one literal by which every bundler finds the binary and ships it along. */
export function wasmUrl(): string {
  return override ?? new URL('sprat_bg.wasm', import.meta.url).href;
}
