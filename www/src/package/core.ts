// `import { runtime } from 'sprat-player/core'`: the engine without an element. The runtime owns the page's one instance; a
// session is one source opened in a `<video>` of yours. The elements are made of these two and of nothing else.

export type { EngineEvent, EngineOptions, Naming, P2p, Stats } from '../engine-events.ts';
export { type Culprit, type Fault, FaultError } from '../fault.ts';
export { setWasmUrl } from '../overrides.ts';
export { type Client, Runtime, runtime } from '../runtime.ts';
export { canAttach, detach } from '../video/attach.ts';
export { type Listener, Session } from '../video/session.ts';
