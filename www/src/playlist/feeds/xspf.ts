// XSPF (https://xspf.org/spec), in XML, and the same in JSON, JSPF (https://xspf.org/jspf).

import type { Said, SaidList } from '../checked.ts';
import { best, word } from './source.ts';

/** One track; times are in milliseconds. */
interface Track {
  title?: unknown;
  creator?: unknown;
  image?: unknown;
  duration?: unknown;
  locations: unknown[];
}

/** `root`: `playlist`. */
export function readXspf(root: Element, base: string): SaidList | undefined {
  const child = (of: Element, name: string) => [...of.children].find(({ localName }) => localName === name);
  const list = child(root, 'trackList');
  if (!list) return undefined;
  const tracks = [...list.children].map((track): Track => {
    const [title, creator, image, duration] = ['title', 'creator', 'image', 'duration'].map(name => child(track, name)?.textContent);
    const locations = [...track.children].filter(({ localName }) => localName === 'location').map(({ textContent }) => textContent);
    return { title, creator, image, duration, locations };
  });
  return { title: child(root, 'title')?.textContent, items: tracks.map(track => read(track, base)) };
}

/** Undefined where it is none. */
export function readJspf(json: unknown, base: string): SaidList | undefined {
  const { playlist } = (json ?? {}) as { playlist?: { title?: unknown; track?: unknown } };
  if (!Array.isArray(playlist?.track)) return undefined;
  const items = playlist.track.map((track: Partial<Track> & { location?: unknown } | null) => {
    const location = track?.location;
    return read({ ...track, locations: Array.isArray(location) ? location : [location] }, base);
  });
  return { title: playlist.title, items };
}

function read({ title, creator, image, duration, locations }: Track, base: string): Said {
  const candidates = locations.map(location => ({ url: word(location) }));
  const only = candidates[0]?.url;
  const ms = Number(duration || NaN);
  return {
    title,
    channel: creator,
    // An address may tell nothing of what is there.
    ...(best(candidates, base) ?? { src: only }),
    poster: image,
    duration: ms >= 0 ? ms / 1000 : undefined,
  };
}
