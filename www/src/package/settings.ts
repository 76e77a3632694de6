// What every way into the package exports beside its elements.

export { setBlocks } from '../blocks.ts';
export { type Culprit, type Fault, FaultError, type SpratError } from '../fault.ts';
export type { Stats } from '../engine-events.ts';
export { setWasmUrl } from '../overrides.ts';
export { registerPlugin } from '../plugins/register.ts';
export type * from '../plugins/api.ts';
