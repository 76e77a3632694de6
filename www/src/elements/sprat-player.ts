// `<sprat-player>`: a `<sprat-video>` with controls. A router: the media element inside keeps the contract, the
// controller keeps the interface's state, each part of the picture is a function in `../player/`; here they meet.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { Drawn } from '../drawn.ts';
import type { Addition } from '../player/additions.ts';
import { bar } from '../player/bar.ts';
import { captionsLayer } from '../player/captions.ts';
import { centre } from '../player/centre.ts';
import { Controller } from '../player/controller.ts';
import { press } from '../player/keyboard.ts';
import { FORWARDED, type HasMedia, mirrorEvents, mirrorMembers } from '../player/mirror.ts';
import { consentQuestion } from '../player/sharing.ts';
import type { Wishes } from '../player/wishes.ts';
import { shared } from '../shared.ts';
import { strings } from '../strings.ts';
import { SpratVideo } from './sprat-video.ts';
import { css } from '../player/styles.ts';

/** `controls="off"`, `control-bar="off"` and `keyboard="off"` leave them out; `remember` keeps what a viewer chose (`../memory.ts`). */
const OWN = ['controls', 'control-bar', 'media-title', 'keyboard', 'remember', 'share'];
/** Asked for by few pages; who does what they ask is fetched then (`../player/wishes.ts`). */
const WISHES = ['stop', 'subtitle', 'headline', 'p2p-warning', 'watch-url', 'player-theme', 'wait-password', 'structured-data', 'annotations', 'end-cards'];

export class SpratPlayer extends Drawn implements HasMedia {
  static readonly observedAttributes = [...FORWARDED, ...OWN, ...WISHES];

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
    // A video that asks for a password, is not for everybody, or is not there yet: said in place of the picture.
    for (const type of ['passwordrequired', 'sensitivecontent', 'instancestate']) {
      this.media.addEventListener(type, event => {
        event.preventDefault();
        this.#wish().then(wishes => wishes.questions.heard(event as CustomEvent), () => {});
      });
    }
    // What is marked on the timeline is known when it is; most films have nothing to mark.
    this.media.addEventListener('instanceextras', () => this.#mark());
    this.media.textTracks.addEventListener('addtrack', () => this.#mark());
    // What plays may have to do with the system around the page.
    this.media.addEventListener('playing', () => this.#attend());
    // Whoever comes near may open a menu.
    for (const type of ['pointerover', 'focusin']) this.addEventListener(type, () => this.#fetchPopups());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Set before this class was there, they are the element's own and would never reach the video.
    const own = this as unknown as Record<string, unknown>;
    for (const [name, value] of Object.entries(this)) {
      if (!(name in SpratPlayer.prototype)) continue;
      delete own[name];
      own[name] = value;
    }
    this.#controller.connected();
    shared.players.add(this);
    shared.plug?.(this);
    if (this.hasAttribute('remember')) this.#attend();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#controller.disconnected();
    shared.players.delete(this);
    shared.unplug?.(this);
  }

  attributeChangedCallback(name: string, _before: string | null, now: string | null): void {
    if (WISHES.includes(name) || (name === 'src' && now?.includes('#'))) void this.#wish();
    if (OWN.includes(name)) this.redraw();
    else if (WISHES.includes(name)) this.#controller.wishes?.asked();
    else if (now === null) this.media.removeAttribute(name);
    else this.media.setAttribute(name, now);
  }

  get additions(): readonly Addition[] {
    return this.#controller.additions;
  }

  /** Adds to controls, picture and keys; what it returns takes that away again. */
  add(addition: Addition): () => void {
    const view = this.#controller;
    view.additions = [...view.additions, addition];
    this.redraw();
    return () => {
      view.additions = view.additions.filter(other => other !== addition);
      this.redraw();
    };
  }

  protected override draw(): TemplateResult {
    const view = this.#controller;
    const question = view.wishes?.questions.draw();
    const controlled = !this.#off('controls') && !view.error && !question;
    const hasBar = controlled && !this.#off('control-bar');
    return html`
      <div
        class="frame"
        lang=${strings.lang}
        dir=${strings.dir}
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
        ${view.asking || question ? nothing : (view.wishes?.dock() ?? headline(view.mediaTitle))}
        ${view.additions.map(({ layer }) => layer?.(view))}
        ${controlled || view.error ? centre(view) : nothing}
        ${hasBar ? bar(view) : nothing}
        ${view.asking && !view.error ? consentQuestion(view) : nothing}
        ${question}
        ${hasBar && view.popup ? this.#popups?.[view.popup](view) : nothing}
      </div>
    `;
  }

  #popups: typeof import('../player/popups.ts').POPUPS | undefined;
  #focusedPopup = '';

  protected override drawn(): void {
    const { popup, page } = this.#controller;
    const open = popup ? `${popup} ${page}` : '';
    if (open === this.#focusedPopup) return;
    if (popup && !this.shadowRoot?.getElementById('popup')) return this.#fetchPopups();
    this.#focusedPopup = open;
    const find = (selector: string) => this.shadowRoot?.querySelector<HTMLElement>(selector);
    (find('.menu :is([aria-checked=true], [aria-current])') ?? find('#popup button'))?.focus();
  }

  #fetchPopups(): void {
    if (this.#popups) return;
    import('../player/popups.ts').then(
      ({ POPUPS, attend }) => {
        if (!this.#popups) attend(this, this.#controller);
        this.#popups = POPUPS;
        this.redraw();
      },
      () => this.#controller.closePopup(),
    );
  }

  #wishes: Promise<Wishes> | undefined;

  #wish(): Promise<Wishes> {
    this.#wishes ??= import('../player/wishes.ts').then(({ Wishes }) => {
      this.redraw();
      return (this.#controller.wishes = new Wishes(this, this.#controller, () => this.redraw()));
    });
    this.#wishes.catch(() => {});
    return this.#wishes;
  }

  #marking = false;

  #mark(): void {
    if (this.#marking || !isMarked(this.media)) return;
    this.#marking = true;
    import('../player/marks.ts').then(
      ({ Marks }) => {
        this.#controller.marks = new Marks(this, this.#controller, () => this.redraw());
        this.redraw();
      },
      () => (this.#marking = false),
    );
  }

  #session: Promise<void> | undefined;

  #attend(): void {
    this.#session ??= import('../player/session.ts').then(({ attend }) => attend(this.#controller), () => (this.#session = undefined));
  }

  #off(attribute: string): boolean {
    return this.getAttribute(attribute) === 'off';
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    this.#controller.idle.wake();
    if (this.#off('keyboard') && event.key !== 'Escape') return;
    if (press(this.#controller, event)) event.preventDefault();
  };

  readonly #clicked = (event: MouseEvent): void => {
    const view = this.#controller;
    if (this.#off('controls') || view.error) return;
    // Without hover, the first tap has to bring the controls.
    if (isTouch(event) && !view.fresh) view.idle.tap();
    else view.handBackFocus(() => view.togglePlay());
  };

  readonly #doubleClicked = (event: MouseEvent): void => {
    if (!isTouch(event)) this.#controller.toggleFullscreen();
  };
}

function headline(title: string): TemplateResult | typeof nothing {
  return title ? html`<p class="headline"><bdi>${title}</bdi></p>` : nothing;
}

/** Whether there are chapters, or pictures of moments, in any of the places where they may be (`../player/marked.ts`). */
function isMarked({ instanceExtras, textTracks }: SpratVideo): boolean {
  const told = instanceExtras && instanceExtras.chapters.length + instanceExtras.storyboards.length > 0;
  return told || [...textTracks].some(({ kind, label }) => kind === 'chapters' || label === 'thumbnails');
}

function isTouch(event: Event): boolean {
  return (event as PointerEvent).pointerType === 'touch';
}

mirrorMembers(SpratPlayer);

/** The members that `mirrorMembers` adds. */
export interface SpratPlayer extends Omit<SpratVideo, keyof HTMLElement | 'media'> {}

declare global {
  interface HTMLElementTagNameMap {
    'sprat-player': SpratPlayer;
  }
}
