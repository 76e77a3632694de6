// The fields of the note that is open. What is typed as text is in the player at once; a time counts once it is one, and what is wrong
// with it is said beside it.

import { type Align, MOST_HTML, type Note } from '../plugins/annotations/format.ts';
import { parseTime } from '../time.ts';
import { PLACES } from './list.ts';
import { fromPlain, toPlain } from './plain.ts';
import { clockOf } from './times.ts';
import type { Work } from './work.ts';

type Kind = 'plain' | 'html';
type Time = 'start' | 'end';

const HINTS: Record<Kind, string> = {
  plain: 'It is shown as it stands here, lines and all.',
  html: 'Marks (b, i, u, s, mark, code, small, sub, sup, q, abbr), p, br, lists, h3 to h6, blockquote, links and pictures by http or https. A picture is fetched from where the page, the instance or the file of notes is, and from nowhere else.',
};

export interface Around {
  time(): number;
  duration(): number;
  textOf(html: string): string;
  leftOut(html: string): string[];
  say(what: string): void;
  remove(): void;
}

export class Form {
  /** Of the note that is open: HTML may be a text without marks. */
  #kind: { id: number; kind: Kind } | undefined;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly work: Work,
    private readonly around: Around,
  ) {
    form.addEventListener('submit', event => event.preventDefault());
    this.#field('html').addEventListener('input', () => this.#typed());
    for (const name of ['start', 'end'] as const) {
      this.#field(name).addEventListener('change', () => this.#timed(name, this.#field(name).value));
      this.#field(`${name}-here`).addEventListener('click', () => this.#timed(name, String(Math.round(around.time() * 1000) / 1000)));
    }
    this.#field('pause').addEventListener('change', () => this.#change({ pause: this.#box('pause').checked }, 'stopping'));
    this.#field('delete').addEventListener('click', () => around.remove());
    form.addEventListener('change', ({ target }) => {
      const { name, value } = target as HTMLInputElement;
      if (name === 'align') this.#change({ align: value as Align }, 'the place');
      if (name === 'kind') this.#retype(value as Kind);
    });
  }

  focus(): void {
    this.#field('html').focus();
  }

  draw(): void {
    const { open } = this.work;
    this.form.hidden = !open;
    if (!open) return;
    const { id, start, end, align, pause, html } = open;
    if (this.#kind?.id !== id) {
      this.#kind = undefined;
      for (const name of ['start', 'end'] as const) this.#complain(name, '');
    }
    const kind = this.#kindOf(id, html);
    this.form.querySelector('#note-title')!.textContent = `The note at ${clockOf(start)}`;
    this.#box(kind, 'kind').checked = true;
    this.#fill('html', kind === 'plain' ? toPlain(html)! : html);
    this.form.querySelector('#html-hint')!.textContent = HINTS[kind];
    if (!this.#isWrong('start')) this.#fill('start', clockOf(start));
    if (!this.#isWrong('end')) this.#fill('end', end === undefined ? '' : clockOf(end));
    this.#box(align, 'align').checked = true;
    this.form.querySelector('.where')!.textContent = `On the picture: ${PLACES[align]}.`;
    this.#box('pause').checked = pause;
    this.#judge(html, start);
  }

  /** What viewers will not see of it. */
  #judge(html: string, start: number): void {
    const out = this.around.leftOut(html);
    const said = [
      out.length > 0 && `Left out by the player: ${out.slice(0, 8).join(', ')}${out.length > 8 ? ' …' : ''}.`,
      html.length > MOST_HTML && `Too long: players show the first ${MOST_HTML} of ${html.length} characters.`,
    ];
    this.form.querySelector('#html-problem')!.textContent = said.filter(Boolean).join(' ');
    const duration = this.around.duration();
    const isLate = Number.isFinite(duration) && duration > 0 && start >= duration;
    if (!this.#isWrong('start')) this.form.querySelector('#start-problem')!.textContent = isLate ? `The video ends at ${clockOf(duration)}: nobody will see this note.` : '';
  }

  #typed(): void {
    const { open } = this.work;
    const { value } = this.#field('html');
    if (open) this.#change({ html: this.#kindOf(open.id, open.html) === 'plain' ? fromPlain(value) : value }, 'the text', true);
  }

  #kindOf(id: number, html: string): Kind {
    if (toPlain(html) === undefined) return 'html';
    return this.#kind?.id === id ? this.#kind.kind : 'plain';
  }

  #retype(kind: Kind): void {
    const { open } = this.work;
    if (!open) return;
    const hasMarks = toPlain(open.html) === undefined;
    this.#kind = { id: open.id, kind };
    if (kind === 'plain' && hasMarks) {
      this.#change({ html: fromPlain(this.around.textOf(open.html).trim()) }, 'the marks');
      this.around.say('The marks are gone. Undo brings them back.');
    } else this.draw();
  }

  #timed(name: Time, value: string): void {
    const { open } = this.work;
    if (!open) return;
    const time = parseTime(value);
    const isOpenEnd = name === 'end' && value.trim() === '';
    const ms = time === undefined ? undefined : Math.round(time * 1000) / 1000;
    if (ms === undefined && !isOpenEnd) return this.#complain(name, 'Seconds, as in 12.5, or a time, as in 1:02.5.');
    if (name === 'end' && ms !== undefined && ms <= open.start) return this.#complain(name, `It has to be after the start, ${clockOf(open.start)}.`);
    this.#complain(name, '');
    if (name === 'end') return this.#change({ end: ms! }, 'the end');
    const { start, end } = open;
    const isPushed = end !== undefined && end <= ms!;
    const pushed = isPushed ? Math.round((ms! + end - start) * 1000) / 1000 : end;
    this.#change({ start: ms!, ...(isPushed && { end: pushed! }) }, 'the start');
    if (isPushed) this.around.say(`The end has moved along, to ${clockOf(pushed!)}.`);
  }

  #change(change: Partial<Note>, what: string, goesOn = false): void {
    if (this.work.open) this.work.change(this.work.open.id, change, what, goesOn);
    this.draw();
  }

  #complain(name: Time, problem: string): void {
    this.form.querySelector(`#${name}-problem`)!.textContent = problem;
    this.#field(name).ariaInvalid = problem ? 'true' : 'false';
    if (problem) this.around.say(problem);
  }

  #isWrong(name: Time): boolean {
    return this.#field(name).ariaInvalid === 'true';
  }

  /** The caret stays where the text is as it was. */
  #fill(name: string, value: string): void {
    const field = this.#field(name);
    if (field.value !== value) field.value = value;
  }

  #field(name: string): HTMLInputElement {
    return this.form.querySelector(`[name="${name}"]`)!;
  }

  #box(value: string, name?: string): HTMLInputElement {
    return this.form.querySelector(name ? `[name="${name}"][value="${value}"]` : `[name="${value}"]`)!;
  }
}
