// What comes next on a list, made ready while the present one ends: its playlists are read, its swarm is joined and its first
// segment is here, so that it begins at once and with others. Done by a video that is not seen, asked for in the very way in
// which the seen one will be; it goes once that one has what it brought, or when its viewer turns back.
//
// Only for who shares: for anybody else it would be bytes that may never be watched.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import { adopt } from '../sheets.ts';
import { OWN_ATTRIBUTES, readP2p } from '../video/attributes.ts';
import { put } from './deck.ts';
import type { Item } from './items.ts';
import type { Playing } from './playing.ts';
import css from '../../styles/playlist/ahead.css' with { type: 'text' };

/** So near to the end, in seconds: time to meet others in, and little of it lost on those who leave before. */
const NEAR_S = 20;
/** The seen one has it by then, or never will. */
const KEPT_MS = 10_000;
/** For who stays where the present one ends, nothing is kept ready for ever. */
const STALE_MS = 60_000;
/** What of the seen one decides how the other fetches. */
const ALIKE = [...OWN_ATTRIBUTES, 'dnt', 'crossorigin'];

/** Players that are looked after already. */
const attended = new WeakSet<SpratPlayer>();

export function attend(list: HTMLElement, playing: Playing): void {
  const { player } = playing;
  if (!player || attended.has(player)) return;
  attended.add(player);
  let ahead: { item: Item; video: SpratVideo } | undefined;
  const drop = () => {
    ahead?.video.remove();
    ahead = undefined;
  };
  const attending = new AbortController();
  const { signal } = attending;
  const look = () => {
    if (playing.player !== player) {
      attending.abort();
      attended.delete(player);
      return drop();
    }
    const item = isNear(player, playing) && mayShare(player) ? upcoming(list, playing) : undefined;
    if (item === ahead?.item) return;
    drop();
    if (!item) return;
    const video = prepared(list, player, item, playing.beginning(item));
    ahead = { item, video };
    setTimeout(() => ahead?.video === video && drop(), STALE_MS);
  };
  for (const type of ['timeupdate', 'consentchange']) player.addEventListener(type, look, { signal });
  const handOver = () => {
    if (!ahead) return;
    const { video } = ahead;
    ahead = undefined;
    const done = () => video.remove();
    player.addEventListener('playing', done, { once: true });
    setTimeout(done, KEPT_MS);
  };
  list.addEventListener('itemchange', handOver, { signal });
}

function isNear({ currentTime, duration, loop }: SpratPlayer, { list, current }: Playing): boolean {
  return !loop && Math.min(duration, list.items[current]?.stop ?? duration) - currentTime < NEAR_S;
}

/** Nobody shares in the background, and who saves data fetches nothing on suspicion. */
function mayShare(player: SpratPlayer): boolean {
  const { saveData } = (navigator as { connection?: { saveData?: boolean } }).connection ?? {};
  return !saveData && !document.hidden && (player.consent ?? readP2p(player) === 'on');
}

function upcoming(list: HTMLElement, playing: Playing): Item | undefined {
  if (list.getAttribute('advance') === 'off') return undefined;
  return playing.list.items[playing.order.beside(playing.current, 1, index => playing.isPlayable(index), playing.isRound)];
}

function prepared(list: HTMLElement, player: SpratPlayer, item: Item, start: number | undefined): SpratVideo {
  const root = player.shadowRoot!;
  const video = document.createElement('sprat-video');
  for (const name of ALIKE) {
    const value = player.getAttribute(name);
    if (value !== null) video.setAttribute(name, value);
  }
  put(list, video, item, start);
  video.setAttribute('preload', 'metadata');
  video.setAttribute('muted', '');
  video.setAttribute('class', 'ahead');
  video.inert = true;
  adopt(root, css);
  // As large as what is seen, that the same quality is chosen.
  root.append(video);
  if (player.consent) video.grantConsent();
  return video;
}
