// schema.org's `ItemList` of `VideoObject`s, in JSON-LD, as pages have it for search engines; one `VideoObject` is a list of one.

import type { Said, SaidList } from '../checked.ts';
import { best, onInstance, word } from './source.ts';

type Json = Record<string, unknown>;

/** Undefined where there is none. */
export function readItemList(json: unknown, base: string): SaidList | undefined {
  const things = all(json).flatMap(thing => [thing, ...all(thing['@graph'])]);
  const list = things.find(thing => is(thing, 'ItemList'));
  const videos = list ? all(list['itemListElement']).map(element => all(element['item'])[0] ?? element) : things.filter(thing => is(thing, 'VideoObject'));
  if (!list && videos.length === 0) return undefined;
  return { title: list?.['name'], items: videos.map(video => read(video, base)) };
}

function read(video: Json, base: string): Said {
  const [content, embed] = [word(video['contentUrl']), word(video['embedUrl'])];
  const [author] = [...all(video['author']), ...all(video['publisher'])];
  return {
    title: video['name'],
    channel: author?.['name'],
    ...(best([{ url: content, type: word(video['encodingFormat']) }], base) ?? { peertube: onInstance(embed, word(video['url'])) }),
    poster: [video['thumbnailUrl']].flat()[0] ?? all(video['thumbnail'])[0]?.['contentUrl'],
    // `PT1H2M3S`, and the minutes are minutes.
    duration: word(video['duration'])?.replace(/^P(0D)?T/, ''),
  };
}

/** What may stand alone or in an array; what is no object is left out. */
function all(value: unknown): Json[] {
  return [value].flat().filter((one): one is Json => typeof one === 'object' && one !== null);
}

function is(thing: Json, type: string): boolean {
  return [thing['@type']].flat().includes(type);
}
