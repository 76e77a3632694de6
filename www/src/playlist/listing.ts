// The rows of a list: which are shown, which exist, which has the keyboard. The list is one stop for the Tab key. A long one
// gets rows as they come into view (`long.ts`), and a field to find one comes when it is asked for (`finder.ts`).

import { type TemplateResult, html } from 'lit/html.js';
import type { Finder } from './finder.ts';
import type { Item } from './items.ts';
import type { LongRows } from './long.ts';
import { destination, isLetter } from './roving.ts';
import { reveal, row, titleOf } from './rows.ts';
import { words } from './words.ts';

/** Of a longer list only rows in view exist. */
const SHORT = 100;

/** The list, as far as its rows show it. */
export interface Listed {
  readonly items: readonly Item[];
  readonly currentIndex: number;
  isPlayable(index: number): boolean;
  /** How much of an item its viewer has seen, from 0 to 1. */
  seen(index: number): number | undefined;
  /** A row was pressed. */
  pick(index: number): void;
}

export class Listing {
  layout = '';
  /** Indices: all, or those that are looked for. */
  #shown: number[] = [];
  /** The row that holds the list's one tab stop. */
  #focused = 0;
  /** The row that is to come into view, and whether the keyboard goes there. */
  #sought: { index: number; focus: boolean } | undefined;
  #long: LongRows | undefined;
  #finder: Finder | undefined;
  #typeahead: Promise<typeof import('./typeahead.ts')> | undefined;

  constructor(
    private readonly list: Listed,
    private readonly root: () => ShadowRoot | null,
    private readonly changed: () => void,
    private readonly say: (words: () => string) => void,
  ) {}

  get isFinding(): boolean {
    return this.#finder !== undefined;
  }

  /** The items are others now. */
  reset(): void {
    this.#finder = undefined;
    this.#shown = [];
    this.#focused = 0;
  }

  draw(): TemplateResult {
    const { items } = this.list;
    this.#shown = this.#finder?.among(items) ?? [...items.keys()];
    if (!this.#shown.includes(this.#focused)) this.#focused = this.#shown[0] ?? 0;
    return html`
      ${this.#finder?.draw()}
      <ol @keydown=${this.#pressed} @focusin=${this.#entered}>${this.#rows()}</ol>
    `;
  }

  /** After it has been drawn. */
  drawn(): void {
    const list = this.root()?.querySelector('ol');
    if (!list) return;
    if (this.list.items.length > SHORT && !this.#long) this.#lengthen(list);
    this.#long?.settle();
    const sought = this.#sought;
    if (!sought) return;
    const found = list.querySelector(`li[data-index="${sought.index}"]:not(.astray)`);
    if (found) {
      this.#sought = undefined;
      reveal(list, found);
      if (sought.focus) found.querySelector('button')?.focus({ preventScroll: true });
    } else if (this.#long?.reveal(this.#shown.indexOf(sought.index))) this.changed();
  }

  /** Brings a row into view, and the keyboard there. */
  seek(index: number, focus: boolean): void {
    if (focus || !this.root()?.activeElement?.closest('ol')) this.#focused = index;
    this.#sought = { index, focus };
    this.changed();
  }

  /** A field to find a row, or none again. */
  find(): void {
    if (this.#finder) {
      this.#finder = undefined;
      this.seek(Math.max(0, this.list.currentIndex), false);
      return this.#focus('.find');
    }
    import('./finder.ts').then(({ Finder }) => {
      this.#finder = new Finder(this.root()!, this.list, this.say, () => this.#shown.length > 0 && this.seek(this.#shown[0]!, true), () => this.find());
      this.changed();
      this.#focus('.finder');
    }, () => {});
  }

  #lengthen(list: HTMLElement): void {
    import('./long.ts').then(({ LongRows }) => {
      this.#long ??= new LongRows(list, this.changed);
      this.changed();
    }, () => {});
  }

  #rows(): unknown {
    if (!this.#long) return this.#shown.slice(0, SHORT).map(index => this.#row(index, false));
    // Its own template: nothing is left of the rows that were there before.
    return html`${this.#long.draw(this.#shown, this.#focused, (index, astray) => this.#row(index, astray))}`;
  }

  #row(index: number, astray: boolean): unknown {
    const { list } = this;
    return row({
      item: list.items[index]!,
      index,
      current: index === list.currentIndex,
      playable: list.isPlayable(index),
      seen: list.seen(index),
      reachable: index === this.#focused,
      of: this.#long && list.items.length,
      astray,
      play: () => list.pick(index),
    });
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const shown = this.#shown;
    const at = shown.indexOf(this.#focused);
    const go = (place: number | undefined) => place !== undefined && this.seek(shown[place]!, true);
    const place = destination(event, at, shown.length, this.layout === 'shelf');
    if (place === undefined && !isLetter(event)) return;
    event.preventDefault();
    if (place !== undefined) return void go(place);
    const title = (place: number) => titleOf(this.list.items[shown[place]!], shown[place]!);
    this.#typeahead?.then(({ titled }) => go(titled(at, shown.length, title, event.key)), () => {});
  };

  readonly #entered = (event: Event): void => {
    this.#typeahead ??= import('./typeahead.ts');
    const index = Number((event.target as Element).closest('li')?.dataset['index']);
    if (index === this.#focused || Number.isNaN(index)) return;
    this.#focused = index;
    this.changed();
  };

  /** What is drawn in a moment. */
  #focus(selector: string): void {
    queueMicrotask(() => this.root()?.querySelector<HTMLElement>(selector)?.focus());
  }
}
