// The generated glue in a module of its own, which knows its own address: by that the frames of an instance are recognised in
// a stack trace.

export * from 'sprat-wasm';
export { default } from 'sprat-wasm';
export const address: string = import.meta.url;
export { lateBenches } from './late-benches.ts';
export { lateSwarm } from './late-swarm.ts';
