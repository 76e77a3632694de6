// What is at the place of the timeline that is pointed at, dragged to, or focused with the keyboard: a picture, the chapter,
// the time. Escape takes it away (WCAG 1.4.13), and so does whatever leads elsewhere.

import { html, nothing, render, svg } from 'lit/html.js';
import { strings } from '../strings.ts';
import { Sprites } from './sprites.ts';
import { type Part, type Picture, partOf } from './storyboard.ts';
import type { View } from './view.ts';

/** CSS pixels of a picture, and shares of the player's. */
const [WIDEST, HIGHEST, LOWEST] = [176, 120, 24];
const MOST_OF_FRAME = 0.4;
/** What lies beneath a picture: the bar, the line, a title of two lines and a time. */
const BAR_AND_WORDS = 140;

/** What there is to tell of a moment. */
export interface Told {
  titleAt(time: number): string;
  pictureAt(time: number): Picture | undefined;
}

export class Preview {
  readonly element = document.createElement('div');
  readonly #sprites = new Sprites(() => this.draw());
  #shown: { time: number; by: 'pointer' | 'keys' } | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly view: View,
    private readonly told: Told,
  ) {
    this.element.className = 'preview';
    this.element.ariaHidden = 'true';
    this.element.hidden = true;
  }

  /** Follows pointer and focus in the player's shadow tree. */
  follow(root: ShadowRoot): void {
    const pointed = (event: Event) => this.#pointed(event as PointerEvent);
    for (const type of ['pointermove', 'pointerdown']) root.addEventListener(type, pointed);
    // A finger has no place once it is lifted.
    for (const type of ['pointerup', 'pointercancel']) root.addEventListener(type, event => isTouch(event) && this.hide());
    this.host.addEventListener('pointerleave', () => this.#shown?.by === 'pointer' && this.hide());
    root.addEventListener('focusin', event => isRange(event.target) && event.target.matches(':focus-visible') && this.#show(this.view.media.currentTime, 'keys'));
    root.addEventListener('focusout', () => this.hide());
    root.addEventListener('input', event => this.#shown && isRange(event.target) && this.#show(Number(event.target.value), this.#shown.by));
    for (const type of ['seeking', 'timeupdate', 'emptied']) this.view.media.addEventListener(type, () => this.#moved());
  }

  hide(): void {
    this.#shown = undefined;
    this.draw();
  }

  #pointed({ target, clientX }: PointerEvent): void {
    const range = isRange(target) ? barsOf(this.element) : undefined;
    if (!range) {
      if (this.#shown?.by === 'pointer') this.hide();
      return;
    }
    const share = Math.min(1, Math.max(0, (clientX - range.left) / range.width));
    this.#show(share * this.view.media.duration, 'pointer');
  }

  /** With the keyboard, it shows where playback is. */
  #moved(): void {
    if (this.#shown?.by === 'keys') this.#show(this.view.media.currentTime, 'keys');
  }

  #show(time: number, by: 'pointer' | 'keys'): void {
    this.#shown = this.view.media.duration > 0 ? { time, by } : undefined;
    this.draw();
  }

  draw(): void {
    const { element, told } = this;
    element.hidden = !this.#shown;
    if (!this.#shown) return;
    const { time } = this.#shown;
    const title = told.titleAt(time);
    render(html`${this.#picture(told.pictureAt(time))}${title ? html`<p><bdi>${title}</bdi></p>` : nothing}<p class="at">${strings.clock(time)}</p>`, element);
    this.#place(time);
  }

  #picture(picture: Picture | undefined) {
    const image = picture && this.#sprites.get(picture.url);
    const part = image && partOf(picture, { width: image.naturalWidth, height: image.naturalHeight });
    if (!part) return nothing;
    const { x, y, width, height } = part;
    const scale = this.#scale(part);
    this.element.style.setProperty('--wide', `${Math.round(width * scale)}px`);
    this.element.style.setProperty('--high', `${Math.round(height * scale)}px`);
    return html`
      <svg viewBox="${x} ${y} ${width} ${height}">
        ${svg`<image href=${picture!.url} width=${image.naturalWidth} height=${image.naturalHeight} />`}
      </svg>
    `;
  }

  #scale({ width, height }: Part): number {
    const { clientWidth, clientHeight } = this.host;
    const high = Math.max(LOWEST, Math.min(HIGHEST, MOST_OF_FRAME * clientHeight, clientHeight - BAR_AND_WORDS));
    return Math.min(Math.min(WIDEST, MOST_OF_FRAME * clientWidth) / width, high / height);
  }

  /** Over its moment, and within the timeline. */
  #place(time: number): void {
    const { element } = this;
    const bars = barsOf(element);
    const line = element.parentElement?.getBoundingClientRect();
    if (!bars || !line) return;
    const at = bars.left - line.left + (time / this.view.media.duration) * bars.width;
    const half = element.offsetWidth / 2;
    element.style.setProperty('left', `${Math.min(line.width - half, Math.max(half, at))}px`);
  }
}

/** Where times lie on the screen. */
function barsOf(element: HTMLElement): DOMRect | undefined {
  return element.parentElement?.querySelector('svg')?.getBoundingClientRect();
}

function isRange(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.closest('.timeline') !== null;
}

function isTouch(event: Event): boolean {
  return (event as PointerEvent).pointerType === 'touch';
}
