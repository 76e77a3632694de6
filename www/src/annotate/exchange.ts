// Notes come in and go out as text: pasted, opened, copied, downloaded. What cannot be read is said before anything is taken, and what
// a format cannot carry before it leaves.

import { copy, selectAll } from '../player/clipboard.ts';
import { MOST_CHARACTERS, type Problem, read } from './reading.ts';
import type { Work } from './work.ts';
import { FILES, type Writing, write } from './writing.ts';

/** More lines than these nobody reads. */
const MOST_PROBLEMS = 50;

export class Import {
  /** What may be taken in spite of its problems. */
  #anyway: (() => void) | undefined;

  constructor(
    private readonly section: HTMLElement,
    private readonly work: Work,
    private readonly say: (what: string) => void,
  ) {
    this.#button('replace').addEventListener('click', () => this.#take(false));
    this.#button('beside').addEventListener('click', () => this.#take(true));
    this.#button('anyway').addEventListener('click', () => this.#anyway?.());
    this.#text.addEventListener('input', () => this.#tell([]));
    this.#file.addEventListener('change', () => void this.#open());
  }

  /** Notes that the instance has with the video. */
  offer(text: string | undefined): void {
    const button = this.#button('kept');
    const count = text === undefined ? 0 : read(text).notes.length;
    button.hidden = count === 0;
    button.textContent = count === 1 ? 'Fetch the note that the instance has' : `Fetch the ${count} notes that the instance has`;
    button.onclick = () => this.#fill(text ?? '', 'The notes of the instance');
  }

  async #open(): Promise<void> {
    const file = this.#file.files?.[0];
    if (!file) return;
    // The same file may be chosen again, after it was mended.
    const { name } = file;
    const text = file.size > MOST_CHARACTERS * 4 ? undefined : await file.text().catch(() => undefined);
    this.#file.value = '';
    if (text === undefined) return this.#tell([{ line: 1, expected: `${name} cannot be read, or is too large` }]);
    this.#fill(text, name);
  }

  #fill(text: string, from: string): void {
    this.#text.value = text;
    const { notes, problems } = read(text);
    this.#tell([]);
    this.say(`${from}: ${counted(notes.length, 'note')}${problems.length > 0 ? `, ${counted(problems.length, 'problem')}` : ''}. Replace yours, or add them.`);
  }

  #take(beside: boolean): void {
    const { notes, problems } = read(this.#text.value);
    const take = () => {
      const left = this.work.take(notes, beside, `the import of ${counted(notes.length, 'note')}`);
      this.#text.value = '';
      this.#tell([]);
      this.say(`${counted(notes.length - left, 'note')} imported${left > 0 ? `, ${left} left out: there are as many as there may be` : ''}. Undo takes that back.`);
    };
    if (problems.length === 0) return take();
    this.#anyway = notes.length > 0 ? take : undefined;
    this.#tell(problems, notes.length);
    this.section.querySelector<HTMLElement>('.problems')!.focus();
  }

  #tell(problems: readonly Problem[], count = 0): void {
    const box = this.section.querySelector<HTMLElement>('.problems')!;
    box.hidden = problems.length === 0;
    box.querySelector('p')!.textContent = `Nothing was imported: ${counted(problems.length, 'problem')}.`;
    const lines = problems.slice(0, MOST_PROBLEMS).map(({ line, expected }) => entry(`Line ${line}: ${expected}.`));
    if (problems.length > MOST_PROBLEMS) lines.push(entry(`And ${problems.length - MOST_PROBLEMS} more.`));
    box.querySelector('ul')!.replaceChildren(...lines);
    const anyway = this.#button('anyway');
    anyway.hidden = count === 0;
    anyway.textContent = `Take the ${counted(count, 'note')} that can be read`;
  }

  get #text(): HTMLTextAreaElement {
    return this.section.querySelector('textarea')!;
  }

  get #file(): HTMLInputElement {
    return this.section.querySelector('[type=file]')!;
  }

  #button(name: string): HTMLButtonElement {
    return this.section.querySelector(`button[name=${name}]`)!;
  }
}

export class Export {
  constructor(
    private readonly section: HTMLElement,
    private readonly work: Work,
    private readonly duration: () => number,
    private readonly say: (what: string) => void,
  ) {
    section.addEventListener('change', () => this.draw());
    section.querySelector('[name=copy]')!.addEventListener('click', () => void this.#copy());
    section.querySelector('[name=download]')!.addEventListener('click', () => this.#download());
  }

  draw(): void {
    const { text, losses } = write(this.work.drafts, this.#writing, this.duration());
    const field = this.#text;
    if (field.value !== text) field.value = text;
    this.section.querySelector('#losses')!.replaceChildren(...losses.map(entry));
  }

  async #copy(): Promise<void> {
    if (await copy(this.#text.value)) return this.say('Copied.');
    selectAll(this.#text);
    this.say('This page may not copy. The text is selected: copy it as you copy elsewhere.');
  }

  #download(): void {
    const { name, type } = FILES[this.#writing];
    const href = URL.createObjectURL(new Blob([this.#text.value], { type: `${type};charset=utf-8` }));
    Object.assign(document.createElement('a'), { href, download: name }).click();
    // Not before the browser has begun with it.
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    this.say(`${name} is being saved.`);
  }

  get #writing(): Writing {
    return this.section.querySelector<HTMLInputElement>('[name=writing]:checked')!.value as Writing;
  }

  get #text(): HTMLTextAreaElement {
    return this.section.querySelector('textarea')!;
  }
}

function entry(text: string): HTMLElement {
  return Object.assign(document.createElement('li'), { textContent: text });
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
