// The descriptions of a file that somebody wrote by hand, for `cargo xtask oembed`: videos and playlists, and what holds for
// all of them. What is wrong in it is said with its place; nothing of it is guessed.

import { type Json, date, found, list, number, object, text, web, whole } from '../instance/judge.ts';
import { parseTime } from '../time.ts';
import { type Description, HEIGHT, type Item, type Named, WIDTH } from './description.ts';
import { embedAddress } from './links.ts';

const MOST = 10_000;
const MOST_TEXT = 2000;
const MOST_SIDE = 10_000;
const LONGEST_S = 604_800;

export interface Given {
  /** Of the files: they are `NAME.json` and `NAME.html`. */
  name: string;
  /** Where the first of them will lie. */
  address: string;
  description: Description;
}

/** Throws an `Error` whose message is for who wrote the file. */
export function readGiven(json: unknown): Given[] {
  const file = object(json);
  const base = web(file['base'], 'about:blank');
  if (!base) throw new Error('"base" is missing: the address of the folder where the oEmbed files will lie, with http or https.');
  const folder = base.endsWith('/') ? base : `${base}/`;
  const entries = list(file['videos'], MOST);
  if (entries.length === 0) throw new Error('"videos" is missing, or empty: nothing is described.');
  const all = entries.map((entry, i) => readOne({ embed: file['embed'], provider: file['provider'], ...object(entry) }, folder, `videos[${i}]`));
  const twice = all.find(({ name }, i) => all.findIndex(other => other.name === name) !== i);
  if (twice) throw new Error(`Two of "videos" are called "${twice.name}".`);
  return all;
}

function readOne(entry: Json, base: string, place: string): Given {
  const needed = <T>(value: T | undefined, field: string, what: string): T => {
    if (value === undefined) throw new Error(`${place}: "${field}" is missing, or no ${what}.`);
    return value;
  };
  const name = needed(/^[\w-][\w.-]{0,99}$/.exec(String(entry['name'] ?? ''))?.[0], 'name', 'name of a file (letters, digits, . - _)');
  const title = needed(text(entry['title']), 'title', 'text');
  const page = needed(web(entry['page'], base), 'page', 'address with http or https');
  const player = needed(web(entry['embed'], base), 'embed', 'address of an iframe page');
  const attributes = attributesOf(entry, title, base);
  const picture = object(entry['poster']);
  const poster = web(picture['url'] ?? entry['poster'], base);
  const [width, height] = ['width', 'height'].map(side => whole(picture[side], 1, MOST_SIDE));
  const optional: Partial<Record<keyof Description, unknown>> = {
    text: text(entry['description'], MOST_TEXT),
    poster: poster && { url: poster, ...(width && height && { width, height }) },
    duration: typeof entry['duration'] === 'string' ? parseTime(entry['duration']) : number(entry['duration'], 0, LONGEST_S),
    published: isoDate(entry['published']),
    content: attributes['src'],
    author: named(entry['author'], base),
    provider: named(entry['provider'], base),
  };
  const description: Description = {
    kind: entry['kind'] === 'playlist' ? 'playlist' : 'video',
    title,
    page,
    embed: embedAddress(player, attributes),
    attributes,
    width: whole(entry['width'], 1, MOST_SIDE) ?? WIDTH,
    height: whole(entry['height'], 1, MOST_SIDE) ?? HEIGHT,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
    chapters: found(list(entry['chapters'], 1000).map(value => {
      const { start, title } = object(value);
      const seconds = typeof start === 'string' ? parseTime(start) : number(start, 0, LONGEST_S);
      return seconds === undefined ? undefined : { start: seconds, title: text(title) ?? '' };
    })),
    items: list(entry['items'], 500).map(item => readItem(object(item), base)),
  };
  return { name, address: new URL(`${name}.json`, base).href, description };
}

/** What the iframe page is to be told, where its address does not say it already. */
function attributesOf(entry: Json, title: string, base: string): Record<string, string> {
  const words = (name: string) => list(entry[name], 20).map(value => text(value, 2048)).filter(Boolean).join(' ') || undefined;
  const all: Record<string, string | undefined> = {
    src: web(entry['src'], base),
    peertube: web(entry['peertube'], base),
    integrity: web(entry['integrity'], base),
    trackers: words('trackers'),
    swarm: text(entry['swarm']),
    naming: text(entry['naming']),
    'ice-servers': words('iceServers'),
    poster: web(object(entry['poster'])['url'] ?? entry['poster'], base),
    'media-title': title,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

function readItem(item: Json, base: string): Item {
  const [page, poster] = [web(item['page'], base), web(item['poster'], base)];
  const duration = number(item['duration'], 0, LONGEST_S);
  return { title: text(item['title']) ?? '', ...(page && { page }), ...(poster && { poster }), ...(duration !== undefined && { duration }) };
}

function named(value: unknown, base: string): Named | undefined {
  const { name, url } = typeof value === 'string' ? { name: value, url: undefined } : object(value);
  const [said, address] = [text(name), web(url, base)];
  return said ? { name: said, ...(address && { url: address }) } : undefined;
}

function isoDate(value: unknown): string | undefined {
  const at = date(value);
  return at === undefined ? undefined : new Date(at).toISOString();
}
