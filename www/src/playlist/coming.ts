// What comes next, and a few seconds to say no: over the picture of what has ended.

import { type TemplateResult, html } from 'lit/html.js';
import { words } from './words.ts';

/** Seconds that are counted down, one after the other; then it is due. */
export class Countdown {
  left = 0;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly changed: () => void,
    private readonly due: () => void,
  ) {}

  get running(): boolean {
    return this.#ticking !== undefined;
  }

  start(seconds: number): void {
    this.cancel();
    this.left = Math.ceil(seconds);
    this.#ticking = setInterval(() => {
      this.left -= 1;
      if (this.left > 0) return this.changed();
      this.cancel();
      this.due();
    }, 1000);
    this.changed();
  }

  cancel(): void {
    if (!this.running) return;
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.changed();
  }
}

export function coming(title: string, countdown: Countdown, play: () => void): TemplateResult {
  return html`
    <div class="coming" role="group" aria-label=${words().next}>
      <p>${words().nextIn(countdown.left)}</p>
      <p class="title"><bdi>${title}</bdi></p>
      <div>
        <button type="button" class="now" @click=${play}>${words().playNow}</button>
        <button type="button" @click=${() => countdown.cancel()}>${words().cancel}</button>
      </div>
    </div>
  `;
}
