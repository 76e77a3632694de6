// Notes that are pasted or opened, in any of the three writings. The plugin's own reader says what it takes; where it passes over
// something, here it is said in which line, and what should stand there.

import { type Node, type ParseError, findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import { ALIGNS, type Fault, MOST_HTML, MOST_NOTES, type Note, readNotes } from '../plugins/annotations/format.ts';

export interface Problem {
  line: number;
  expected: string;
}

/** As much as the player reads. */
export const MOST_CHARACTERS = 500_000;

const EXPECTED: Record<Fault, string> = {
  times: 'expected the times of a note, as in “2 --> 6” (in WebVTT “00:02.000 --> 00:06.000”); one of the two may be left out, not both',
  start: 'expected a start: seconds, as in 12.5, or a time, as in 1:02.5',
  end: 'expected an end that is a time, as in 15 or 1:05, or none; without one the note stays to the end of the video',
  backwards: 'expected an end that is after the start',
  empty: 'expected a text for this note',
  long: `expected at most ${MOST_HTML} characters; what is beyond them is cut off`,
  align: `expected a place that is one of ${ALIGNS.join(', ')}; without one it is top-right`,
  pause: 'expected “pause” to be yes or no; anything else is no',
  option: 'expected no options but “align” and “pause”; others are left out',
  settings: 'expected nothing after the times; settings of a cue are left out, the place of a note is its “align”',
  json: 'expected a JSON object, as in { "align": "top", "html": "…" }; as it is, it is shown as text',
  many: `expected at most ${MOST_NOTES} notes; those from here on are left out`,
};

export function read(text: string): { notes: Note[]; problems: Problem[] } {
  const problems: Problem[] = [];
  if (text.trim() === '') return { notes: [], problems: [{ line: 1, expected: 'expected notes: PeerTube’s text, WebVTT, or JSON' }] };
  if (text.length > MOST_CHARACTERS) return { notes: [], problems: [{ line: 1, expected: `expected at most ${MOST_CHARACTERS} characters: the player reads no more` }] };
  const source = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const isJson = /^\s*[[{]/.test(source);
  const errors: ParseError[] = [];
  const tree = isJson ? treeOf(source, errors) : undefined;
  const notes = readNotes(source, (fault, at) => problems.push({ line: isJson ? lineOfEntry(source, tree, at) : at, expected: EXPECTED[fault] }));
  if (!notes && isJson) problems.push(ofJson(source, errors[0]));
  return { notes: notes ?? [], problems: problems.sort((a, b) => a.line - b.line) };
}

/** Nothing where it is nested so deep that no parser gets to its end. */
function treeOf(source: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(source, errors, { disallowComments: true });
  } catch {
    return undefined;
  }
}

function ofJson(source: string, error: ParseError | undefined): Problem {
  if (!error) return { line: 1, expected: 'expected an array of notes, or an object with the array “annotations”' };
  const what = printParseErrorCode(error.error).replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return { line: lineAt(source, error.offset), expected: `expected JSON (${what})` };
}

function lineOfEntry(source: string, tree: Node | undefined, entry: number): number {
  if (!tree) return 1;
  const list = tree.type === 'array' ? tree : findNodeAtLocation(tree, ['annotations']);
  return lineAt(source, list?.children?.[entry - 1]?.offset ?? 0);
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
