// The player that a list plays on: the one inside it, or the one that `for` names. What a list has to say to it are
// attributes; what it hears of it are a few events.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { Item } from './items.ts';

/** Said once for all items, unless an item says otherwise. `p2p` is never an item's to say. */
const SHARED = ['trackers', 'integrity', 'swarm', 'naming', 'ice-servers', 'crossorigin'];
/** Of the list's attributes those that are meant for its player. */
export const PASSED = [
  ...['p2p', 'max-upload', 'upload-ratio', 'ice-transport-policy', 'muted', 'loop', 'preload', 'remember'],
  ...['controls', 'control-bar', 'keyboard', 'headline', 'p2p-warning', 'watch-url', 'player-theme'],
  ...['subtitle', 'mode', 'wait-password', 'dnt', 'share'],
];
/** Of `loop`: the first item follows the last. */
export const ROUND = 'all';

/** Of the player, by which a list knows what becomes of what plays. */
export const HEARD = ['play', 'seeking', 'pause', 'seeked', 'timeupdate', 'ended', 'error', 'instancestate'];

/** The page's own where it has named one or put one inside; undefined where it has named one that is not there. */
export function findPlayer(list: HTMLElement): SpratPlayer | undefined {
  const name = list.getAttribute('for');
  if (name !== null) return playerNamed(list, name);
  const player = list.querySelector('sprat-player') ?? document.createElement('sprat-player');
  player.slot = 'player';
  if (player.parentElement !== list) list.append(player);
  return player;
}

function playerNamed(list: HTMLElement, name: string): SpratPlayer | undefined {
  const found = (list.getRootNode() as Document | ShadowRoot).getElementById?.(name);
  return found?.localName === 'sprat-player' ? (found as SpratPlayer) : undefined;
}

export function passOn(list: HTMLElement, player: SpratPlayer, name: string): void {
  const value = list.getAttribute(name);
  // The list goes round then, and no item of it does.
  if (name === 'loop' && value === ROUND) player.removeAttribute(name);
  else if (value !== null) player.setAttribute(name, value);
}

/** @param start in seconds, where it is to begin */
export function put(list: HTMLElement, player: HTMLVideoElement | SpratPlayer, item: Item, start: number | undefined): void {
  const optional = (name: string, value: string | undefined) =>
    value === undefined ? player.removeAttribute(name) : player.setAttribute(name, value);
  for (const name of SHARED) optional(name, item.attributes[name] ?? list.getAttribute(name) ?? undefined);
  // An instance has a larger picture than the list's.
  optional('poster', item.peertube === undefined ? item.poster : undefined);
  optional('start', start === undefined ? undefined : String(start));
  optional('media-title', item.title || undefined);
  optional('type', item.type);
  const [named, other] = item.src === undefined ? (['peertube', 'src'] as const) : (['src', 'peertube'] as const);
  player.removeAttribute(other);
  if (player.getAttribute(named) === item[named]) player.currentTime = start ?? 0;
  else player.setAttribute(named, item[named]!);
}
