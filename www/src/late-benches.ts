// When is the binary of the benches fetched? When the engine first has need of it; most streams never do.

import type { Host } from 'sprat-wasm';
import type { Benches, Compile, Done } from './benches.ts';

/** What an engine needs of its host to have something made. */
export function lateBenches(done: Done, compile: Compile): Pick<Host, 'fetchBench' | 'make' | 'clearBenches'> {
  let benches: Promise<Benches> | undefined;
  const get = () => (benches ??= make());
  const make = async () => {
    // Side by side with the script that will ask for it.
    let early: ReturnType<Compile> | undefined = compile();
    early.catch(() => {});
    const compileOnce = () => {
      const compiled = early ?? compile();
      early = undefined;
      return compiled;
    };
    try {
      const { Benches } = await import('./benches.ts');
      return new Benches(done, compileOnce);
    } catch (error) {
      benches = undefined;
      throw error;
    }
  };
  const absent = (error: unknown) => ({ start: 0, end: 0, empty: false, unplayable: [], noBench: String(error) });
  return {
    fetchBench: () => void get().then(there => there.fetch()).catch(() => {}),
    make: task => void get().then(there => there.make(task), error => done(task.blob, absent(error))),
    clearBenches: player => void benches?.then(there => there.clear(player), () => {}),
  };
}
