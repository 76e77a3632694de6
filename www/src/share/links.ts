// The addresses that are passed on: of a moment (`?start=1m23s`, as PeerTube writes it), of a place in a playlist, and of an
// iframe page, which takes from its address what an element takes from its attributes.

import { parts, timeFragment } from '../time.ts';

/** Attribute of an element → parameter of its iframe page. */
const PARAMETERS: Record<string, string> = {
  src: 'src',
  peertube: 'peertube',
  type: 'type',
  poster: 'poster',
  integrity: 'integrity',
  trackers: 'trackers',
  swarm: 'swarm',
  naming: 'naming',
  'ice-servers': 'iceServers',
  'ice-transport-policy': 'iceTransportPolicy',
  'latency-mode': 'latencyMode',
  'media-title': 'title',
};
/** What says in the address of an iframe page which video it shows. */
const NAMES = ['src', 'peertube', 'videoId', 'videoPlaylistId', 'list'];
const EMBED_PATH = /\/(video-playlists|videos)\/embed\/[^/]+\/?$/;
const BEGINNINGS = ['start', 't', 'start_time'];
/** Wishes of the page that embeds, not of the next one. */
const OWN = ['autoplay', 'auto_play', 'background', 'api', 'enablejsapi', 'scope', 'origin', 'waitPasswordFromEmbedAPI', 'stop', 'end', 'end_time', 'playlistPosition', 'index'];
/** As a title these would be switches. */
const SWITCH = /^(0|1|true|false|yes|no|on|off)$/i;

/** `1m23s`, `2h5s`. */
export function inUnits(seconds: number): string {
  const { h, m, s } = parts(seconds);
  return `${h ? `${h}h` : ''}${m ? `${m}m` : ''}${s || !(h || m) ? `${s}s` : ''}`;
}

/** The same address at a moment; without one, at none. */
export function at(address: string, seconds?: number): string {
  const url = new URL(address);
  drop(url, BEGINNINGS);
  // It would be the more precise of the two.
  if (timeFragment(url.hash).start !== undefined) url.hash = '';
  if (seconds !== undefined && seconds >= 1) url.searchParams.set('start', inUnits(seconds));
  return url.href;
}

/** Of a playlist: what is played first, from 1. */
export function from(address: string, position: number): string {
  const url = new URL(address);
  url.searchParams.set('playlistPosition', String(position));
  return url.href;
}

/** The address of a page, as far as it may be passed on: nobody's name and password, no place within it. */
export function pageAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  url.username = url.password = url.hash = '';
  return at(url.href);
}

/** `page` is the iframe page of this video already, or one for any, which is told by parameters what an element is by attributes. */
export function embedAddress(page: string, attributes: Record<string, string>): string {
  const url = new URL(pageAddress(page) ?? page);
  drop(url, OWN);
  if (NAMES.some(name => url.searchParams.has(name)) || EMBED_PATH.test(url.pathname)) return url.href;
  for (const [attribute, parameter] of Object.entries(PARAMETERS)) {
    const value = attributes[attribute];
    if (value && !(parameter === 'title' && SWITCH.test(value))) url.searchParams.set(parameter, value);
  }
  return url.href;
}

/** What need not be written anew stays as it was written. */
function drop({ searchParams }: URL, names: string[]): void {
  for (const name of names) if (searchParams.has(name)) searchParams.delete(name);
}
