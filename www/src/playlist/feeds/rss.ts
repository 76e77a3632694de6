// RSS 2.0 with Media RSS (https://www.rssboard.org/media-rss), as channels of PeerTube have it; podcasts, with Podcasting 2.0's
// alternate enclosures (https://podcasting2.org); and Atom with enclosures (RFC 4287 §4.2.7).

import type { Said, SaidList } from '../checked.ts';
import { type Candidate, best, onInstance } from './source.ts';

/** Namespaces are written in several ways; what they have in common tells them apart. */
const MEDIA = /\/mrss\b/;
const ITUNES = /itunes\.com/i;
const PODCAST = /podcast/i;
const DUBLIN = /purl\.org\/dc/;
const PLAIN = /^$|Atom$/i;
/** Elements of one item that are looked at. */
const MOST_ELEMENTS = 200;

/** `root`: `rss` or `feed`. */
export function readRss(root: Element, base: string): SaidList | undefined {
  const channel = root.localName === 'feed' ? root : [...root.children].find(({ localName }) => localName === 'channel');
  if (!channel) return undefined;
  const entries = [...channel.children].filter(({ localName }) => localName === 'item' || localName === 'entry');
  const said = new Entry(channel, entries);
  const picture = said.attribute(ITUNES, 'image', 'href') ?? said.inner('image', 'url');
  return { title: said.content(PLAIN, 'title'), items: entries.map(entry => read(new Entry(entry), picture, base)) };
}

function read(entry: Entry, picture: string | undefined, base: string): Said {
  const candidates: Candidate[] = [
    ...entry.all(PODCAST, 'alternateEnclosure').flatMap(one => [...one.children].map(source => ({
      url: source.getAttribute('uri') ?? undefined, type: one.getAttribute('type') ?? undefined, height: Number(one.getAttribute('height')),
    }))),
    ...entry.all(MEDIA, 'content').map(one => ({
      url: one.getAttribute('url') ?? undefined, type: one.getAttribute('type') ?? undefined,
      medium: one.getAttribute('medium') ?? undefined, height: Number(one.getAttribute('height')),
    })),
    ...entry.all(PLAIN, 'enclosure').map(one => ({ url: one.getAttribute('url') ?? undefined, type: one.getAttribute('type') ?? undefined })),
    ...entry.all(PLAIN, 'link').filter(one => one.getAttribute('rel') === 'enclosure').map(one => ({
      url: one.getAttribute('href') ?? undefined, type: one.getAttribute('type') ?? undefined,
    })),
  ];
  const peertube = onInstance(entry.attribute(MEDIA, 'embed', 'url'), entry.attribute(MEDIA, 'player', 'url'));
  return {
    title: entry.content(PLAIN, 'title') ?? entry.content(MEDIA, 'title'),
    channel: entry.content(ITUNES, 'author') ?? entry.content(MEDIA, 'credit') ?? entry.content(DUBLIN, 'creator') ?? entry.inner('author', 'name'),
    ...(peertube ? { peertube } : best(candidates, base)),
    poster: entry.attribute(MEDIA, 'thumbnail', 'url') ?? entry.attribute(ITUNES, 'image', 'href') ?? picture,
    duration: entry.attribute(MEDIA, 'content', 'duration') ?? entry.content(ITUNES, 'duration'),
  };
}

/** What stands in an item, groups opened. */
class Entry {
  readonly #elements: Element[];

  /** @param without what belongs to others */
  constructor(element: Element, without: readonly Element[] = []) {
    const own = [...element.children].filter(child => !without.includes(child)).slice(0, MOST_ELEMENTS);
    this.#elements = own.flatMap(child => (child.localName === 'group' ? [...child.children].slice(0, MOST_ELEMENTS) : child));
    // Pictures and descriptions may stand within a `media:content`.
    this.#elements.push(...this.#elements.filter(({ localName, namespaceURI }) => localName === 'content' && MEDIA.test(namespaceURI ?? '')).flatMap(one => [...one.children]));
  }

  all(namespace: RegExp, name: string): Element[] {
    return this.#elements.filter(({ localName, namespaceURI }) => localName === name && namespace.test(namespaceURI ?? ''));
  }

  content(namespace: RegExp, name: string): string | undefined {
    return this.all(namespace, name)[0]?.textContent ?? undefined;
  }

  /** Of the first that has it. */
  attribute(namespace: RegExp, name: string, attribute: string): string | undefined {
    return this.all(namespace, name).map(one => one.getAttribute(attribute)).find(value => value !== null) ?? undefined;
  }

  /** Of an element within one of these. */
  inner(name: string, within: string): string | undefined {
    const [outer] = this.all(PLAIN, name);
    return [...(outer?.children ?? [])].find(({ localName }) => localName === within)?.textContent ?? undefined;
  }
}
