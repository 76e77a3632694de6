// Notes in each of the three writings, and what a writing cannot carry, in words: nothing is lost without being said. What is known
// to be lost is named; for all the rest, what was written is read again and has to be the same.

import { MOST_HTML, type Note, readNotes, writeJson, writeText, writeVtt } from '../plugins/annotations/format.ts';
import { clockOf } from './times.ts';
import { type Draft, written } from './work.ts';

export type Writing = 'text' | 'vtt' | 'json';

export const FILES: Record<Writing, { name: string; type: string }> = {
  text: { name: 'notes.txt', type: 'text/plain' },
  vtt: { name: 'notes.vtt', type: 'text/vtt' },
  json: { name: 'notes.json', type: 'application/json' },
};

/** The end of a note that has none, where nobody knows how long the video is. */
const NO_END_S = 100 * 3600 - 0.001;

interface Loss {
  of: readonly Note[];
  say(which: string, isOne: boolean): string;
  /** Only others than this player lose it. */
  elsewhere?: boolean;
}

/** @param duration of the video; not finite where it is not known, or has no end */
export function write(drafts: readonly Draft[], writing: Writing, duration: number): { text: string; losses: string[] } {
  const notes = written(drafts);
  const end = Number.isFinite(duration) && duration > 0 ? duration : NO_END_S;
  const text = writing === 'text' ? writeText(notes) : writing === 'json' ? writeJson(notes) : writeVtt(notes, end);
  const known = [...always(drafts), ...LOSSES[writing](notes, end)].filter(({ of }) => of.length > 0);
  const explained = new Set(known.flatMap(({ of, elsewhere }) => (elsewhere ? [] : of)));
  const again = readNotes(text) ?? [];
  const rest: Loss = { of: notes.filter((note, i) => !explained.has(note) && !isSame(note, again[i])), say: which => `${which}: not the same when it is read again. JSON keeps more.` };
  return { text, losses: [...known, rest].filter(({ of }) => of.length > 0).map(({ of, say }) => say(named(of), of.length === 1)) };
}

function always(drafts: readonly Draft[]): Loss[] {
  return [
    { of: drafts.filter(({ html }) => html.trim() === ''), say: (which, isOne) => `${which} ${isOne ? 'has' : 'have'} no text yet, and ${isOne ? 'is' : 'are'} left out.` },
    { of: written(drafts).filter(({ html }) => html.length > MOST_HTML), say: which => `${which}: players show the first ${MOST_HTML} characters.` },
  ];
}

const LOSSES: Record<Writing, (notes: readonly Note[], end: number) => Loss[]> = {
  json: () => [],
  vtt: (notes, end) => [
    { of: notes.filter(note => note.end === undefined), say: (which, isOne) => `${which} ${isOne ? 'has' : 'have'} no end, and a cue needs one: it is written as ${clockOf(Math.floor(end * 1000) / 1000)}${end === NO_END_S ? '' : ', that of the video'}.` },
  ],
  text: notes => [
    { of: notes.filter(({ html }) => /\n\s*\n/.test(html)), say: which => `${which}: empty lines within are left out, for an empty line ends a note. Viewers see no difference.` },
    { of: notes.filter(({ pause }) => pause), elsewhere: true, say: which => `${which}: playback stops in Sprat, and not in PeerTube’s own plugin.` },
    { of: notes.filter(({ align }) => align === 'center'), elsewhere: true, say: which => `${which}: in the middle in Sprat; PeerTube’s own plugin knows no such place.` },
    { of: notes.filter(({ start, end = 0 }) => start % 1 !== 0 || end % 1 !== 0), elsewhere: true, say: which => `${which}: between two seconds in Sprat; PeerTube’s own plugin knows whole seconds only.` },
  ],
};

/** The first few, by their beginnings. */
function named(notes: readonly Note[]): string {
  const times = notes.slice(0, 5).map(({ start }) => clockOf(start));
  if (notes.length === 1) return `The note at ${times[0]}`;
  return `The notes at ${times.join(', ')}${notes.length > 5 ? ` and ${notes.length - 5} more` : ''}`;
}

function isSame(a: Note, b: Note | undefined): boolean {
  return b !== undefined && a.start === b.start && a.end === b.end && a.align === b.align && a.pause === b.pause && a.html.trim() === b.html;
}
