// When is the half of the engine that meets other viewers fetched? When the engine first wants to meet some: never on a
// page without trackers, not before consent, and behind the first media. Without it the player plays over HTTP alone.

import { type Fault, FaultError } from './fault.ts';
import type { Host } from 'sprat-wasm';

/** Attempts, and the pause before the second, in ms; twice that before the third. */
const ATTEMPTS = 3;
const PAUSE = 5_000;

/**
 * What an engine needs of its host to meet other viewers: `first` are the exports of the half that is there; an
 * instance that replaces one that trapped has none, and shares nothing.
 */
export function lateSwarm(
  first: WebAssembly.ModuleImports | undefined,
  compile: () => Promise<WebAssembly.Module>,
  ready: () => void,
  missed: (fault: Fault) => void,
): Pick<Host, 'fetchSwarm'> {
  const fetchSwarm = async (attempt: number) => {
    try {
      await WebAssembly.instantiate(await compile(), { sprat: first! });
      ready();
    } catch (error) {
      if (attempt < ATTEMPTS) setTimeout(() => void fetchSwarm(attempt + 1), attempt * PAUSE);
      else missed(fault(error));
    }
  };
  return { fetchSwarm: () => void (first && fetchSwarm(1)) };
}

function fault(error: unknown): Fault {
  return {
    culprit: error instanceof FaultError ? error.fault.culprit : 'player',
    code: 2,
    name: 'swarm-unavailable',
    message: error instanceof FaultError ? error.fault.message : String(error),
    tried: `Asked for ${ATTEMPTS} times. Playback goes on without other viewers.`,
  };
}
