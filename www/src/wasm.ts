// Why is there no engine? Fetches and compiles the binary, and when that fails finds out which of the known
// reasons it was: no WebAssembly, a content security policy, a missing file, another file, half a file.

import { takeEarly } from './early.ts';
import { type Fault, FaultError, redacted } from './fault.ts';
import { shared } from './shared.ts';

const TRIED = "Without the engine only the browser's own player is left, and it does not know HLS.";

/** Compiles while it downloads, and without streaming where the server names the wrong type. */
export async function compile(url: string, priority: RequestPriority = 'auto'): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== 'object') {
    throw fault('browser', 'wasm-absent', 'This browser has no WebAssembly.');
  }
  const response = await get(url, priority);
  const streams = WebAssembly.compileStreaming !== undefined && typeIs(response, 'application/wasm');
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : compileBytes(response, url));
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw whyNot(url, error);
  }
}

async function get(url: string, priority: RequestPriority): Promise<Response> {
  let response: Response;
  try {
    response = await (takeEarly(url) ?? (shared.get ?? fetch)(url, { priority }));
  } catch {
    throw fault(
      'origin',
      'wasm-unreachable',
      `The engine at ${redacted(url)} could not be fetched: no answer, or forbidden by CORS or by the connect-src of the page's content security policy.`,
    );
  }
  if (!response.ok) {
    throw fault('origin', 'wasm-missing', `The engine is not at ${redacted(url)}: the server answered ${response.status}.`);
  }
  return response;
}

async function compileBytes(response: Response, url: string): Promise<WebAssembly.Module> {
  const type = response.headers.get('content-type') ?? 'no type';
  const bytes = await response.arrayBuffer();
  if (!isWasm(bytes)) {
    throw fault(
      'origin',
      'wasm-wrong-type',
      `${redacted(url)} is not the engine: the server sent ${type} where application/wasm was expected.`,
    );
  }
  console.warn(`sprat: ${redacted(url)} is served as "${type}"; application/wasm would let it compile while it downloads.`);
  return WebAssembly.compile(bytes);
}

function whyNot(url: string, error: unknown): FaultError {
  return forbiddance() ?? fault('origin', 'wasm-damaged', `The engine at ${redacted(url)} is cut short or altered: ${String(error)}.`);
}

/** The fault that a policy is at; WebKit compiles what it then forbids to instantiate, so others ask as well. */
export function forbiddance(): FaultError | undefined {
  if (!forbidden()) return undefined;
  return fault(
    'browser',
    'wasm-forbidden',
    "The page's content security policy forbids WebAssembly: script-src needs 'wasm-unsafe-eval'.",
  );
}

/** The smallest module there is fails for one reason only. */
function forbidden(): boolean {
  try {
    new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
    return false;
  } catch {
    return true;
  }
}

function isWasm(bytes: ArrayBuffer): boolean {
  const magic = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  return magic.length === 4 && String.fromCharCode(...magic) === '\0asm';
}

function typeIs(response: Response, type: string): boolean {
  return response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === type;
}

function fault(culprit: Fault['culprit'], name: string, message: string): FaultError {
  return new FaultError({ culprit, code: 4, name, message, tried: TRIED });
}
