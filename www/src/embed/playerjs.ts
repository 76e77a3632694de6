// The player.js protocol, which many sites use for whatever they embed. JSON in strings, with `context: "player.js"`;
// volume is in percent. Nothing is told but what was asked for, save that the player is ready. A listener is a name
// that the embedder chose, and finds again in what it is sent.

import { type Controlled, number } from './controlled.ts';
import { type Embedder, parsed } from './embedder.ts';

const CONTEXT = 'player.js';
/** Of the specification. */
const VERSION = '0.0.11';
/** So many names are kept for one event. */
const MOST_LISTENERS = 100;

const EVENTS = ['ready', 'progress', 'timeupdate', 'play', 'pause', 'ended', 'seeked', 'error'] as const;
type Event = (typeof EVENTS)[number];
/** No name: everybody of that page is meant. */
type Listener = string | undefined;

export function speakPlayerJs(controlled: Controlled, embedder: Embedder): void {
  const { player } = controlled;
  const listeners = new Map<Event, Set<Listener>>(EVENTS.map(event => [event, new Set()]));
  const post = (event: string, value?: unknown, listener?: Listener) =>
    embedder.post(JSON.stringify({ context: CONTEXT, version: VERSION, event, value, listener }));
  const methods = methodsOf(controlled);
  const ready = () => ({ src: location.href, events: EVENTS, methods: [...Object.keys(methods), 'addEventListener', 'removeEventListener'] });

  const listen = (event: Event, listener: Listener) => {
    const known = listeners.get(event)!;
    if (known.size < MOST_LISTENERS) known.add(listener);
    if (event === 'ready' && controlled.isLoaded) post('ready', ready(), listener);
  };
  const forget = (event: Event, listener: Listener) => {
    if (listener === undefined) listeners.get(event)!.clear();
    else listeners.get(event)!.delete(listener);
  };
  const say = (event: Event, value?: unknown) => {
    for (const listener of listeners.get(event)!) post(event, value, listener);
  };

  embedder.hear(data => {
    const { context, method, value, listener } = parsed(data) ?? {};
    if (context !== CONTEXT || typeof method !== 'string') return;
    const name = typeof listener === 'string' || typeof listener === 'number' ? String(listener) : undefined;
    if (method === 'addEventListener' || method === 'removeEventListener') {
      const event = EVENTS.find(event => event === value);
      if (event) (method === 'addEventListener' ? listen : forget)(event, name);
    } else if (Object.hasOwn(methods, method)) {
      try {
        const answer = methods[method]!(value);
        if (method.startsWith('get')) post(method, answer, name);
      } catch (error) {
        say('error', { code: -1, msg: (error as Error).message });
      }
    } else {
      say('error', { code: 2, msg: `There is no method ${method.slice(0, 40)}.` });
    }
  });

  void controlled.loaded.then(() => {
    post('ready', ready());
    say('ready', ready());
  });
  const at = (seconds: number) => ({ seconds, duration: player.duration });
  const on = (type: string, told: () => void) => player.addEventListener(type, told);
  on('timeupdate', () => say('timeupdate', at(player.currentTime)));
  on('progress', () => say('progress', at(bufferedTo(player.buffered, player.currentTime))));
  for (const event of ['play', 'pause', 'ended', 'seeked'] as const) on(event, () => say(event));
  on('error', () => say('error', { code: player.error?.code === 4 ? 1 : -1, msg: player.error?.message ?? '' }));
}

function methodsOf(controlled: Controlled): Record<string, (value: unknown) => unknown> {
  const { player } = controlled;
  return {
    play: () => controlled.play(),
    pause: () => player.pause(),
    getPaused: () => player.paused,
    mute: () => void (player.muted = true),
    unmute: () => void (player.muted = false),
    getMuted: () => player.muted,
    setVolume: percent => void (controlled.volume = number(percent) / 100),
    getVolume: () => player.volume * 100,
    getDuration: () => player.duration,
    setCurrentTime: to => controlled.seek(number(to)),
    getCurrentTime: () => player.currentTime,
    setLoop: loop => void (player.loop = loop === true || loop === 'true'),
    getLoop: () => player.hasAttribute('loop'),
  };
}

/** The end of what is loaded around a position. */
function bufferedTo(buffered: TimeRanges, position: number): number {
  for (let i = 0; i < buffered.length; i++) {
    if (buffered.start(i) <= position && position <= buffered.end(i)) return buffered.end(i);
  }
  return position;
}
