// What went wrong, in the engine's own shape: whose fault, a stable word, a sentence, and what was tried.
// Faults of the web side (the binary cannot be had, the browser cannot play) are made here and look the same.

export type Culprit = 'origin' | 'peer' | 'media' | 'browser' | 'player';

export interface Fault {
  culprit: Culprit;
  /** `MediaError.code`: 2 network, 3 decode, 4 source not supported. */
  code: number;
  /** A stable word for programs, in kebab case. */
  name: string;
  /** One sentence for people. */
  message: string;
  /** What was tried before giving up, or what happens next. */
  tried: string;
}

/** `element.error`: a MediaError (HTML standard §4.8.11.1) that also tells whose fault it was. */
export class SpratError implements MediaError, Fault {
  readonly MEDIA_ERR_ABORTED = 1;
  readonly MEDIA_ERR_NETWORK = 2;
  readonly MEDIA_ERR_DECODE = 3;
  readonly MEDIA_ERR_SRC_NOT_SUPPORTED = 4;
  readonly culprit: Culprit;
  readonly code: number;
  readonly name: string;
  readonly message: string;
  readonly tried: string;

  constructor(fault: Fault) {
    this.culprit = fault.culprit;
    this.code = fault.code;
    this.name = fault.name;
    this.message = fault.message;
    this.tried = fault.tried;
  }
}

/** A fault that is thrown on its way to the element. */
export class FaultError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
    this.name = fault.name;
  }
}

/** What a native `<video>` can tell of its failure. */
export function nativeFault(error: MediaError | null, url: string): Fault {
  const code = error?.code ?? 4;
  const culprit: Culprit = code === 2 ? 'origin' : 'media';
  const detail = error?.message ? ` (${error.message})` : '';
  return {
    culprit,
    code,
    name: code === 2 ? 'native-network' : code === 3 ? 'native-decode' : 'native-source',
    message: `The browser could not play ${redacted(url)}${detail}.`,
    tried: "The browser's own player was used.",
  };
}

/** A URL as it may be shown: tokens travel in queries. */
export function redacted(url: string): string {
  return url.replace(/[?#].*$/s, '');
}
