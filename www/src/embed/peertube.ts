// PeerTube's embed API on the wire, so that its own client library and all that is written for it drive this page.
//
// Every message is JSON in a string; what it is about is called `<scope>::<name>`. Whoever is there first asks the
// other to introduce itself (`__ready`, a publish-request), and answers when it is asked. A request has an `id`, and its
// answer the same; what has none is an event.

import { type Controlled, RATES, number } from './controlled.ts';
import { type Embedder, parsed } from './embedder.ts';

/** How often an embedder is told where playback is. */
const STATUS_MS = 500;

type Methods = Record<string, (params: unknown) => unknown>;

export function speakPeerTube(controlled: Controlled, embedder: Embedder, scope: string): void {
  const prefix = `${scope}::`;
  const methods = methodsOf(controlled);
  const post = (message: object) => embedder.post(JSON.stringify(message));
  let introduced = false;
  const say = (event: string, params?: unknown) => introduced && post({ method: prefix + event, params });
  const introduce = (type: string) => post({ method: `${prefix}__ready`, params: { type, publish: [] } });

  embedder.hear(data => {
    const message = parsed(data);
    const { id, method, params } = message ?? {};
    if (typeof method !== 'string' || !method.startsWith(prefix)) return;
    const name = method.slice(prefix.length);
    if (name === '__ready') {
      const { type } = (params ?? {}) as { type?: unknown };
      if (type === 'publish-request') introduce('publish-reply');
      const first = !introduced;
      introduced = true;
      if (first && controlled.isLoaded) say('ready', true);
    } else if (typeof id === 'number' || typeof id === 'string') {
      answer(methods, name, params).then(answered => post({ id, ...answered }));
    }
  });
  introduce('publish-request');
  void controlled.loaded.then(() => {
    say('ready', true);
    tell(controlled, say);
  });
}

function methodsOf(controlled: Controlled): Methods {
  const { player } = controlled;
  return {
    isReady: () => controlled.isLoaded,
    isPlaying: () => !player.paused && !player.ended,
    play: () => controlled.play(),
    pause: () => player.pause(),
    seek: to => controlled.seek(number(to)),
    getCurrentTime: () => player.currentTime,
    setVolume: volume => void (controlled.volume = number(volume)),
    getVolume: () => player.volume,
    getResolutions: () => controlled.resolutions,
    setResolution: id => void (controlled.resolution = number(id)),
    getCaptions: () => controlled.captions,
    setCaption: id => void (controlled.caption = String(id ?? '')),
    getPlaybackRates: () => RATES,
    getPlaybackRate: () => player.playbackRate,
    setPlaybackRate: rate => void (player.playbackRate = number(rate)),
    playNextVideo: () => void controlled.next(),
    playPreviousVideo: () => void controlled.previous(),
    getCurrentPosition: () => controlled.position,
    setVideoPassword: password => void (controlled.password = String(password ?? '')),
    getImageDataUrl: () => controlled.image,
  };
}

async function answer(methods: Methods, name: string, params: unknown): Promise<object> {
  if (!Object.hasOwn(methods, name)) return { error: 'method_not_found', message: `There is no method ${name.slice(0, 40)}.` };
  try {
    return { result: await methods[name]!(params) };
  } catch (error) {
    const { name, message } = error as Error;
    return { error: name || 'runtime_error', message };
  }
}

function tell(controlled: Controlled, say: (event: string, params?: unknown) => void): void {
  const { player } = controlled;
  const on = (type: string, told: () => void) => player.addEventListener(type, told);
  const changed = (state: string) => say('playbackStatusChange', state);
  on('play', () => (changed('playing'), say('play')));
  on('pause', () => (changed('paused'), say('pause')));
  on('ended', () => changed('ended'));
  on('volumechange', () => say('volumeChange', player.volume));
  const resolutions = () => say('resolutionUpdate', controlled.resolutions);
  for (const type of ['change', 'addrendition']) player.videoRenditions.addEventListener(type, resolutions);
  on('renditionplaying', resolutions);
  setInterval(() => {
    const { currentTime: position, volume, duration } = player;
    say('playbackStatusUpdate', { position, volume, duration, playbackState: controlled.state });
  }, STATUS_MS);
}
