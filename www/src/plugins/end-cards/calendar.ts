// An event as calendars take it: iCalendar (RFC 5545), one VEVENT, its times in UTC, for a file that is made when a viewer wants it.

export interface Entry {
  title: string;
  /** Milliseconds since 1970. */
  start: number;
  end?: number;
  location?: string;
  /** An absolute address, as `URL.href` writes it. */
  url?: string;
  uid?: string;
}

/** In octets, without the end of the line (RFC 5545 §3.1). */
const LONGEST_LINE = 75;

export function calendar({ title, start, end = start, location, url, uid }: Entry, now: number): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sprat//End cards//EN',
    'BEGIN:VEVENT',
    `UID:${escaped(uid || `${utc(start)} ${url ?? title}`)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    end > start && `DTEND:${utc(end)}`,
    `SUMMARY:${escaped(title)}`,
    location && `LOCATION:${escaped(location)}`,
    // Of type URI: nothing in it is escaped (§3.3.13).
    url && `URL:${url}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(line => (line ? `${folded(line)}\r\n` : '')).join('');
}

/** `20250131T200000Z` (§3.3.5, form 2). */
function utc(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** Of type TEXT (§3.3.11); control characters have no place in it. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n').replace(/\p{Cc}/gu, '');
}

/** Each further line begins with a space, which counts; no character is cut. */
function folded(line: string): string {
  let used = 0;
  let all = '';
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (used + size > LONGEST_LINE) {
      all += '\r\n ';
      used = 1;
    }
    used += size;
    all += character;
  }
  return all;
}
