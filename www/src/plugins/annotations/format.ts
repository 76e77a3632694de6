// Notes over the picture, in three writings: the text that PeerTube's annotation plugin keeps with a video, WebVTT metadata
// (a JSON object in each cue), and JSON. Each is read and written; what one of them cannot say is left out.

import { parseTime } from '../../time.ts';

export const ALIGNS = ['top-left', 'top', 'top-right', 'right', 'bottom-right', 'bottom', 'bottom-left', 'left', 'center'] as const;
export type Align = (typeof ALIGNS)[number];

export interface Note {
  /** Seconds; without an end to the end of the video. */
  start: number;
  end?: number;
  align: Align;
  /** Playback waits here until the viewer goes on. */
  pause: boolean;
  /** By strangers, and not to be inserted as it is. */
  html: string;
}

/** More would be a mistake or an attack. */
const MOST_NOTES = 500;
const MOST_HTML = 10_000;
const USUAL: Align = 'top-right';

/** Undefined where it is in none of these writings. */
export function readNotes(text: string): Note[] | undefined {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n').trim();
  if (/^[[{]/.test(plain)) return readJson(plain);
  if (/^WEBVTT\b/.test(plain)) return readVtt(plain);
  return readText(plain);
}

/** Blocks with an empty line between: `start --> stop`, seconds of which one may be missing; `options: align=top`; HTML. */
function readText(text: string): Note[] | undefined {
  const notes = text.split(/\n\s*\n/).flatMap(block => {
    const [times = '', ...lines] = block.trim().split('\n');
    const found = /^\s*(\S*)\s*-->\s*(\S*)\s*$/.exec(times);
    if (!found) return [];
    const options = /^\s*options\s*:(.*)$/i.exec(lines[0] ?? '');
    const said = Object.fromEntries([...(options?.[1] ?? '').matchAll(/([\w-]+)\s*=\s*([\w-]+)/g)].map(([, name, value]) => [name!.toLowerCase(), value]));
    const [start, end] = [found[1], found[2]];
    if (!start && !end) return [];
    return note({ start: start || 0, end, align: said['align'], pause: said['pause'], html: lines.slice(options ? 1 : 0).join('\n') });
  });
  return notes.length > 0 || text === '' ? inOrder(notes) : undefined;
}

function readJson(text: string): Note[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = Array.isArray(json) ? json : (json as { annotations?: unknown }).annotations;
  return Array.isArray(list) ? inOrder(list.slice(0, MOST_NOTES).flatMap(note)) : undefined;
}

/** The times of cues, and in each a JSON object with the rest; a cue that is none is taken as HTML. */
function readVtt(text: string): Note[] {
  const time = String.raw`(?:\d+:)?\d\d:\d\d\.\d{3}`;
  const blocks = text.split(/\n\s*\n/).slice(1, MOST_NOTES + 1);
  return inOrder(
    blocks.flatMap(block => {
      const lines = block.split('\n');
      const at = lines.findIndex(line => line.includes('-->'));
      const [, start, end] = new RegExp(`(${time})\\s+-->\\s+(${time})`).exec(lines[at] ?? '') ?? [];
      if (!start) return [];
      const payload = lines.slice(at + 1).join('\n');
      let said: object = { html: payload };
      try {
        const json: unknown = JSON.parse(payload);
        if (typeof json === 'object' && json !== null) said = json;
      } catch {
        // HTML, then.
      }
      return note({ ...said, start, end });
    }),
  );
}

/** What it should be, or nothing. */
function note(value: unknown): Note[] {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const time = (of: unknown) => (of === undefined || of === null || of === '' ? undefined : parseTime(String(of)));
  const start = time(said['start']);
  const end = time(said['end'] ?? said['stop']);
  const html = typeof said['html'] === 'string' ? said['html'] : typeof said['text'] === 'string' ? escaped(said['text']) : '';
  if (start === undefined || (end !== undefined && end <= start) || html.trim() === '') return [];
  const align = ALIGNS.find(one => one === said['align']) ?? USUAL;
  return [{ start, ...(end !== undefined && { end }), align, pause: /^(true|yes|1)$/.test(String(said['pause'])), html: html.slice(0, MOST_HTML).trim() }];
}

function inOrder(notes: Note[]): Note[] {
  return notes.slice(0, MOST_NOTES).sort((a, b) => a.start - b.start);
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, letter => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[letter]!);
}

// Writing

export function writeText(notes: readonly Note[]): string {
  return notes
    .map(({ start, end, align, pause, html }) => {
      // An empty line would end it.
      const body = html.replace(/\n\s*\n/g, '\n');
      return `${seconds(start)} --> ${end === undefined ? '' : seconds(end)}\noptions: align=${align}${pause ? ' pause=yes' : ''}\n${body}\n`;
    })
    .join('\n');
}

export function writeJson(notes: readonly Note[]): string {
  return JSON.stringify({ annotations: notes }, null, 2);
}

/** @param duration the end of notes that have none */
export function writeVtt(notes: readonly Note[], duration: number): string {
  const cues = notes.map(({ start, end = Math.max(duration, start + 1), ...rest }) => `${stamp(start)} --> ${stamp(end)}\n${JSON.stringify(rest)}\n`);
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function seconds(time: number): string {
  return String(Math.round(time * 1000) / 1000);
}

function stamp(time: number): string {
  const ms = Math.round(time * 1000);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
