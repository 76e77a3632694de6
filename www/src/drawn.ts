// An element that draws itself: one shadow root, adopted style sheets, and lit-html, at most once per microtask, in the
// words of its language. This much of LitElement is all that the player and the playlist use.

import { type TemplateResult, render } from 'lit/html.js';
import { follow } from './language.ts';
import { adopt } from './sheets.ts';
import { type Strings, en, speak } from './strings.ts';

export abstract class Drawn extends (globalThis.HTMLElement ?? class {}) {
  protected abstract readonly css: string;
  #root: ShadowRoot | undefined;
  #due = false;
  #unfollow: (() => void) | undefined;

  /** This element's table; `strings` while it is drawn. */
  protected words: Strings = en;

  protected abstract draw(): TemplateResult;

  /** After the shadow tree has changed. */
  protected drawn(): void {}

  /** Draws soon; not before the element is in a document. */
  redraw(): void {
    if (this.#due || !this.#root) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      speak(this.words);
      render(this.draw(), this.#root!, { host: this });
      this.drawn();
    });
  }

  connectedCallback(): void {
    if (!this.#root) {
      this.#root = this.attachShadow({ mode: 'open' });
      adopt(this.#root, this.css);
    }
    this.redraw();
    this.#unfollow = follow(this, table => {
      this.words = table;
      this.redraw();
    });
  }

  disconnectedCallback(): void {
    this.#unfollow?.();
  }
}
