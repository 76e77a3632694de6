// The notes as a list, in the order of time, and as bars along it. The list is one stop for the Tab key, within it arrows go from note
// to note; the bars are for the pointer, and say nothing that the list does not.

import { clockOf } from './times.ts';
import type { Draft, Work } from './work.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Of the drawing. */
const LENGTH = 1000;
const HEIGHT = 24;
/** So many bars may stand over each other; more share the last line. */
const LANES = 4;
/** What has no end that is known is drawn as long. */
const LEAST_S = 60;

export interface Doings {
  textOf(html: string): string;
  edit(): void;
  add(): void;
  remove(): void;
}

export class List {
  readonly #items = new Map<number, HTMLButtonElement>();

  constructor(
    private readonly list: HTMLElement,
    private readonly strip: SVGElement,
    private readonly work: Work,
    private readonly doings: Doings,
  ) {
    list.addEventListener('keydown', event => this.#pressed(event));
    strip.addEventListener('click', ({ target }) => {
      const id = Number((target as SVGElement).dataset['id']);
      if (id) this.work.select(id);
    });
  }

  draw(): void {
    const { drafts, open } = this.work;
    const there = new Set(drafts.map(({ id }) => id));
    for (const [id, button] of this.#items) {
      if (there.has(id)) continue;
      button.parentElement!.remove();
      this.#items.delete(id);
    }
    const focused = this.list.querySelector<HTMLElement>(':focus');
    drafts.forEach((draft, i) => {
      const button = this.#item(draft);
      const item = button.parentElement!;
      if (this.list.children[i] !== item) this.list.insertBefore(item, this.list.children[i] ?? null);
      this.#write(button, draft);
      const isOpen = draft === open;
      button.toggleAttribute('aria-current', isOpen);
      if (isOpen) button.setAttribute('aria-current', 'true');
      button.tabIndex = isOpen || (!open && i === 0) ? 0 : -1;
    });
    // Moved, it has lost it.
    if (focused?.isConnected) focused.focus();
  }

  /** Along the time that the video has, or the notes need. */
  drawStrip(duration: number): void {
    const { drafts, open } = this.work;
    const whole = this.#whole(duration);
    const x = (time: number) => (LENGTH * Math.min(time, whole)) / whole;
    const ends = Array.from({ length: LANES }, () => 0);
    const bars = drafts.map(draft => {
      const { id, start, end = whole } = draft;
      const free = ends.findIndex(until => until <= start);
      const lane = free < 0 ? LANES - 1 : free;
      ends[lane] = Math.max(ends[lane]!, end);
      const height = HEIGHT / LANES;
      const bar = shape('rect', { x: x(start), width: Math.max(4, x(end) - x(start)), y: lane * height + 0.5, height: height - 1, class: draft === open ? 'open' : '' });
      bar.dataset['id'] = String(id);
      return bar;
    });
    this.strip.replaceChildren(...bars, shape('rect', { class: 'head', width: 3, height: HEIGHT, x: -3 }));
  }

  drawHead(time: number, duration: number): void {
    this.strip.querySelector('.head')?.setAttribute('x', String((LENGTH * time) / this.#whole(duration) - 1.5));
  }

  focus(): void {
    this.list.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  get hasFocus(): boolean {
    return this.list.matches(':focus-within');
  }

  #whole(duration: number): number {
    const last = Math.max(LEAST_S, ...this.work.drafts.map(({ start, end }) => end ?? start + 1));
    return Number.isFinite(duration) && duration > 0 ? duration : last;
  }

  #item({ id }: Draft): HTMLButtonElement {
    const known = this.#items.get(id);
    if (known) return known;
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.append(part('when', 'ltr'), part('what', 'auto'), part('how'));
    button.addEventListener('click', () => this.work.select(id));
    const item = document.createElement('li');
    item.append(button);
    this.#items.set(id, button);
    return button;
  }

  #write(button: HTMLElement, { start, end, align, pause, html }: Draft): void {
    const texts = [
      end === undefined ? `${clockOf(start)} –` : `${clockOf(start)} – ${clockOf(end)}`,
      this.doings.textOf(html).replace(/\s+/g, ' ').trim().slice(0, 120) || 'No text yet',
      PLACES[align] + (pause ? ', stops' : ''),
    ];
    texts.forEach((text, i) => {
      const part = button.children[i]!;
      if (part.textContent !== text) part.textContent = text;
    });
  }

  #pressed(event: KeyboardEvent): void {
    const { drafts, open } = this.work;
    if (event.ctrlKey || event.metaKey || event.altKey || drafts.length === 0) return;
    const at = drafts.findIndex(draft => draft === open);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: drafts.length - 1 }[event.key];
    if (to !== undefined) {
      this.work.select(drafts[Math.min(drafts.length - 1, Math.max(0, to))]!.id);
      this.focus();
    } else if (event.key === 'Delete' || event.key === 'Backspace') this.doings.remove();
    else if (event.key.toLowerCase() === 'n' && !event.shiftKey) this.doings.add();
    else if (event.key === 'Enter' && open) this.doings.edit();
    else return;
    event.preventDefault();
  }
}

export const PLACES = {
  'top-left': 'top left',
  top: 'top',
  'top-right': 'top right',
  left: 'left',
  center: 'middle',
  right: 'right',
  'bottom-left': 'bottom left',
  bottom: 'bottom',
  'bottom-right': 'bottom right',
} as const;

function part(className: string, dir = ''): HTMLElement {
  return Object.assign(document.createElement('span'), { className, dir });
}

function shape(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}
