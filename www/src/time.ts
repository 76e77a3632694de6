// How a point in time is written: seconds, `1m30s`, `1:02:03`, and the media fragments of a URL.

/** Seconds, or undefined when the text is no time. */
export function parseTime(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase();
  if (/^\d+(\.\d+)?s?$/.test(trimmed)) return parseFloat(trimmed);
  const units = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(trimmed);
  if (trimmed !== '' && units) return sum(units.slice(1));
  const clock = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(trimmed.replace(/^npt:/, ''));
  return clock ? sum(clock.slice(1)) : undefined;
}

/** The temporal part of a media fragment (W3C Media Fragments §4.2.1): `#t=10,20`. */
export function timeFragment(hash: string): { start?: number; stop?: number } {
  const value = new URLSearchParams(hash.replace(/^#/, '')).get('t');
  if (value === null) return {};
  const [start, stop] = value.replace(/^npt:/, '').split(',').map(part => parseTime(part));
  return { ...(start !== undefined && { start }), ...(stop !== undefined && { stop }) };
}

/** `1:02:03`, `2:03`; the hour only where there is one. */
export function clock(seconds: number): string {
  const { h, m, s } = parts(seconds);
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function parts(seconds: number): { h: number; m: number; s: number } {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  return { h: Math.floor(whole / 3600), m: Math.floor(whole / 60) % 60, s: whole % 60 };
}

function sum(hms: (string | undefined)[]): number {
  const [h = 0, m = 0, s = 0] = hms.map(part => parseFloat(part ?? '0'));
  return h * 3600 + m * 60 + s;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
