// What comes next, and a few seconds to say no: over the picture of what has ended.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-playlist.ts';
import { type TemplateResult, html } from 'lit/html.js';
import type { View } from '../player/view.ts';
import { adopt } from '../sheets.ts';
import { words } from './words.ts';
import css from '../../styles/playlist/coming.css' with { type: 'text' };

/** Seconds that are counted down, one after the other; then it is due. */
export class Countdown {
  left: number;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    seconds: number,
    private readonly changed: () => void,
    private readonly due: () => void,
  ) {
    this.left = Math.ceil(seconds);
    this.#ticking = setInterval(() => {
      this.left -= 1;
      if (this.left > 0) return this.changed();
      // Whether there is still something to come or not.
      this.cancel();
      this.due();
    }, 1000);
  }

  cancel(): void {
    if (this.#ticking === undefined) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.changed();
  }

  get isRunning(): boolean {
    return this.#ticking !== undefined;
  }

  draw({ host }: View, title: string): TemplateResult | undefined {
    if (!this.isRunning) return undefined;
    adopt(host.shadowRoot!, css);
    return html`
      <div class="coming" role="group" aria-label=${words().next}>
        <p>${words().nextIn(this.left)}</p>
        <p class="title"><bdi>${title}</bdi></p>
        <div>
          <button type="button" class="now" @click=${() => this.due()}>${words().playNow}</button>
          <button type="button" @click=${() => this.cancel()}>${words().cancel}</button>
        </div>
      </div>
    `;
  }
}
