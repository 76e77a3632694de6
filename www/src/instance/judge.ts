// What may be believed of a stranger's JSON? One judge for each kind of field: what is of another type, of another scheme or
// beyond its bounds is as good as absent, so that no answer can be worse than an empty one. Text stays text: nothing here
// or behind it reads HTML.

export type Json = Record<string, unknown>;

const MOST_TRACKERS = 8;
const MOST_TEXT = 500;
/** Signed addresses of object stores take some hundred characters. */
const MOST_ADDRESS = 2048;

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** ActivityPub writes a list of one as the one. */
export function list(value: unknown, most: number): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, most) : [value];
}

/** Without control characters, which no title needs and which turn text around. */
export function text(value: unknown, most = MOST_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  // A character may be two units: cutting goes by the former.
  const clean = value.slice(0, most * 2).replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return [...clean].slice(0, most).join('') || undefined;
}

export function number(value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return typeof value === 'number' && value >= least && value <= most ? value : undefined;
}

export function whole(value: unknown, least = 0, most = Number.MAX_SAFE_INTEGER): number | undefined {
  return Number.isInteger(value) ? number(value, least, most) : undefined;
}

/** Absolute, and http or https. */
export function web(value: unknown, base: string): string | undefined {
  return address(value, base, /^https?:$/);
}

/**
 * Of trackers, those that a browser can speak to, on the host of `home`: every instance has its own, which blocks for a while
 * whoever announces what it does not know. So nobody else gets to send viewers there.
 */
export function trackers(values: unknown, home: string): string[] {
  const { hostname } = new URL(home);
  const sockets = found(list(values, MOST_TRACKERS * 8).map(value => address(value, undefined, /^wss?:$/)));
  return sockets.filter(url => new URL(url).hostname === hostname).slice(0, MOST_TRACKERS);
}

/** Milliseconds since 1970. */
export function date(value: unknown): number | undefined {
  const at = typeof value === 'string' && value.length < 40 ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
}

export function found<T>(values: (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}

function address(value: unknown, base: string | undefined, scheme: RegExp): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MOST_ADDRESS || !URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  return scheme.test(url.protocol) && !url.username && !url.password ? url.href : undefined;
}
