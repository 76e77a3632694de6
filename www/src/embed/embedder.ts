// Who embeds this page: the window above it. It alone is heard, and it alone is answered; where the address of the
// page names an origin (`origin=`), only while that window shows it.

/** A longer text is no command. */
const MOST_CHARACTERS = 10_000;

export class Embedder {
  #origin: string;
  readonly #window = window.parent;

  /** `origin`: as a URL has it; empty for any. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** False where the page stands alone. */
  get exists(): boolean {
    return this.#window !== window;
  }

  hear(heard: (data: unknown, ports: readonly MessagePort[]) => void): void {
    if (!this.exists) return;
    window.addEventListener('message', event => {
      if (event.source !== this.#window) return;
      if (this.#origin && event.origin !== this.#origin) return;
      // Nobody named it: it is whoever speaks first. An opaque origin, or a file, has no name to be told by.
      if (!this.#origin && event.origin.startsWith('http')) this.#origin = event.origin;
      heard(event.data, event.ports);
    });
  }

  post(message: unknown): void {
    if (this.exists) this.#window.postMessage(message, this.#origin || '*');
  }
}

/** A message that is JSON in a string, as older protocols have it. */
export function parsed(data: unknown): Record<string, unknown> | undefined {
  if (typeof data !== 'string' || data.length > MOST_CHARACTERS || !data.startsWith('{')) return undefined;
  try {
    return JSON.parse(data) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
