// What lies at an address? A video or a playlist of an instance, a stream, a file, or a list in any form that the player reads:
// it is asked for once, judged, and described. For `cargo xtask card` and the demo's generator: there are browsers and Node.

import { FaultError } from '../fault.ts';
import { readAddress } from '../instance/address.ts';
import { Api, BROWSER } from '../instance/api.ts';
import { type Json, object, text, web, whole } from '../instance/judge.ts';
import { fetchPlaylist } from '../instance/playlist.ts';
import { unreadable } from '../instance/refusal.ts';
import { readExtras, readVideo } from '../instance/video.ts';
import { answered, readList } from '../playlist/fetched.ts';
import type { Item as Listed, List } from '../playlist/items.ts';
import { isPlaylist } from '../video/source.ts';
import { type Description, type Item, ofInstance, size } from './description.ts';
import { plain } from './markup.ts';
import { type Stream, readStream } from './stream.ts';

const MOST_TEXT = 2000;
const PUBLIC = 1;

type Address = ReturnType<typeof readAddress>;

export interface World {
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  signal: AbortSignal;
}

/** What somebody says of it who knows it better. */
export interface Said {
  title?: string | undefined;
  /** Absolute. */
  poster?: string | undefined;
  language?: string | undefined;
}

/** Throws an `Error` whose message is for who gave the address. What is not of an instance has no iframe page yet. */
export async function describe(given: string, said: Said, world: World): Promise<Description> {
  const address = readable(given);
  const instance = onInstance(address);
  const found = instance ? await ofAddress(instance, world) : await ofFile(address, world);
  // It goes into the address of the iframe page, too.
  const title = plain(said.title ?? '');
  const language = tagged(said.language) ?? found.language;
  return { ...corrected(found, { ...said, title }), ...(language && { language }), title: title || found.title || (found.kind === 'playlist' ? 'Playlist' : 'Video') };
}

/** What its files may be called: as its address ends, and after its host, so that none is called as the player's own are. */
export function fileName(given: string): string {
  const { hostname, pathname, search } = new URL(given);
  const words = [...pathname.replace(/\.\w{1,5}$/, '').split('/').slice(-2), search].filter(Boolean);
  return [hostname, ...words].join('-').replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '').slice(0, 100);
}

function readable(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new Error('The address has to begin with http or https.');
  if (url.username || url.password) throw new Error('There is a name or a password in the address, which everybody would read.');
  return url.href;
}

/** What is no tag, or says that nothing is spoken, says no language of a page. */
function tagged(language: unknown): string | undefined {
  try {
    const [tag] = Intl.getCanonicalLocales(text(language, 35));
    return /^(und|zxx|mul|mis|x)\b/.test(tag ?? '') ? undefined : tag;
  } catch {
    return undefined;
  }
}

function onInstance(address: string): Address | undefined {
  try {
    return readAddress(address);
  } catch {
    return undefined;
  }
}

/** A picture and a title of somebody's own are what the player shows, too. */
function corrected(found: Description, { title, poster }: Said): Description {
  const shown = { ...(title && { 'media-title': title }), ...(poster && { poster }) };
  return {
    ...found,
    ...(poster && { poster: { url: poster } }),
    ...(found.kind === 'video' && { attributes: { ...found.attributes, ...shown } }),
  };
}

async function ofAddress(address: Address, { fetch, signal }: World): Promise<Description> {
  const api = new Api({ ...BROWSER, fetch });
  const { origin, kind, id } = address;
  const of = (path: string) => api.ask(`${origin}/api/v1/${path}`, { what: kind, urgency: 'now', signal });
  if (kind === 'playlist') {
    const [about, list] = await Promise.all([of(`video-playlists/${id}`).then(object), fetchPlaylist(address, api, signal)]);
    return ofPlaylist(about, list, address);
  }
  const json = await of(`videos/${id}`);
  const video = readVideo(json, origin);
  if (!video) throw new FaultError(unreadable(origin, 'it is no video'));
  const chapters = await of(`videos/${id}/chapters`).catch(() => undefined);
  const about = withoutMarks(object(json)['description']);
  const language = tagged(object(object(json)['language'])['id']);
  return { ...ofInstance(video, readExtras(undefined, chapters, undefined, origin)), ...(about && { text: about }), ...(language && { language }) };
}

function ofPlaylist(about: Json, list: List, { origin, id }: Address): Description {
  const page = `${origin}/w/p/${id}`;
  const picture = web(about['thumbnailPath'], origin);
  const told = withoutMarks(about['description']);
  const channel = text(object(about['videoChannel'])['displayName'], 120);
  return {
    ...ofList(list, { peertube: page }),
    page,
    embed: `${origin}/video-playlists/embed/${id}`,
    ...(picture && { poster: { url: picture } }),
    ...(told && { text: told }),
    ...(channel && { author: { name: channel } }),
    ...(whole(object(about['privacy'])['id']) !== PUBLIC && { unlisted: true }),
    provider: { name: new URL(origin).host, url: origin },
  };
}

/** A description on an instance is Markdown: what would only be its signs is left out. */
function withoutMarks(value: unknown): string | undefined {
  return text(value, MOST_TEXT)?.replace(/\[([^[\]]{0,300})\]\([^()\s]{0,1000}\)/g, '$1').replace(/\*\*|__|`+/g, '');
}

async function ofFile(address: string, { fetch, signal }: World): Promise<Description> {
  const attributes = { src: address };
  if (!isPlaylist(address)) return ofStream(address, {});
  const ask = (url: string) => answered(fetch(url, { signal }), url, signal);
  const { found, base } = await ask(address);
  const stream = readStream(found, base);
  if (stream) {
    // How long it is, only a playlist of segments says; nobody needs to know.
    const media = stream.variant ? await ask(stream.variant).then(({ found, base }) => readStream(found, base), () => undefined) : undefined;
    signal.throwIfAborted();
    return ofStream(address, { ...stream, ...media });
  }
  if (found.trimStart().startsWith('<') && !('DOMParser' in globalThis)) throw new Error('That is a web page or a feed. Feeds are read where there is a browser: by the generator of the demo page.');
  return ofList(await readList(found, base), attributes);
}

function ofStream(src: string, { aspectRatio, duration, live, language: spoken }: Stream): Description {
  const language = tagged(spoken);
  return {
    kind: 'video',
    title: '',
    attributes: { src },
    content: src,
    ...size(aspectRatio),
    ...(duration !== undefined && { duration }),
    ...(live && { live }),
    ...(language && { language }),
  };
}

/** Its picture is that of the first that has one. */
function ofList({ title, items }: List, attributes: Record<string, string>): Description {
  const poster = items.find(({ poster }) => poster)?.poster;
  return { kind: 'playlist', title, attributes, ...size(), ...(poster && { poster: { url: poster } }), items: items.map(ofItem) };
}

function ofItem({ title, peertube, src, poster, duration }: Listed): Item {
  return {
    title,
    ...(peertube && { page: peertube }),
    ...(src && { href: src }),
    ...(poster && { poster }),
    ...(duration !== undefined && { duration }),
  };
}
