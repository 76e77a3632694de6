// `<sprat-playlist>`: an ordered list of buttons beside a `<sprat-player>`, below it, over it or apart from it. A router: what
// plays is decided in `../playlist/playing.ts`, what is shown of the list in `../playlist/listing.ts`; here attributes and
// layout meet them.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { Drawn } from '../drawn.ts';
import type { Fault } from '../fault.ts';
import { PASSED } from '../playlist/deck.ts';
import type { Place } from '../playlist/deep-link.ts';
import type { Item, List } from '../playlist/items.ts';
import { Listing } from '../playlist/listing.ts';
import { faultOf, listOf } from '../playlist/loading.ts';
import { Playing } from '../playlist/playing.ts';
import { words } from '../playlist/words.ts';
import { speak, strings } from '../strings.ts';
import type { SpratPlayer } from './sprat-player.ts';
import css from '../../styles/playlist.css' with { type: 'text' };

/** What names the list, and its player. */
const NAMED = ['src', 'peertube', 'for'];
const LAYOUTS = ['side', 'below', 'drawer', 'shelf'];

/**
 * `src`: our JSON, a feed, a list of another program, or `#id` of an element of the page with such text. `peertube`: the
 * address of a playlist on an instance. `for`: the id of the player on the page; else it has one of its own. `layout`: `side`
 * (below where there is no room), `below`, `drawer`, `shelf`.
 *
 * `order="reverse"`: the last first. `shuffle`: in a drawn order; a number as its value draws the same again. `index`: where
 * to begin, from 1. `deep-link`: the page's `#item=2&t=90` says so too, and follows. `autoplay`: begin at once.
 * `advance`: for how many seconds what comes next is announced, in which a viewer may say no (10; `0`: at once); `off`: stop
 * after each item. `loop="all"`: the first follows the last.
 */
export class SpratPlaylist extends Drawn {
  static readonly observedAttributes = [...NAMED, 'layout', 'shuffle', 'structured-data', ...PASSED];

  protected override readonly css = css;

  #fault: Fault | undefined;
  /** A script says what is on the list. */
  #isGiven = false;
  #isEmpty = false;
  #isOpen = false;
  #said = '';
  #loading: AbortController | undefined;
  #loaded: string | undefined;

  readonly #say = (words: () => string): void => {
    speak(this.words);
    this.#said = words();
    this.redraw();
  };
  readonly #playing = new Playing(this, current => (current === undefined ? this.redraw() : this.#listing.seek(current, false)), this.#say);
  readonly #listing = new Listing(this, () => this.shadowRoot, () => this.redraw(), this.#say);

  /** Index of the item in the player, or -1. */
  get currentIndex(): number {
    return this.#playing.current;
  }

  get items(): readonly Item[] {
    return this.#playing.list.items;
  }

  /** As the list itself is called; empty where it has no name. */
  get listTitle(): string {
    return this.#playing.list.title;
  }

  get player(): SpratPlayer | undefined {
    return this.#playing.player;
  }

  /** Plays an item, from a second of it if one is given; false when it cannot be played. */
  select(index: number, at?: number): boolean {
    return this.#playing.pick(index, at);
  }

  /** What a script has put together. What plays goes on, and nothing begins by itself. */
  show(list: List): void {
    this.#isGiven = true;
    this.#loaded = undefined;
    this.#loading?.abort();
    this.#fault = undefined;
    if (list.title !== this.listTitle) this.#listing.reset();
    this.#playing.show(list);
    this.redraw();
  }

  next(): boolean {
    return this.#playing.step(1);
  }

  previous(): boolean {
    return this.#playing.step(-1);
  }

  isPlayable(index: number): boolean {
    return this.#playing.isPlayable(index);
  }

  /** How much of an item its viewer has seen, from 0 to 1. */
  seen(index: number): number | undefined {
    return this.#playing.progress.of(this.items[index]!)?.share;
  }

  /** A row was pressed. */
  pick(index: number): void {
    this.select(index);
    if (this.#isOpen) this.#open(false);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#playing.adopt();
    // The parser may still be adding the list, or the player.
    queueMicrotask(() => void this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    this.#playing.leave();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    // The page's word again, if it comes after a script's.
    if (now !== null && name !== 'for' && NAMED.includes(name)) this.#isGiven = false;
    if (NAMED.includes(name) && this.isConnected && before !== now) void this.#load();
    this.#playing.passOn(name);
    if (name === 'structured-data') this.#describe();
    if (name === 'shuffle') this.#playing.arrange();
    this.redraw();
  }

  protected override draw(): TemplateResult {
    const name = this.listTitle || words().playlist;
    const asked = this.getAttribute('layout') ?? '';
    // Before anything of what was found is picked there is nothing to look at.
    const isIdle = this.#isGiven && !this.#playing.hasPlayed;
    const layout = isIdle || this.hasAttribute('for') ? 'alone' : LAYOUTS.includes(asked) ? asked : 'side';
    const isDrawer = layout === 'drawer';
    this.#listing.layout = layout;
    return html`
      <div class="layout ${layout}" lang=${strings.lang} dir=${strings.dir}>
        <div class="stage" ?hidden=${isIdle}><slot name="player"></slot>${layout === 'drawer' || layout === 'shelf' ? this.#dressed(name) : nothing}</div>
        <section id="list" aria-label=${name} ?hidden=${isDrawer && !this.#isOpen} @keydown=${this.#escaped}>
          ${this.#header(name)}
          ${this.#fault || this.#isEmpty ? html`<p class="problem" role="alert">${this.#problem()}</p>` : nothing}
          ${this.#listing.draw()}
          <p class="said" role="status">${this.#said}</p>
        </section>
      </div>
    `;
  }

  protected override drawn(): void {
    this.#listing.drawn();
  }

  #header(name: string): TemplateResult {
    const { length } = this.items;
    return html`
      <header>
        <div>
          <h2><bdi>${name}</bdi></h2>
          ${this.currentIndex < 0 ? nothing : html`<p><bdi>${words().itemOf(this.currentIndex + 1, length)}</bdi></p>`}
        </div>
        ${length > 1 ? this.#tools()?.tools(this, this.#playing, this.#listing) : nothing}
      </header>
    `;
  }

  // What not every list is in need of.
  readonly #tools = late(() => import('../playlist/tools.ts'), () => this.redraw());
  readonly #layouts = late(() => import('../playlist/layouts.ts'), () => this.redraw());

  #dressed(name: string): TemplateResult | undefined {
    return this.#layouts()?.dress(this.shadowRoot!, this.#listing.layout, this, name, this.#isOpen, () => this.#open(!this.#isOpen));
  }

  #open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    if (isOpen) this.#listing.seek(Math.max(0, this.currentIndex), true);
    else this.shadowRoot?.querySelector<HTMLElement>('.opener')?.focus();
    this.redraw();
  }

  readonly #escaped = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && this.#isOpen) this.#open(false);
  };

  async #load(): Promise<void> {
    const wanted = JSON.stringify(NAMED.map(name => this.getAttribute(name)));
    if (wanted === this.#loaded || this.#isGiven) return this.#playing.adopt();
    this.#loaded = wanted;
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    this.#playing.adopt();
    try {
      const [list, place] = await Promise.all([listOf(this, loading.signal), this.#place()]);
      this.#fault = undefined;
      this.#isEmpty = list.items.length === 0;
      // In a drawer nobody would read why there is nothing to play.
      this.#isOpen ||= this.#isEmpty;
      this.#listing.reset();
      this.#playing.take(list, place);
      this.#describe();
    } catch (error) {
      if (loading.signal.aborted) {
        if (loading === this.#loading) this.#loaded = undefined;
        return;
      }
      this.#fault = faultOf(error);
      this.#isOpen ||= this.items.length === 0;
      this.redraw();
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    }
  }

  #followed: Promise<typeof import('../playlist/deep-link.ts')> | undefined;

  /** To which the page's address points. */
  async #place(): Promise<Place> {
    if (!this.hasAttribute('deep-link')) return {};
    const isFirst = this.#followed === undefined;
    const late = await (this.#followed ??= import('../playlist/deep-link.ts')).catch(() => undefined);
    if (isFirst) late?.follow(this);
    return late?.placeIn(location.hash) ?? {};
  }

  #problem(): string {
    return this.#fault ? `${words().playlistFailed} ${strings.fault(this.#fault)[0]}` : words().playlistEmpty;
  }

  /** For search engines, where the page asks for it. */
  #describe(): void {
    if (this.hasAttribute('structured-data')) void import('../player/structured.ts').then(({ keepList }) => keepList(this), () => {});
  }
}

/** What is fetched when it is first asked for; undefined until it is there. */
function late<Part>(load: () => Promise<Part>, arrived: () => void): () => Part | undefined {
  let part: Part | undefined;
  let asked = false;
  return () => {
    if (!asked) load().then(found => { part = found; arrived(); }, () => (asked = false));
    asked = true;
    return part;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sprat-playlist': SpratPlaylist;
  }
}
