// `<sprat-player>`: a `<sprat-video>` with controls. A router: the media element inside keeps the contract, the
// controller keeps the interface's state, each part of the picture is a function in `../player/`; here they meet.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { Drawn } from '../drawn.ts';
import { bar } from '../player/bar.ts';
import { captionsLayer } from '../player/captions.ts';
import { centre } from '../player/centre.ts';
import { Controller } from '../player/controller.ts';
import { press } from '../player/keyboard.ts';
import { audioMenu, captionsMenu, qualityMenu } from '../player/menus.ts';
import { FORWARDED, type HasMedia, mirrorEvents, mirrorMembers } from '../player/mirror.ts';
import { consentQuestion, sharingPanel } from '../player/sharing.ts';
import type { Popup, View } from '../player/view.ts';
import { strings } from '../strings.ts';
import { SpratVideo } from './sprat-video.ts';
import { css } from '../player/styles.ts';

const POPUPS: Record<Popup, (view: View) => TemplateResult> = {
  captions: captionsMenu,
  quality: qualityMenu,
  audio: audioMenu,
  sharing: sharingPanel,
};

/** `controls="off"` and `keyboard="off"` leave them out; `remember` keeps volume, speed of the network and consent. */
const OWN = ['controls', 'media-title', 'keyboard', 'remember'];

export class SpratPlayer extends Drawn implements HasMedia {
  static readonly observedAttributes = [...FORWARDED, ...OWN];

  protected override readonly css = css;

  /** The video inside, for whoever needs it as it is. */
  readonly media: SpratVideo = document.createElement('sprat-video');
  readonly #controller: Controller;

  constructor() {
    super();
    // Tracks are the player's children; the slot hands them on to the video.
    this.media.append(document.createElement('slot'));
    this.media.part.add('media');
    this.#controller = new Controller(this, this.media, () => this.redraw());
    mirrorEvents(this, event => this.#controller.heard(event));
    const { idle } = this.#controller;
    // A finger moves only while it presses, and leaves when it is lifted: taps are for `clicked`.
    this.addEventListener('pointermove', event => isTouch(event) || idle.wake());
    this.addEventListener('pointerleave', event => isTouch(event) || idle.leave());
    this.addEventListener('pointerdown', idle.press);
    this.addEventListener('focusin', idle.wake);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Set before this class was there, it is the element's own and would never reach the video.
    const early = Object.getOwnPropertyDescriptor(this, 'keySystems');
    if (early) this.media.keySystems = early.value;
    this.#controller.connected();
  }

  disconnectedCallback(): void {
    this.#controller.disconnected();
  }

  attributeChangedCallback(name: string, _before: string | null, now: string | null): void {
    if (OWN.includes(name)) this.redraw();
    else if (now === null) this.media.removeAttribute(name);
    else this.media.setAttribute(name, now);
  }

  protected override draw(): TemplateResult {
    const view = this.#controller;
    const controlled = this.getAttribute('controls') !== 'off' && !view.error;
    return html`
      <div
        class="frame"
        role="region"
        aria-label=${view.mediaTitle || strings.player}
        tabindex="-1"
        ?data-idle=${view.idle.idle}
        ?data-paused=${this.media.paused}
        @keydown=${this.#pressed}
      >
        <div class="picture" @click=${this.#clicked} @dblclick=${this.#doubleClicked}>
          ${this.media} ${captionsLayer(view)}
        </div>
        ${view.mediaTitle && !view.asking ? html`<p class="headline"><bdi>${view.mediaTitle}</bdi></p>` : nothing}
        ${this.getAttribute('controls') === 'off' && !view.error ? nothing : centre(view)}
        ${controlled ? bar(view) : nothing}
        ${view.asking && !view.error ? consentQuestion(view) : nothing}
        ${controlled && view.popup ? POPUPS[view.popup](view) : nothing}
      </div>
    `;
  }

  #focusedPopup: Popup | null = null;

  protected override drawn(): void {
    const { popup } = this.#controller;
    if (popup === this.#focusedPopup) return;
    this.#focusedPopup = popup;
    this.shadowRoot?.querySelector<HTMLElement>('#popup [aria-checked=true], #popup button')?.focus();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    this.#controller.idle.wake();
    if (this.getAttribute('keyboard') === 'off' && event.key !== 'Escape') return;
    if (press(this.#controller, event)) event.preventDefault();
  };

  readonly #clicked = (event: MouseEvent): void => {
    const view = this.#controller;
    if (this.getAttribute('controls') === 'off' || view.error) return;
    // Without hover, the first tap has to bring the controls.
    if (isTouch(event) && !view.fresh) view.idle.tap();
    else view.handBackFocus(() => view.togglePlay());
  };

  readonly #doubleClicked = (event: MouseEvent): void => {
    if (!isTouch(event)) this.#controller.toggleFullscreen();
  };
}

function isTouch(event: Event): boolean {
  return (event as PointerEvent).pointerType === 'touch';
}

mirrorMembers(SpratPlayer);

/** The members that `mirrorMembers` adds. */
export interface SpratPlayer extends Omit<SpratVideo, keyof HTMLElement | 'media'> {}

if (!customElements.get('sprat-player')) customElements.define('sprat-player', SpratPlayer);

declare global {
  interface HTMLElementTagNameMap {
    'sprat-player': SpratPlayer;
  }
}
