// Who owns the engine? The page does: one wasm instance for all players, made when the first is opened and
// shared by every copy of this package on the page. When the instance traps, everything it had open is closed
// from outside, it is replaced once, and every player is opened anew where it was, over HTTP only. A second
// trap is final.

import type { Counts, EngineEvent, EngineOptions, Page, Resource } from 'sprat-wasm';
import type { Done } from './benches.ts';
import { type Fault, FaultError } from './fault.ts';
import { shared } from './shared.ts';
import { compile, forbiddance } from './wasm.ts';

type Glue = typeof import('./glue.ts');

/** One opened source, as the runtime needs to know it. */
export interface Client {
  readonly video: HTMLVideoElement;
  /** Swarms that the instance lists: 20 bytes each. */
  readonly infoHashes?: Uint8Array | undefined;
  /** The media source now attached, its options, and the request already made; called once per opening. */
  start(): { source: MediaSource; options: EngineOptions; early?: Promise<Response> | undefined };
  /** The engine behind this player is gone and another comes: attach a new media source, remember the position. */
  restart(): void;
  /** The media source is of no use any more: attach a new one, and go on as before. */
  renew(): MediaSource;
  heard(event: EngineEvent): void;
  /** There is no engine for this player, and there will be none. */
  failed(fault: Fault): void;
}

interface Instance {
  glue: Glue;
  page: Page;
  resources: Set<Resource>;
  trapped: boolean;
}

/** Copies of this package, of whatever version, have one engine between them while they agree on `Client` and `Runtime`; where those change, so does the number. */
const KEY = Symbol.for('sprat.runtime.1');

export class Runtime {
  readonly #players = new Map<Client, number>();
  #nextPlayer = 1;
  #current: Promise<Instance> | undefined;
  #instance: Instance | undefined;
  #traps = 0;

  /** `version()` of the engine, once it has loaded. */
  engineVersion = '';

  /** Fetches and compiles, so that it is there when the first player is opened. */
  warm(): void {
    this.#load().catch(() => {});
  }

  open(client: Client): void {
    const player = this.#nextPlayer++;
    this.#players.set(client, player);
    this.#load().then(
      instance => this.#openIn(instance, client, player),
      error => {
        if (this.#players.get(client) !== player) return;
        this.#players.delete(client);
        client.failed(faultOf(error));
      },
    );
  }

  close(client: Client): void {
    const player = this.#players.get(client);
    this.#players.delete(client);
    if (player !== undefined) this.#tell(page => page.close(player));
  }

  /** None: the quality is automatic, there are no subtitles. */
  choose(client: Client, what: 'Quality' | 'Audio' | 'Text', index?: number): void {
    this.#about(client, (page, player) => page[`choose${what}`](player, index!));
  }

  viewport(client: Client, { width, height }: { width: number; height: number }): void {
    this.#about(client, (page, player) => page.viewport(player, width, height));
  }

  consent(client: Client, allowed: boolean): void {
    this.#about(client, (page, player) => page.consent(player, allowed));
  }

  /** The client's `infoHashes` are others. */
  published(client: Client): void {
    this.#about(client, (page, player) => client.infoHashes && page.published(player, client.infoHashes));
  }

  capUpload(client: Client, bps?: number): void {
    this.#about(client, (page, player) => page.capUpload(player, bps));
  }

  /** What the engine has open, for tests; undefined while there is none. */
  counts(): Counts | undefined {
    return this.#instance?.page.counts();
  }

  /** Traps on purpose, for tests. */
  trap(): void {
    this.#tell(page => page.trap());
  }

  #load(): Promise<Instance> {
    this.#current ??= this.#make().catch(error => {
      // A later opening tries again, unless the engine itself has failed for good.
      if (this.#traps < 2) this.#current = undefined;
      throw error;
    });
    return this.#current;
  }

  async #make(): Promise<Instance> {
    const [glue, module] = await Promise.all([import('./glue.ts'), compile(shared.wasmUrl())]);
    const exports = await glue.default({ module_or_path: module }).catch(error => {
      throw forbiddance() ?? error;
    });
    this.engineVersion = glue.version();
    addEventListener('error', event => this.#overheard(event.error));
    addEventListener('unhandledrejection', event => this.#overheard(event.reason));
    return this.#instantiated(glue, exports);
  }

  #instantiated(glue: Glue, exports?: WebAssembly.ModuleImports): Instance {
    const resources = new Set<Resource>();
    const instance: Instance = { glue, resources, trapped: false } as Instance;
    const made: Done = (blob, product) => this.#instance === instance && this.#tell(page => page.made(blob, product));
    const benches = glue.lateBenches(made, () => compile(shared.benchesUrl()));
    const swarm = glue.lateSwarm(
      exports,
      () => compile(shared.swarmUrl(), 'low'),
      () => this.#instance === instance && this.#tell(page => page.swarmReady()),
      fault => [...this.#players.keys()].forEach(client => client.heard({ type: 'warning', ...fault })),
    );
    instance.page = new glue.Page({
      resources,
      trapped: message => this.#trapped(instance, message),
      ...benches,
      ...swarm,
    });
    return (this.#instance = instance);
  }

  #openIn(instance: Instance, client: Client, player: number): void {
    if (this.#players.get(client) !== player) return;
    const { source, options, early } = client.start();
    this.#tell(() => {
      const heard = (event: EngineEvent) => {
        if (this.#players.get(client) !== player) return;
        if (event.type !== 'renew') return client.heard(event);
        const source = client.renew();
        this.#tell(page => page.renew(player, source));
      };
      instance.page.open(player, client.video, source, options, heard, early);
      if (client.infoHashes) instance.page.published(player, client.infoHashes);
    });
  }

  #about(client: Client, say: (page: Page, player: number) => void): void {
    const player = this.#players.get(client);
    if (player !== undefined) this.#tell(page => say(page, player));
  }

  /** Every call into the instance goes through here, so that a trap in one is noticed. */
  #tell(say: (page: Page) => void): void {
    const instance = this.#instance;
    if (!instance || instance.trapped) return;
    try {
      say(instance.page);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      this.#trapped(instance, error.message);
    }
  }

  /** A trap in a callback of the browser's reaches nobody but the window. */
  #overheard(error: unknown): void {
    const instance = this.#instance;
    if (!instance || !(error instanceof WebAssembly.RuntimeError)) return;
    // The glue stands in the stack of every entry into our instance; another page's wasm has another glue.
    if (error.stack?.includes(instance.glue.address) === false) return;
    this.#trapped(instance, error.message);
  }

  #trapped(instance: Instance, message: string): void {
    if (instance.trapped) return;
    instance.trapped = true;
    this.#traps += 1;
    // The panic hook calls from inside the instance: nothing may be taken down before its stack is gone.
    queueMicrotask(() => {
      closeAll(instance.resources);
      this.#instance = undefined;
      const fatal = this.#traps > 1;
      const replaced = fatal ? Promise.reject(new FaultError(trapFault(message, true))) : this.#replace(instance);
      this.#current = replaced;
      this.#reopenAll(replaced, trapFault(message, false));
    });
  }

  async #replace({ glue }: Instance): Promise<Instance> {
    glue.__wbg_reset_state();
    return this.#instantiated(glue);
  }

  #reopenAll(replaced: Promise<Instance>, warning: Fault): void {
    for (const client of [...this.#players.keys()]) {
      const player = this.#nextPlayer++;
      this.#players.set(client, player);
      replaced.then(
        instance => {
          if (this.#players.get(client) !== player) return;
          client.restart();
          client.heard({ type: 'warning', ...warning });
          this.#openIn(instance, client, player);
        },
        error => {
          if (this.#players.get(client) !== player) return;
          this.#players.delete(client);
          client.failed(faultOf(error));
        },
      );
    }
  }
}

/** The page's one runtime. */
export const runtime: Runtime = ((globalThis as { [KEY]?: Runtime })[KEY] ??= new Runtime());

function closeAll(resources: Set<Resource>): void {
  for (const resource of [...resources]) {
    try {
      if (resource.close) resource.close();
      else resource.abort?.();
    } catch {
      // Already closed, or never opened: either way it holds nothing any more.
    }
  }
  resources.clear();
}

function trapFault(message: string, fatal: boolean): Fault {
  return {
    culprit: 'player',
    code: 3,
    name: fatal ? 'engine-failed' : 'engine-restarted',
    message: `Sprat's engine failed with an internal fault: ${message || 'no message'}.`,
    tried: fatal
      ? 'It had already been restarted once on this page.'
      : 'It was restarted; playback goes on from here without other viewers.',
  };
}

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return {
    culprit: 'player',
    code: 4,
    name: 'engine-unusable',
    message: `Sprat's engine could not be started, or is not of this version: ${String(error)}.`,
    tried: "Without it only the browser's own player is left.",
  };
}
