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
    consent(player: number, allowed: boolean): void;
    /** In bit/s; none lifts the cap to the default. */
    capUpload(player: number, bps?: number): void;
    counts(): Counts;
    /** Traps on purpose, for tests. */
    trap(): void;
  }

  export function version(): string;
  /** Forgets the instance and makes another of the same module (present when built with it). */
  export const __wbg_reset_state: (() => void) | undefined;
  export default function init(input: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}
