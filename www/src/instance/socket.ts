// What does an instance say of a live unasked? Over socket.io, by WebSocket and by nothing else: its other transport would
// need CORS, which PeerTube does not give there. Where there is no answer after some tries, whoever listens polls.
//
// What is said does not name its live, so each has a connection of its own; a page with many has a few, and polls for the
// rest. The client is the published one: 12 KB, in a file with this module, which only pages with a live fetch.

import { io } from 'socket.io-client';
import { object, whole } from './judge.ts';

export interface Listener {
  /** From now on it is heard; what was said before may have been missed. */
  opened(): void;
  lost(): void;
  /** PeerTube's number of a state. */
  state(id: number): void;
  viewers(count: number): void;
  /** Its instance has ended it: it is not to be shown to its end. */
  forceEnd(): void;
}

const NAMESPACE = '/live-videos';
const MOST_CONNECTIONS = 8;
const TIMEOUT_MS = 10_000;
/** Between tries, ever longer, each by chance up to half more or less. */
const [FIRST_PAUSE_MS, LONGEST_PAUSE_MS, CHANCE] = [2_000, 60_000, 0.5];
/** Some five minutes: an instance that is started anew is back by then. */
const MOST_TRIES = 9;

let connections = 0;

/** Returns what ends it. */
export function listen(origin: string, videoId: number, listener: Listener): () => void {
  if (connections >= MOST_CONNECTIONS) return () => {};
  connections += 1;
  const socket = io(origin + NAMESPACE, {
    transports: ['websocket'],
    forceNew: true,
    timeout: TIMEOUT_MS,
    reconnectionDelay: FIRST_PAUSE_MS,
    reconnectionDelayMax: LONGEST_PAUSE_MS,
    randomizationFactor: CHANCE,
    reconnectionAttempts: MOST_TRIES,
  });
  socket.on('connect', () => {
    socket.emit('subscribe', { videoId });
    listener.opened();
  });
  socket.on('disconnect', () => listener.lost());
  socket.on('state-change', (detail: unknown) => {
    const state = whole(object(detail)['state'], 1, 100);
    if (state !== undefined) listener.state(state);
  });
  socket.on('views-change', (detail: unknown) => {
    const viewers = whole(object(detail)['viewers']);
    if (viewers !== undefined) listener.viewers(viewers);
  });
  socket.on('force-end', () => listener.forceEnd());
  return () => {
    connections -= 1;
    socket.off();
    socket.disconnect();
  };
}
