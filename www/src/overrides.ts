// What a site may set before the first player is opened, in a module small enough for the loader.

let wasmUrl: string | undefined;

/** Where the engine's binary lies, when it does not lie beside the scripts. Ignored once the engine has loaded. */
export function setWasmUrl(url: string | URL): void {
  wasmUrl = new URL(url, document.baseURI).href;
}

export function wasmUrlOverride(): string | undefined {
  return wasmUrl;
}
