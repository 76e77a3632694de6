// A field that leaves of a list what is looked for: every word of it in the title or in whose it is, whatever the case and
// the accents.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { type TemplateResult, html } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import type { Item } from './items.ts';
import { words } from './words.ts';
import css from '../../styles/playlist/finder.css' with { type: 'text' };

export class Finder {
  #query = '';
  readonly #folded = new WeakMap<Item, string>();

  /** @param down the keyboard wants to leave the field for the rows */
  constructor(
    root: ShadowRoot,
    private readonly list: { readonly items: readonly Item[] },
    private readonly say: (words: () => string) => void,
    private readonly down: () => void,
    private readonly close: () => void,
  ) {
    adopt(root, css);
  }

  /** Indices of those that are looked for. */
  among(items: readonly Item[]): number[] {
    const wanted = fold(this.#query).split(/\s+/).filter(Boolean);
    return [...items.keys()].filter(index => wanted.every(word => this.#text(items[index]!).includes(word)));
  }

  draw(): TemplateResult {
    return html`
      <input
        type="search"
        class="finder"
        aria-label=${words().find}
        placeholder=${words().find}
        autocomplete="off"
        .value=${this.#query}
        @input=${(event: Event) => {
          this.#query = (event.target as HTMLInputElement).value;
          this.say(() => words().found(this.among(this.list.items).length));
        }}
        @keydown=${this.#pressed}
      />
    `;
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    const act = { Escape: this.close, ArrowDown: this.down, Enter: this.down }[event.key];
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  };

  #text(item: Item): string {
    const known = this.#folded.get(item) ?? fold(`${item.title} ${item.channel ?? ''}`);
    this.#folded.set(item, known);
    return known;
  }
}

/** Marks are left out: an accent is no reason not to be found. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
