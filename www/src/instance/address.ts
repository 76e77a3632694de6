// Which video or playlist of which instance does an address name? Every form that PeerTube gives out is one: of the watch
// page, old and new, of the embed page, of the API and of federation; by number, UUID or short UUID. What is none is a fault
// of whoever wrote it, said before anything is fetched.

import { FaultError, redacted } from '../fault.ts';
import { parseTime, timeFragment } from '../time.ts';

export interface Address {
  /** `https://instance.example` */
  origin: string;
  kind: 'video' | 'playlist';
  /** As it stands in the address. */
  id: string;
  /** Seconds. */
  start?: number;
  stop?: number;
  /** Of a playlist: the element to begin with, from 1. */
  position?: number | 'last';
}

/** The first that matches says what follows; of playlists first, for `/w/p/…` is no video called `p`. */
const FORMS: readonly (readonly [Address['kind'], RegExp])[] = [
  ['playlist', /^\/w\/p\/([^/]+)\/?$/],
  ['playlist', /^\/videos\/watch\/playlist\/([^/]+)\/?$/],
  ['playlist', /^\/video-playlists\/(?:embed\/|test-embed\/)?([^/]+)\/?$/],
  ['playlist', /^\/api\/v1\/video-playlists\/([^/]+)\/?$/],
  ['video', /^\/w\/([^/]+)\/?$/],
  ['video', /^\/videos\/(?:watch|embed|test-embed)\/([^/]+)\/?$/],
  ['video', /^\/api\/v1\/videos\/([^/]+)\/?$/],
];

/** A row's number, a UUID, or its 128 bits in the 58 digits of `short-uuid`. */
const ID = /^(\d{1,15}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[1-9A-HJ-NP-Za-km-z]{22})$/i;

/** Throws a `FaultError` where the text names no video and no playlist. */
export function readAddress(text: string, base?: string): Address {
  const reference = text.trim();
  if (!URL.canParse(reference, base)) throw unreadable(reference, 'it is no URL');
  const url = new URL(reference, base);
  if (!/^https?:$/.test(url.protocol)) throw unreadable(reference, 'only http and https are fetched');
  for (const [kind, form] of FORMS) {
    // Angular's matrix parameters name a comment: `/w/ID;threadId=12`.
    const id = form.exec(url.pathname)?.[1]?.replace(/;.*/s, '');
    if (id === undefined) continue;
    if (!ID.test(id)) throw unreadable(reference, `"${id.slice(0, 60)}" is no number, UUID or short UUID`);
    return { origin: url.origin, kind, id, ...times(url), ...(kind === 'playlist' && position(url)) };
  }
  throw unreadable(reference, 'its path is not that of a video or a playlist');
}

/** A media fragment is the more precise of the two ways to say it. */
function times({ searchParams, hash }: URL): { start?: number; stop?: number } {
  const read = (name: string) => parseTime(searchParams.get(name) ?? '');
  const [start, stop] = [read('start') ?? read('t'), read('stop')];
  return { ...(start !== undefined && { start }), ...(stop !== undefined && { stop }), ...timeFragment(hash) };
}

function position({ searchParams }: URL): { position?: number | 'last' } {
  const text = searchParams.get('playlistPosition') ?? '';
  if (text === 'last') return { position: 'last' };
  return /^[1-9]\d{0,5}$/.test(text) ? { position: Number(text) } : {};
}

function unreadable(reference: string, why: string): FaultError {
  return new FaultError({
    culprit: 'player',
    code: 4,
    name: 'instance-address',
    message: `"${redacted(reference).slice(0, 200)}" is not the address of a video or a playlist on a PeerTube instance: ${why}.`,
    tried: 'Nothing was fetched. Whoever made this page can correct it.',
  });
}
