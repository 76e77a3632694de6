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
export const MOST_NOTES = 500;
export const MOST_HTML = 10_000;
const USUAL: Align = 'top-right';

/**
 * What a note's author would want to know and its viewers are not told: `times`, `start`, `end` are none; it ends before it
 * begins (`backwards`), or has no text (`empty`), or too much (`long`); an unknown place (`align`), an answer that is neither yes
 * nor no (`pause`), an `option` and `settings` of a cue that nobody reads; a cue that begins like JSON and is none (`json`); too `many`.
 */
export type Fault = 'times' | 'start' | 'end' | 'backwards' | 'empty' | 'long' | 'align' | 'pause' | 'option' | 'settings' | 'json' | 'many';

/** With the number of a line, or in JSON that of an entry; both begin at 1. */
export type Hear = (fault: Fault, at: number) => void;

/** Undefined where it is in none of these writings. */
export function readNotes(text: string, hear: Hear = () => {}): Note[] | undefined {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (/^\s*[[{]/.test(plain)) return readJson(plain, hear);
  if (/^\s*WEBVTT\b/.test(plain)) return readVtt(plain, hear);
  return readText(plain, hear);
}

interface Block {
  /** The number of its first line. */
  at: number;
  lines: string[];
}

/** Lines with none that is empty between them. */
function blocks(text: string): Block[] {
  const found: Block[] = [];
  let open: Block | undefined;
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') open = undefined;
    else if (open) open.lines.push(line);
    else found.push((open = { at: i + 1, lines: [line] }));
  });
  return found;
}

/** Blocks with an empty line between: `start --> stop`, seconds of which one may be missing; `options: align=top`; HTML. */
function readText(text: string, hear: Hear): Note[] | undefined {
  const notes = blocks(text).flatMap(({ at, lines: [times = '', ...lines] }) => {
    const [, start, end] = /^\s*(\S*)\s*-->\s*(\S*)\s*$/.exec(times) ?? [];
    if (!start && !end) {
      hear('times', at);
      return [];
    }
    const options = /^\s*options\s*:(.*)$/i.exec(lines[0] ?? '');
    const said = Object.fromEntries([...(options?.[1] ?? '').matchAll(/([\w-]+)\s*=\s*([\w-]+)/g)].map(([, name, value]) => [name!.toLowerCase(), value]));
    if (Object.keys(said).some(name => name !== 'align' && name !== 'pause')) hear('option', at + 1);
    return note({ start: start || 0, end, align: said['align'], pause: said['pause'], html: lines.slice(options ? 1 : 0).join('\n') }, fault =>
      hear(fault, /align|pause/.test(fault) ? at + 1 : at),
    );
  });
  return notes.length > 0 || text.trim() === '' ? inOrder(notes, hear) : undefined;
}

function readJson(text: string, hear: Hear): Note[] | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const list = Array.isArray(json) ? json : (json as { annotations?: unknown }).annotations;
  if (!Array.isArray(list)) return undefined;
  if (list.length > MOST_NOTES) hear('many', MOST_NOTES + 1);
  return inOrder(list.slice(0, MOST_NOTES).flatMap((one, i) => note(one, fault => hear(fault, i + 1))), hear);
}

/** The times of cues, and in each a JSON object with the rest; a cue that is none is taken as HTML. */
function readVtt(text: string, hear: Hear): Note[] {
  const time = String.raw`(?:\d+:)?\d\d:\d\d\.\d{3}`;
  const cues = blocks(text).slice(1);
  if (cues.length > MOST_NOTES) hear('many', cues[MOST_NOTES]!.at);
  return inOrder(
    cues.slice(0, MOST_NOTES).flatMap(({ at, lines }) => {
      const arrow = lines.findIndex(line => line.includes('-->'));
      const [whole = '', start, end] = new RegExp(`(${time})\\s+-->\\s+(${time})`).exec(lines[arrow] ?? '') ?? [];
      if (!start) {
        if (!/^(NOTE|STYLE|REGION)\b/.test(lines[0]!)) hear('times', at + Math.max(0, arrow));
        return [];
      }
      if (lines[arrow]!.trim() !== whole) hear('settings', at + arrow);
      const payload = lines.slice(arrow + 1).join('\n');
      let said: object = { html: payload };
      try {
        const json: unknown = JSON.parse(payload);
        if (typeof json === 'object' && json !== null) said = json;
      } catch {
        // HTML, then.
        if (payload.trim().startsWith('{')) hear('json', at + arrow + 1);
      }
      return note({ ...said, start, end }, fault => hear(fault, at + arrow + (fault === 'backwards' ? 0 : 1)));
    }),
    hear,
  );
}

/** What it should be, or nothing. */
function note(value: unknown, hear: (fault: Fault) => void): Note[] {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const isSaid = (of: unknown) => of !== undefined && of !== null && of !== '';
  const time = (of: unknown) => (isSaid(of) ? parseTime(String(of)) : undefined);
  const start = time(said['start']);
  const stop = said['end'] ?? said['stop'];
  const end = time(stop);
  const html = typeof said['html'] === 'string' ? said['html'] : typeof said['text'] === 'string' ? escaped(said['text']) : '';
  const align = ALIGNS.find(one => one === said['align']);
  const pause = String(said['pause'] ?? '');
  if (start === undefined) hear('start');
  if (isSaid(stop) && end === undefined) hear('end');
  if (end !== undefined && end <= (start ?? 0)) hear('backwards');
  if (html.trim() === '') hear('empty');
  if (html.length > MOST_HTML) hear('long');
  if (isSaid(said['align']) && !align) hear('align');
  if (!/^(true|yes|1|false|no|0|)$/.test(pause)) hear('pause');
  if (start === undefined || (end !== undefined && end <= start) || html.trim() === '') return [];
  return [{ start, ...(end !== undefined && { end }), align: align ?? USUAL, pause: /^(true|yes|1)$/.test(pause), html: html.slice(0, MOST_HTML).trim() }];
}

function inOrder(notes: Note[], hear: Hear): Note[] {
  if (notes.length > MOST_NOTES) hear('many', MOST_NOTES + 1);
  return notes.slice(0, MOST_NOTES).sort((a, b) => a.start - b.start);
}

export function escaped(text: string): string {
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

/** @param duration the end of notes that have none; an arrow in a note would be one of the file */
export function writeVtt(notes: readonly Note[], duration: number): string {
  const cues = notes.map(({ start, end = Math.max(duration, start + 1), ...rest }) => `${stamp(start)} --> ${stamp(end)}\n${JSON.stringify(rest).replaceAll('-->', '--\\u003e')}\n`);
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
