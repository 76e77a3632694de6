// What does the address of an iframe page ask for? Parameters become the attributes of an element; the names are
// PeerTube's where it has one, and the common spellings of others are understood.

import { resolved } from '../video/source.ts';

/** Parameter → attribute, taken as it stands; the element judges the value. */
const TEXTS: Record<string, string> = {
  trackers: 'trackers',
  swarm: 'swarm',
  naming: 'naming',
  integrity: 'integrity',
  iceServers: 'ice-servers',
  maxUpload: 'max-upload',
  uploadRatio: 'upload-ratio',
  minViewers: 'p2p-min-viewers',
  iceTransportPolicy: 'ice-transport-policy',
  latencyMode: 'latency-mode',
  lan: 'lan',
  start: 'start',
  t: 'start',
  preload: 'preload',
  title: 'media-title',
  playlistPosition: 'index',
  index: 'index',
  type: 'type',
};

/** Parameter → attribute that is there or not: `autoplay`, `autoplay=1`, `autoplay=0`. */
const SWITCHES: Record<string, string> = {
  autoplay: 'autoplay',
  auto_play: 'autoplay',
  muted: 'muted',
  mute: 'muted',
  loop: 'loop',
  playsinline: 'playsinline',
  remember: 'remember',
};

/** Parameter → attribute that only says `off`. */
const DEFAULTS_ON: Record<string, string> = {
  controls: 'controls',
  controlBar: 'controls',
  keyboard: 'keyboard',
  catchUp: 'catch-up',
  advance: 'advance',
};

const ADDRESSES = ['poster', 'src'];

/** Attributes in the order in which they are to be set; `src` comes last, when all is known. */
export function readParameters(location: { search: string; hash: string; href: string }): Map<string, string> {
  const given = new URLSearchParams(location.search);
  const attributes = new Map<string, string>();
  for (const [name, value] of given) {
    const text = TEXTS[name];
    const flag = SWITCHES[name];
    const on = DEFAULTS_ON[name];
    if (text) attributes.set(text, value);
    if (flag && isTrue(value)) attributes.set(flag, '');
    if (on && !isTrue(value)) attributes.set(on, 'off');
  }
  const p2p = given.get('p2p');
  if (p2p !== null) attributes.set('p2p', p2p === '1' ? 'on' : p2p === '0' ? 'off' : p2p);
  for (const name of ADDRESSES) {
    const url = resolved(given.get(name) || 'about:blank', location.href);
    if (url && /^https?:/.test(url)) attributes.set(name, url);
  }
  // `embed.html?src=…#t=90` is the fragment of what is embedded.
  const src = attributes.get('src');
  if (src && location.hash && !src.includes('#')) attributes.set('src', src + location.hash);
  return attributes;
}

function isTrue(value: string): boolean {
  return !/^(0|false|no|off)$/i.test(value);
}
