// What does a player have that could be shared? Its video, and the playlist that it plays, each described from what the page
// has written, what an instance has told, and where the page lies.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratPlaylist } from '../elements/sprat-playlist.ts';
import type { SpratVideo } from '../elements/sprat-video.ts';
import { type Address, readAddress } from '../instance/address.ts';
import type { Extras, InstanceVideo } from '../instance/model.ts';
import { type Description, type Item, ofInstance, size } from '../share/description.ts';
import { embedAddress, from, pageAddress } from '../share/links.ts';
import { resolved } from '../video/source.ts';

export interface Subject {
  video: Description;
  playlist?: Description;
  /** In the playlist, from 1. */
  position: number;
}

/** What a tag has to say. */
const TAG = ['src', 'type', 'poster', 'integrity', 'trackers', 'swarm', 'naming', 'ice-servers', 'ice-transport-policy', 'latency-mode', 'media-title'];
const ADDRESSES = ['src', 'poster', 'integrity', 'trackers'];

export function subjectOf(host: HTMLElement, media: SpratVideo): Subject {
  const owners = (host as SpratPlayer).additions.map(({ owner }) => owner);
  const list = (owners.find(owner => owner?.localName === 'sprat-playlist') ?? null) as SpratPlaylist | null;
  const video = videoOf(host, media, list !== null);
  return list ? { video, playlist: playlistOf(list), position: list.currentIndex + 1 } : { video, position: 1 };
}

export function videoOf(host: HTMLElement, media: SpratVideo, listed = false): Description {
  const { instanceVideo, instanceExtras } = host as { instanceVideo?: InstanceVideo; instanceExtras?: Extras };
  // Of a player in a list this is the list's page.
  const watch = listed ? undefined : webAttribute(host, 'watch-url');
  const embed = listed ? undefined : webAttribute(host, 'embed-url');
  const title = host.getAttribute('media-title') ?? '';
  if (instanceVideo) {
    const { poster, ...told } = ofInstance(instanceVideo, instanceExtras);
    return { ...told, ...(title && { title }), ...(watch && { page: watch }), ...(embed && { embed }), ...(poster && { poster }) };
  }
  const attributes = Object.fromEntries(TAG.map(name => [name, absolute(host, name)] as const).filter((pair): pair is [string, string] => Boolean(pair[1])));
  const { videoWidth, videoHeight, duration } = media;
  const live = media.streamType === 'live';
  const page = watch ?? (listed ? undefined : thisPage(embed));
  return {
    kind: 'video',
    title: title || document.title,
    ...(page && { page }),
    ...(embed && { embed: embedAddress(embed, attributes) }),
    attributes,
    ...size(videoWidth && videoHeight ? videoWidth / videoHeight : undefined),
    ...(attributes['poster'] && { poster: { url: attributes['poster'] } }),
    ...(!live && Number.isFinite(duration) && duration > 0 && { duration }),
    ...(live && { live }),
    ...(attributes['src'] && { content: attributes['src'] }),
  };
}

export function playlistOf(list: SpratPlaylist): Description {
  const address = instanceOf(list);
  const own = address && { page: `${address.origin}/w/p/${address.id}`, embed: `${address.origin}/video-playlists/embed/${address.id}` };
  const src = absolute(list, 'src');
  const shared = Object.fromEntries(['integrity', 'trackers', 'naming', 'ice-servers'].map(name => [name, absolute(list, name) ?? '']).filter(([, value]) => value));
  const attributes = { ...(address ? { peertube: own!.page } : src ? { src } : {}), ...shared };
  const given = webAttribute(list, 'embed-url');
  const page = webAttribute(list, 'watch-url') ?? own?.page ?? thisPage(given);
  const embed = given ? embedAddress(given, attributes) : own?.embed;
  // An authored list has no address that a frame could be given.
  const framed = embed && (address || src) ? { embed } : {};
  return {
    kind: 'playlist',
    title: list.listTitle || document.title,
    ...(page && { page }),
    ...framed,
    attributes,
    ...size(),
    items: list.items.map((item, i): Item => ({
      title: item.title,
      ...(item.peertube ? { page: item.peertube } : page && { page: from(page, i + 1) }),
      ...(item.src && { href: item.src }),
      data: Object.fromEntries(
        Object.entries({ start: item.start, stop: item.stop, duration: item.duration, poster: item.poster, ...item.attributes })
          .flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
      ),
      ...(item.poster && { poster: item.poster }),
      ...(item.duration !== undefined && { duration: item.duration }),
    })),
  };
}

/** An iframe page without what the page around it wished for. */
function thisPage(embed: string | undefined): string | undefined {
  return embed === location.href ? embedAddress(embed, {}) : pageAddress(location.href);
}

/** What the attribute names, if that is on the web. */
function webAttribute(element: HTMLElement, name: string): string | undefined {
  const given = element.getAttribute(name);
  const url = given ? resolved(given, element.baseURI) : undefined;
  return url && /^https?:/.test(url) ? url : undefined;
}

/** As another page has to write it. */
function absolute(element: HTMLElement, name: string): string | undefined {
  const value = element.getAttribute(name) ?? undefined;
  if (!value || value === 'none' || !ADDRESSES.includes(name)) return value;
  // A tracker without a scheme is one on the page's own server.
  const scheme = name === 'trackers' ? 'ws' : 'http';
  return value.split(/\s+/).flatMap(one => (one && resolved(one, element.baseURI)?.replace(/^http(?=s?:)/, scheme)) || []).join(' ');
}

function instanceOf(list: SpratPlaylist): Address | undefined {
  const text = list.getAttribute('peertube');
  try {
    return text === null ? undefined : readAddress(text, list.baseURI);
  } catch {
    return undefined;
  }
}
