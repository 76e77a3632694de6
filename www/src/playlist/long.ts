// Which rows of a long list exist? Those in view and some on either side; the rest is room. All rows are equally high then.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { repeat } from 'lit/directives/repeat.js';
import { adopt } from '../sheets.ts';
import css from '../../styles/playlist/long.css' with { type: 'text' };

/** Rows beyond what is in view; and by how many of them the window moves. */
const BEYOND = 12;
const STEP = 6;
/** In pixels, until a row has been measured. */
const ROW = 70;

export class LongRows {
  #extent = ROW;
  #drawn = '';
  /** The keyboard is in the list, as far as those know who draw it. */
  #isWithin = false;

  constructor(
    private readonly list: HTMLElement,
    private readonly changed: () => void,
  ) {
    adopt(list.getRootNode() as ShadowRoot, css);
    list.classList.add('long');
    const look = () => {
      if (String(this.#window(Infinity)) !== this.#drawn) changed();
    };
    list.addEventListener('scroll', look, { passive: true });
    new ResizeObserver(look).observe(list);
  }

  /** @param focused the index of the row that has the keyboard, where the list has it: it has to be there, wherever it is */
  draw(shown: readonly number[], focused: number, row: (index: number, astray: boolean) => unknown): unknown {
    this.#isWithin = this.#hasKeyboard;
    const window = this.#window(Infinity);
    this.#drawn = String(window);
    const [from, to] = this.#window(shown.length);
    const { list } = this;
    list.style.setProperty('--before', `${from * this.#extent}px`);
    list.style.setProperty('--after', `${(shown.length - to) * this.#extent}px`);
    const kept = this.#isWithin ? shown.indexOf(focused) : -1;
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    if (kept >= 0 && kept < from) places.unshift(kept);
    if (kept >= to && kept < shown.length) places.push(kept);
    const indexAt = (place: number) => shown[place]!;
    return repeat(places, indexAt, place => row(indexAt(place), place < from || place >= to));
  }

  /** After rows have been drawn: how high one is, and whether the keyboard is where it was. */
  settle(): void {
    // Rows that change places lose it.
    if (this.#isWithin && !this.#hasKeyboard) this.list.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    const row = this.list.querySelector('li:not(.astray)')?.getBoundingClientRect();
    const extent = row && (this.#isShelf ? row.width : row.height);
    if (!extent || Math.abs(extent - this.#extent) < 0.5) return;
    this.#extent = extent;
    this.changed();
  }

  /** Scrolls to a place whose row does not exist yet; false where there is no such place. */
  reveal(place: number): boolean {
    const { list } = this;
    const [from, seen] = this.#view;
    const at = place * this.#extent;
    const to = at < from ? at : at + this.#extent > from + seen ? at + this.#extent - seen : from;
    if (place < 0 || to === from) return false;
    if (this.#isShelf) list.scrollLeft = getComputedStyle(list).direction === 'rtl' ? -to : to;
    else list.scrollTop = to;
    return true;
  }

  get #hasKeyboard(): boolean {
    return this.list.contains((this.list.getRootNode() as ShadowRoot).activeElement);
  }

  get #isShelf(): boolean {
    return this.list.closest('.shelf') !== null;
  }

  /** Where it is scrolled to, and how much of it is seen. */
  get #view(): [number, number] {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.list;
    return this.#isShelf ? [Math.abs(scrollLeft), clientWidth] : [scrollTop, clientHeight];
  }

  /** First and last place, the last excluded. */
  #window(count: number): [number, number] {
    const [at, seen] = this.#view;
    const round = (place: number) => Math.floor(place / STEP) * STEP;
    const to = Math.min(count, round((at + seen) / this.#extent) + STEP + BEYOND);
    return [Math.min(to, Math.max(0, round(at / this.#extent) - BEYOND)), to];
  }
}
