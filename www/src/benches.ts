// Who makes of bytes what the browser takes? Most streams need nobody. For the others this fetches a second binary and
// gives its benches their tasks: one at a time, in turns of a few milliseconds, a newer task of a bench instead of
// one that has not begun. A trap there costs one segment, and the engine hears of it as of any other that is no use.

import init, { Bench, Reader, __wbg_reset_state } from 'sprat-benches-wasm';
import type { Product, Task } from 'sprat-wasm';

/** Bytes given to a bench at once: well below a millisecond's work. */
const SLICE = 128 << 10;
/** A turn ends after so many ms: half a frame at 60 Hz. */
const TURN = 8;
/** A binary that cannot be had is asked for again so often, after a pause in ms. */
const ATTEMPTS = 3;
const PAUSE = 1_000;

/** Takes what was made; not called for a task that another replaced. */
export type Done = (blob: number, product: Product) => void;
/** Brings the binary; what it throws has a message for people. */
export type Compile = () => Promise<WebAssembly.Module>;

export class Benches {
  readonly #benches = new Map<string, Bench>();
  readonly #readers = new Map<number, Reader>();
  #waiting: Task[] = [];
  #module: Promise<WebAssembly.Module> | undefined;
  #ready: Promise<void> | undefined;
  #busy = false;

  constructor(
    private readonly done: Done,
    private readonly compile: Compile,
  ) {}

  /** Fetches the binary, so that it is here when the first task comes. */
  fetch(): Promise<void> {
    this.#ready ??= this.#load().catch(error => {
      this.#ready = undefined;
      throw error;
    });
    this.#ready.catch(() => {});
    return this.#ready;
  }

  make(task: Task): void {
    const place = placeOf(task);
    if (place) this.#waiting = this.#waiting.filter(other => placeOf(other) !== place);
    this.#waiting.push(task);
    void this.#work();
  }

  clear(player: number): void {
    this.#waiting = this.#waiting.filter(task => task.player !== player);
    for (const audio of [false, true]) {
      const place = placeOf({ player, audio }) as string;
      this.#benches.get(place)?.free();
      this.#benches.delete(place);
    }
    this.#readers.get(player)?.free();
    this.#readers.delete(player);
  }

  async #load(): Promise<void> {
    this.#module ??= again(this.compile).catch(error => {
      this.#module = undefined;
      throw error;
    });
    await init({ module_or_path: await this.#module });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let task; (task = this.#waiting.shift()); ) {
      const { blob } = task;
      this.done(blob, await this.#product(task));
    }
    this.#busy = false;
  }

  async #product(task: Task): Promise<Product> {
    try {
      await this.fetch();
    } catch (error) {
      return { ...NOTHING, noBench: (error as Error).message };
    }
    try {
      return await this.#made(task);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) return { ...NOTHING, unusable: String(error) };
      // Whatever the other benches knew is gone with the instance; they begin anew, as after a seek.
      this.#benches.clear();
      this.#readers.clear();
      __wbg_reset_state();
      return { ...NOTHING, unusable: `It brought Sprat to an internal fault: ${error.message}` };
    }
  }

  async #made(task: Task): Promise<Product> {
    if (task.ask && task.player !== undefined) return this.#read(task, task.ask, task.player);
    const bench = this.#begin(task);
    let turn = performance.now();
    for (let at = 0; at < task.bytes.length; at += SLICE) {
      if (performance.now() - turn > TURN) {
        await breath();
        turn = performance.now();
      }
      bench.push(task.bytes.subarray(at, at + SLICE));
    }
    const product = bench.finish();
    const { start, end, empty } = product;
    const [bytes, init, said, unplayable] = [product.bytes(), product.init(), product.said(), product.unplayable()];
    product.free();
    if (task.player === undefined) bench.free();
    return { bytes, init, start, end, empty, unplayable, said };
  }

  #read({ bytes, lock }: Task, ask: Uint8Array, player: number): Product {
    const reader = this.#readers.get(player) ?? new Reader();
    this.#readers.set(player, reader);
    return { ...NOTHING, said: reader.read(ask, lock?.bytes, bytes) };
  }

  #begin(task: Task): Bench {
    const place = placeOf(task);
    const bench = (place && this.#benches.get(place)) || new Bench(decodes);
    if (place) this.#benches.set(place, bench);
    const { segment, lock } = task;
    if (segment) {
      const { fresh, contiguous, wary, expected, withoutAudio, aacSbr, init, beside } = segment;
      const samples = lock?.samples ?? false;
      bench.segment(fresh, contiguous, wary, expected, withoutAudio, aacSbr, init, beside, lock?.bytes, samples);
    } else {
      bench.open(lock?.bytes);
    }
    return bench;
  }
}

const NOTHING = { start: 0, end: 0, empty: false, unplayable: [] };

/** Which bench a task is for; none where no other task can replace it. */
function placeOf({ player, audio, ask }: Partial<Task>): string | undefined {
  return player === undefined || ask ? undefined : `${player} ${audio === true}`;
}

/** Whether the browser's media source takes MP4 with these codecs, or what this MIME type names. */
function decodes(codec: string): boolean {
  const type = codec.includes('/') ? codec : `video/mp4; codecs="${codec}"`;
  // An iPhone has the managed one only.
  return [window.MediaSource, window.ManagedMediaSource].some(Source => Source?.isTypeSupported(type));
}

/** A macrotask: the page gets its turn. Timers would delay by 4 ms when nested, and by a second in hidden tabs. */
function breath(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise(resolve => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; left > 0; left--) {
    try {
      return await attempt();
    } catch {
      await new Promise(resolve => setTimeout(resolve, PAUSE));
    }
  }
  return attempt();
}
