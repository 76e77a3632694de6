// What does a petition's server say of it, or an event's? Pytition answers its petition's address with JSON where that is asked
// for; Mobilizon and others answer an event's with an `Event` of ActivityStreams. Both are by strangers: what is not what it
// should be is not there. Addresses and pictures of theirs are not taken: the card has those that its author gave.

import { boundedText } from '../../bounded.ts';

export interface Facts {
  title?: string;
  signatures?: number;
  goal?: number;
  /** Milliseconds since 1970. */
  start?: number;
  end?: number;
  location?: string;
  /** By which calendars know it. */
  uid?: string;
  cancelled?: boolean;
}

/** Texts of petitions may have pictures within. */
const MOST_BYTES = 1_000_000;
const PATIENCE_MS = 10_000;
const MOST_TEXT = 200;

/** Undefined where it cannot be had: CORS, the page's policy, no network, no such thing, too much, too late. */
export async function fetched(url: string, most: number, how?: RequestInit): Promise<string | undefined> {
  try {
    const response = await fetch(url, how);
    return response.ok ? await boundedText(response, most) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where that is so, or it is something else. */
export async function ask(url: string): Promise<Facts | undefined> {
  const text = await fetched(url, MOST_BYTES, {
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { accept: 'application/activity+json, application/json' },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  return read(parsed(text));
}

export function parsed(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function read(json: unknown): Facts | undefined {
  const said = object(json);
  // Some wrap it in the activity that made it.
  const event = [said, object(said['object'])].find(({ type }) => [type].flat().includes('Event'));
  return event ? readEvent(event) : readPetition(said);
}

function readPetition({ title, signatures, target }: Record<string, unknown>): Facts | undefined {
  const facts = { title: text(title), signatures: figure(signatures), goal: figure(target) };
  return facts.title && facts.signatures !== undefined ? facts : undefined;
}

function readEvent({ name, startTime, endTime, location, uuid, status }: Record<string, unknown>): Facts | undefined {
  const start = moment(startTime);
  const facts = { title: text(name), start, end: moment(endTime), location: where(object([location].flat()[0])), uid: text(uuid), cancelled: status === 'CANCELLED' };
  return facts.title && start !== undefined ? facts : undefined;
}

/** A `Place`, with an address in one text or in parts. */
function where({ name, address }: Record<string, unknown>): string {
  const { streetAddress, addressLocality } = object(address);
  return [...new Set([name, address, streetAddress, addressLocality].map(part => text(part)))].filter(Boolean).join(', ');
}

export function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** On one line, of bounded length. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MOST_TEXT).replace(/[\s\p{Cc}]+/gu, ' ').trim() : '';
}

export function figure(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}

/** Of a date and an hour that say where on Earth they are meant (RFC 3339), and when anybody lives. */
export function moment(value: unknown): number | undefined {
  const [, date, second = ':00', zone] = /^((?:19|2[01])\d\d-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(String(value)) ?? [];
  return (date && Date.parse(date + second + zone)) || undefined;
}
