// Which cards does a file name? Our JSON, by anybody: each card is made what it should be, or is none. What a card says of a
// petition or an event itself is what is shown until its server has answered, and where that does not.

import { parseTime } from '../../time.ts';
import { resolved } from '../../video/source.ts';
import { type Facts, figure, moment, object, parsed, text } from './answers.ts';

const KINDS = ['link', 'video', 'petition', 'event', 'countdown'] as const;
/** In reading order. */
export const PLACES = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
export type Place = (typeof PLACES)[number];

export interface Card {
  kind: (typeof KINDS)[number];
  /** Seconds from the beginning; without it, by `fromEnd`. */
  at?: number;
  /** Seconds before the end; where neither is said, the usual. */
  fromEnd?: number;
  place?: Place;
  title: string;
  text: string;
  /** Its page. */
  url?: string;
  /** Of a video that plays here: one of the two, and the cards at its end. */
  src?: string;
  peertube?: string;
  endCards?: string;
  image?: string;
  alt: string;
  facts: Facts;
  /** Its server is asked for more. */
  asks: boolean;
}

/** More would be a mistake or an attack. */
const MOST_CARDS = 50;
const USUAL_S = 20;
/** Where the film is short, the usual is no more than this of it. */
const USUAL_SHARE = 0.25;
/** A position may say a little less than the length at the very end. */
const END_S = 0.3;

/** Undefined where it is no such file. `base`: what its addresses are relative to. */
export function readCards(json: string, base: string): Card[] | undefined {
  const said = parsed(json);
  const list = Array.isArray(said) ? said : object(said)['cards'];
  return Array.isArray(list) ? list.slice(0, MOST_CARDS).flatMap(one => card(object(one), base)) : undefined;
}

function card(said: Record<string, unknown>, base: string): Card[] {
  const kind = KINDS.find(one => one === said['kind']);
  const web = (name: string) => {
    const url = text(said[name]) && resolved(String(said[name]), base);
    return url && /^https?:/.test(url) ? url : undefined;
  };
  const seconds = (name: string) => parseTime(String(said[name] ?? ''));
  const url = web('url');
  const [src, peertube] = kind === 'video' ? [web('src'), web('peertube')] : [];
  const title = text(said['title']) || (url ? new URL(url).host : '');
  const start = moment(said['start']);
  if (!kind || !title || (kind === 'countdown' ? start === undefined : !(url ?? src ?? peertube))) return [];
  return [
    {
      kind,
      title,
      text: text(said['text']),
      at: seconds('at'),
      fromEnd: seconds('fromEnd'),
      place: PLACES.find(place => place === said['place']),
      url,
      src,
      peertube: src ? undefined : peertube,
      endCards: web('endCards'),
      image: web('image'),
      alt: text(said['alt']),
      facts: { signatures: figure(said['signatures']), goal: figure(said['goal']), start, end: moment(said['end']), location: text(said['location']) },
      asks: /petition|event/.test(kind) && said['fetch'] !== false,
    },
  ];
}

/** When it appears, in seconds; never, while it is not known where the end is. */
export function appears({ at, fromEnd }: Card, end: number): number {
  if (at !== undefined) return at;
  return end > 0 ? Math.max(0, end - Math.max(END_S, fromEnd ?? Math.min(USUAL_S, end * USUAL_SHARE))) : Infinity;
}
