// The engine's whole surface as the elements see it: the generated glue is imported under this name.
// What may be said to the engine is a method of `Page`; what it says comes as an `EngineEvent`.

declare module 'sprat-wasm' {
  export type EngineEvent = import('./engine-events.ts').EngineEvent;
  export type EngineOptions = import('./engine-events.ts').EngineOptions;

  /** Anything that must not outlive a trapped instance. */
  export interface Resource {
    close?(): void;
    abort?(): void;
  }

  export interface Host {
    /** Everything open, kept current by the engine's driver: closed from outside after a trap. */
    resources: Set<Resource>;
    /** The instance has trapped: nothing in it may be called again. */
    trapped(message: string): void;
    /** There will be tasks for the benches. */
    fetchBench(): void;
    /** There may be viewers to meet: get the binary's other half, and say `Page.swarmReady`. */
    fetchSwarm(): void;
    /** Have something made, and say `Page.made`. */
    make(task: Task): void;
    clearBenches(player: number): void;
  }

  /** Something to be made of bytes: an initialisation section to be opened or, with `segment`, a segment. */
  export interface Task {
    /** What names the task, and what will be made. */
    blob: number;
    /** Whose bench, and whether it is that of the audio rendition; none for what belongs to no player. */
    player?: number;
    audio?: boolean;
    bytes: Uint8Array;
    /** Key and initialisation vector, 16 bytes each; `samples`: they lock single samples only. */
    lock?: { bytes: Uint8Array; samples: boolean };
    segment?: {
      fresh: boolean;
      contiguous: boolean;
      wary: boolean;
      /** In ticks of 90 kHz. */
      expected?: number;
      withoutAudio: boolean;
      aacSbr?: boolean;
      /** The initialisation section of what is fragmented MP4 already. */
      init?: Uint8Array;
      /** Only the raw frames of its sound are wanted. */
      beside: boolean;
    };
    /** A text is to be read: what is asked of it. */
    ask?: Uint8Array;
  }

  /** What came of a task. */
  export interface Product {
    bytes?: Uint8Array | undefined;
    init?: Uint8Array | undefined;
    /** In ticks of 90 kHz. */
    start: number;
    end: number;
    empty: boolean;
    /** What rides on it, or what it says, packed. */
    said?: Uint8Array;
    /** Kind, reason and codec of each, one after the other. */
    unplayable: string[];
    /** Nothing came of it: why. */
    unusable?: string;
    /** There is nobody to make it: why. */
    noBench?: string;
  }

  export interface Counts {
    fetches: number;
    sockets: number;
    peers: number;
    timers: number;
    players: number;
    listeners: number;
  }

  export class Page {
    constructor(host: Host);
    open(
      player: number,
      video: HTMLVideoElement,
      source: MediaSource,
      options: EngineOptions,
      onEvent: (event: EngineEvent) => void,
      early?: Promise<Response>,
    ): void;
    /** The answer to the event `renew`. */
    renew(player: number, source: MediaSource): void;
    close(player: number): void;
    /** By index in `loaded.variants`; none means automatic. */
    chooseQuality(player: number, index?: number): void;
    /** In device pixels; 0 × 0 lifts the limit. */
    viewport(player: number, width: number, height: number): void;
    chooseAudio(player: number, index: number): void;
    /** By index in `loaded.text`; none: no subtitles. */
    chooseText(player: number, index?: number): void;
    consent(player: number, allowed: boolean): void;
    /** The swarms that the instance lists: info hashes, 20 bytes each, one after the other. */
    published(player: number, infoHashes: Uint8Array): void;
    /** In bit/s; none lifts the cap to the default. */
    capUpload(player: number, bps?: number): void;
    /** The answer to `Host.make`. */
    made(blob: number, product: Product): void;
    /** The answer to `Host.fetchSwarm`. */
    swarmReady(): void;
    counts(): Counts;
    /** Traps on purpose, for tests. */
    trap(): void;
  }

  export function version(): string;
  /** Forgets the instance and makes another of the same module (present when built with it). */
  export function __wbg_reset_state(): void;
  /** Resolves with the exports. */
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<WebAssembly.ModuleImports>;
}

// The other binary's: the benches.
declare module 'sprat-benches-wasm' {
  export class Bench {
    constructor(decodes: (codec: string) => boolean);
    open(lock?: Uint8Array): void;
    segment(
      fresh: boolean,
      contiguous: boolean,
      wary: boolean,
      expected: number | undefined,
      withoutAudio: boolean,
      aacSbr: boolean | undefined,
      init: Uint8Array | undefined,
      beside: boolean,
      lock: Uint8Array | undefined,
      samples: boolean,
    ): void;
    push(bytes: Uint8Array): void;
    /** Throws a sentence when nothing comes of it. */
    finish(): Made;
    free(): void;
  }
  export class Reader {
    read(ask: Uint8Array, lock: Uint8Array | undefined, bytes: Uint8Array): Uint8Array;
    free(): void;
  }
  export interface Made {
    bytes(): Uint8Array;
    init(): Uint8Array | undefined;
    said(): Uint8Array;
    readonly start: number;
    readonly end: number;
    readonly empty: boolean;
    unplayable(): string[];
    free(): void;
  }
  export function __wbg_reset_state(): void;
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}
