// The generated glue in a module of its own, which knows its own address: a trapped instance can then be
// replaced by importing the same file under another query, and its frames be recognised in a stack trace.

export * from 'sprat-wasm';
export { default } from 'sprat-wasm';
export const address: string = import.meta.url;
export { lateBenches } from './late-benches.ts';
export { lateSwarm } from './late-swarm.ts';
