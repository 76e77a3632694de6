// What do the loader and the code that it loads have in common? They are bundles of their own, so that the loader is one
// file without imports; what both must see is kept where both find it, for each build apart: two versions of this
// package on a page share nothing here.

interface Shared {
  /** Requests made before there was an engine to make them. */
  early: Map<string, Early>;
  /** Those in the document, for plugins; and what attaches plugins to one that comes, and takes them off one that goes. */
  players: Set<HTMLElement>;
  plug?(player: HTMLElement): void;
  unplug?(player: HTMLElement): void;
  /** What this site does not show, where it has said so. */
  blocks?: Promise<Blocks>;
  /** Where the engine's binary lies, its other half, and that of its benches; the loader knows. */
  wasmUrl(): string;
  swarmUrl(): string;
  benchesUrl(): string;
  /** How a binary is fetched, where the loader was built to do it otherwise than plainly. */
  get?(url: string, init: RequestInit): Promise<Response>;
}

/** `blocks.ts` */
export interface Blocks {
  /** The first of these addresses, hosts and accounts (`name@host`) that is not shown. */
  bars(names: readonly string[]): string | undefined;
}

export interface Early {
  response: Promise<Response>;
  abort: AbortController;
  end: ReturnType<typeof setTimeout>;
}

const KEY = Symbol.for(`sprat ${BUILD}`);

export const shared: Shared = ((globalThis as { [KEY]?: Shared })[KEY] ??= { early: new Map(), players: new Set() } as unknown as Shared);
