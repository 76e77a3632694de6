// What there is around a video that plays: the system's media controls (Media Session), a screen that stays on (Screen Wake
// Lock), fingers (`gestures.ts`), and what a viewer has chosen before: quality, speed, captions and how they look. Fetched when
// something first plays, or where the page lets things be remembered.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { recall, remember } from '../memory.ts';
import { attend as attendTouch } from './gestures.ts';
import { CHANGED, readLook, wear } from './look.ts';
import { isRemotable } from './remotable.ts';
import { Traffic } from './traffic.ts';
import { type View, isLive } from './view.ts';

const LONG_S = 10;
/** The speed of the network is written down this often. */
const SPEED_EVERY_MS = 10_000;

/** The player that the system's controls are of: the one that played last. */
let owner: View | undefined;

export function attend(view: View): void {
  const { media, host } = view;
  const on = (types: string, hear: () => void) => {
    for (const type of types.split(' ')) media.addEventListener(type, hear);
  };
  on('playing', () => own(view));
  on('playing pause ended seeked ratechange durationchange', () => tellPosition(view));
  on('play pause ended emptied', () => void keepAwake(view));
  on('emptied', () => disown(view));
  on('instancevideo loadedmetadata', () => describe(view));
  document.addEventListener('visibilitychange', () => void keepAwake(view));
  const traffic = (view.traffic ??= new Traffic());
  on('statschange', () => traffic.record(media.stats, performance.now()));
  on('emptied', () => traffic.clear());
  if (isRemotable(host, media)) import('./remote.ts').then(({ attend }) => attend(host as SpratPlayer, view), () => {});
  attendTouch(host as SpratPlayer, view);
  if (!media.paused) {
    own(view);
    void keepAwake(view);
  }
  const dress = () => wear(host, readLook());
  addEventListener(CHANGED, dress);
  dress();
  if (host.hasAttribute('remember')) keepChoices(view);
}

// The system's controls

function own(view: View): void {
  const session = navigator.mediaSession;
  if (!session || owner === view) return;
  owner = view;
  describe(view);
  tellPosition(view);
  const { media } = view;
  const by = (seconds: number) => () => view.seek(media.currentTime + seconds);
  const step = (step: 1 | -1) => () => view.additions.map(addition => addition.step?.(step)).find(Boolean)?.();
  const actions: [string, ((details: MediaSessionActionDetails) => void) | null][] = [
    ['play', () => void media.play().catch(() => {})],
    ['pause', () => media.pause()],
    ['stop', () => media.pause()],
    ['seekbackward', ({ seekOffset }) => by(-(seekOffset ?? LONG_S))()],
    ['seekforward', ({ seekOffset }) => by(seekOffset ?? LONG_S)()],
    ['seekto', ({ seekTime }) => seekTime !== undefined && view.seek(seekTime)],
    ['previoustrack', step(-1)],
    ['nexttrack', step(1)],
    ['enterpictureinpicture', () => view.togglePictureInPicture()],
  ];
  const listed = view.additions.some(addition => addition.step);
  for (const [action, act] of actions) {
    try {
      session.setActionHandler(action as MediaSessionAction, !listed && action.endsWith('track') ? null : act);
    } catch {
      // An action that this browser does not know.
    }
  }
}

function describe(view: View): void {
  const { media, host, mediaTitle } = view;
  if (owner !== view || !navigator.mediaSession) return;
  const poster = host.getAttribute('poster') ?? media.poster;
  const artwork = poster ? [{ src: new URL(poster, host.baseURI).href }] : [];
  navigator.mediaSession.metadata = new MediaMetadata({ title: mediaTitle || document.title, artist: media.instanceVideo?.channel ?? '', artwork });
}

function tellPosition(view: View): void {
  const { media } = view;
  const session = navigator.mediaSession;
  if (owner !== view || !session) return;
  session.playbackState = media.paused ? 'paused' : 'playing';
  const { duration, playbackRate, currentTime } = media;
  const known = !isLive(media) && Number.isFinite(duration) && duration > 0 && playbackRate > 0;
  session.setPositionState?.(known ? { duration, playbackRate, position: Math.min(duration, Math.max(0, currentTime)) } : undefined);
}

function disown(view: View): void {
  if (owner !== view || !navigator.mediaSession) return;
  owner = undefined;
  navigator.mediaSession.metadata = null;
  navigator.mediaSession.playbackState = 'none';
}

// The screen

const locks = new WeakMap<View, Promise<WakeLockSentinel | undefined>>();

/** Asking in a frame that may not is refused, and said on the console. */
function mayKeepAwake(): boolean {
  const { featurePolicy } = document as { featurePolicy?: { allowsFeature(name: string): boolean } };
  return navigator.wakeLock !== undefined && (featurePolicy?.allowsFeature('screen-wake-lock') ?? true);
}

async function keepAwake(view: View): Promise<void> {
  const { media } = view;
  const wanted = !media.paused && !media.ended && !document.hidden && mayKeepAwake();
  const held = locks.get(view);
  if (wanted === Boolean(held)) {
    // The browser takes it back when the page is hidden.
    if (!wanted || !(await held)?.released) return;
    locks.delete(view);
  }
  if (!wanted) {
    locks.delete(view);
    await (await held)?.release();
    return;
  }
  // Refused where the battery is low, or the frame may not.
  locks.set(view, navigator.wakeLock.request('screen').catch(() => undefined));
}

// What a viewer chose

function keepChoices(view: View): void {
  const { media, captions, host } = view;
  let applying = false;
  const apply = (act: () => void) => {
    applying = true;
    act();
    applying = false;
  };
  captions.onchosen = track => {
    if (!applying) remember('captions', track ? track.language || track.label : '');
  };
  const caption = () => {
    const wanted = recall('captions');
    if (!wanted || captions.chosen || host.hasAttribute('subtitle')) return;
    const found = captions.tracks.find(({ language, label }) => language === wanted || label === wanted);
    if (found) apply(() => captions.choose(found));
  };
  const upload = recall('upload');
  if (upload && !host.hasAttribute('max-upload')) host.setAttribute('max-upload', upload);

  media.textTracks.addEventListener('addtrack', caption);
  caption();

  media.addEventListener('volumechange', () => remember('volume', `${media.muted ? 'muted' : 'loud'} ${media.volume}`));
  let due = 0;
  media.addEventListener('statschange', () => {
    const { throughput } = media.stats;
    if (!throughput || performance.now() < due) return;
    due = performance.now() + SPEED_EVERY_MS;
    remember('speed', String(Math.round(throughput)));
  });

  const speed = () => {
    const wanted = Number(recall('rate'));
    // Where the page has said how fast, it has.
    if (wanted > 0 && wanted <= 4 && media.playbackRate === 1 && media.defaultPlaybackRate === 1 && !isLive(media)) apply(() => (media.playbackRate = wanted));
  };
  media.addEventListener('loadedmetadata', speed);
  media.addEventListener('ratechange', () => {
    if (!applying && media.readyState > 0 && !isLive(media)) remember('rate', String(media.playbackRate));
  });
  if (media.readyState > 0) speed();

  const { videoRenditions } = media;
  const lines = ({ width, height }: { width?: number; height?: number }) => Math.min(width || Infinity, height || 0);
  const quality = () => {
    const wanted = Number(recall('quality'));
    if (!(wanted > 0) || videoRenditions.selectedIndex >= 0) return;
    const sizes = [...videoRenditions].map(lines);
    const below = sizes.filter(size => size > 0 && size <= wanted);
    if (sizes.length > 1 && below.length > 0) apply(() => (videoRenditions.selectedIndex = sizes.indexOf(Math.max(...below))));
  };
  videoRenditions.addEventListener('change', () => {
    if (applying) return;
    const chosen = [...videoRenditions][videoRenditions.selectedIndex];
    remember('quality', chosen ? String(lines(chosen)) : '');
  });
  media.addEventListener('streamtypechange', quality);
  quality();
}
