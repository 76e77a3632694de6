// The notes that are being written, in the order in which they begin, and which of them is open. A note may have no text yet, and is
// none for viewers then. Everything done to them is a step that can be taken back.

import { type Align, MOST_NOTES, type Note } from '../plugins/annotations/format.ts';
import { clockOf } from './times.ts';
import { History } from './history.ts';

export interface Draft extends Note {
  /** For as long as the page lives. */
  readonly id: number;
}

type Drafts = readonly Draft[];

/** How long a new note is shown, in seconds. */
const USUAL_S = 5;
const USUAL_PLACE: Align = 'top-right';

export class Work {
  #history = new History<Drafts>([]);
  #ids = 0;
  #open: number | undefined;

  constructor(private readonly changed: () => void) {}

  get drafts(): Drafts {
    return this.#history.now;
  }

  get open(): Draft | undefined {
    return this.drafts.find(({ id }) => id === this.#open);
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Those that viewers will see. */
  get notes(): Note[] {
    return written(this.drafts);
  }

  select(id: number | undefined): void {
    this.#open = id;
    this.changed();
  }

  /** False where there are as many as there may be. */
  add(at: number, duration: number): boolean {
    if (this.drafts.length >= MOST_NOTES) return false;
    const start = toMs(at);
    const stop = toMs(start + USUAL_S);
    const end = stop < duration ? stop : undefined;
    const draft: Draft = { id: ++this.#ids, start, ...(end !== undefined && { end }), align: this.open?.align ?? USUAL_PLACE, pause: false, html: '' };
    this.#open = draft.id;
    this.#commit([...this.drafts, draft], `the new note at ${clockOf(start)}`);
    return true;
  }

  /** @param what is changed, as a word for whoever takes it back; the same again within a second is one step */
  change(id: number, change: Partial<Note>, what: string, goesOn = false): void {
    const before = this.drafts.find(draft => draft.id === id);
    if (!before || Object.entries(change).every(([name, value]) => before[name as keyof Note] === value)) return;
    const after = { ...before, ...change };
    this.#commit(this.drafts.map(draft => (draft === before ? after : draft)), `${what} of the note at ${clockOf(before.start)}`, goesOn ? `${what} ${id}` : '');
  }

  /** The one after it is open then, or the one before. */
  remove(id: number): void {
    const at = this.drafts.findIndex(draft => draft.id === id);
    if (at < 0) return;
    const left = this.drafts.filter(draft => draft.id !== id);
    this.#open = (left[at] ?? left[at - 1])?.id;
    this.#commit(left, `the note at ${clockOf(this.drafts[at]!.start)} that was deleted`);
  }

  /** Says how many there was no room for. */
  take(notes: readonly Note[], beside: boolean, what: string): number {
    const room = MOST_NOTES - (beside ? this.drafts.length : 0);
    const taken = notes.slice(0, room).map(note => ({ ...note, id: ++this.#ids }));
    if (!beside) this.#open = undefined;
    this.#commit([...(beside ? this.drafts : []), ...taken], what);
    return notes.length - taken.length;
  }

  /** Another video: what was is not undone into this one. */
  begin(notes: readonly Note[]): void {
    this.#open = undefined;
    this.#history = new History<Drafts>(inOrder(notes.map(note => ({ ...note, id: ++this.#ids }))));
    this.changed();
  }

  undo(): string | undefined {
    return this.#step(() => this.#history.undo());
  }

  redo(): string | undefined {
    return this.#step(() => this.#history.redo());
  }

  /** What has changed is open then, for it to be seen. */
  #step(take: () => string | undefined): string | undefined {
    const before = this.drafts;
    const what = take();
    if (what === undefined) return undefined;
    const changed = this.drafts.find(draft => !before.includes(draft));
    if (changed) this.#open = changed.id;
    else if (!this.open) this.#open = undefined;
    this.changed();
    return what;
  }

  #commit(drafts: Drafts, what: string, key = ''): void {
    this.#history.commit(inOrder(drafts), what, performance.now(), key);
    this.changed();
  }
}

export function written(drafts: Drafts): Note[] {
  return drafts.filter(({ html }) => html.trim() !== '').map(({ id: _, ...note }) => note);
}

function inOrder(drafts: Drafts): Drafts {
  return [...drafts].sort((a, b) => a.start - b.start);
}

function toMs(time: number): number {
  return Math.round(time * 1000) / 1000;
}
