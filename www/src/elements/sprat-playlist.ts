// `<sprat-playlist>`: an ordered list of buttons beside a `<sprat-player>`, or below it where there is no room.
// It decides what plays next, and gives the player, as attributes, what belongs to that item.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { Drawn } from '../drawn.ts';
import type { Culprit, Fault, FaultError } from '../fault.ts';
import type { Standing } from '../instance/model.ts';
import * as icons from '../player/icons.ts';
import { Countdown, coming } from '../playlist/coming.ts';
import { fetchList, readList } from '../playlist/fetched.ts';
import { type Item, type List, authoredList, fault } from '../playlist/items.ts';
import { isPlayable, neighbour } from '../playlist/order.ts';
import { Progresses } from '../playlist/progress.ts';
import { type ListWords, words } from '../playlist/words.ts';
import { moveFocus, row } from '../playlist/rows.ts';
import { strings } from '../strings.ts';
import { parseTime } from '../time.ts';
import { resolved } from '../video/source.ts';
import './sprat-player.ts';
import type { SpratPlayer } from './sprat-player.ts';
import css from '../../styles/playlist.css' with { type: 'text' };

/** Said once for all items, unless an item says otherwise. `p2p` is never an item's to say. */
const SHARED = ['trackers', 'integrity', 'swarm', 'naming', 'ice-servers', 'crossorigin'];
const PASSED = [
  ...['p2p', 'max-upload', 'upload-ratio', 'ice-transport-policy', 'muted', 'loop', 'preload', 'remember'],
  ...['controls', 'control-bar', 'keyboard', 'headline', 'p2p-warning', 'watch-url', 'player-theme'],
  ...['subtitle', 'mode', 'wait-password', 'dnt', 'share'],
];
/** Of `loop`: the first item follows the last. */
const ROUND = 'all';
/** Media events come four times a second: what stops this close before its end has reached it. */
const STOP_SLACK_S = 0.05;
/** How often it is noted how far a viewer has come. */
const NOTED_EVERY_MS = 5_000;

/**
 * `src`: our JSON, a feed, a list of another program, or `#id` of an element of the page with such text. `peertube`: the address of
 * a playlist on an instance. `order="reverse"`: the last first. `index`: where to begin, from 1. `autoplay`: begin at once.
 * `advance="off"`: stop after each item; `advance="10"`: wait for so many seconds, in which a viewer may say no. `loop="all"`: the first follows the last.
 */
export class SpratPlaylist extends Drawn {
  static readonly observedAttributes = ['src', 'peertube', 'structured-data', ...PASSED];

  protected override readonly css = css;

  #player: SpratPlayer | undefined;
  #list: List = { title: '', items: [] };
  #failed = new Set<Item>();
  #current = -1;
  /** The row that holds the list's one tab stop. */
  #focused = 0;
  #fault: Fault | undefined;
  #empty = false;
  #said = '';
  #loading: AbortController | undefined;
  #loaded: string | undefined;
  readonly #progress = new Progresses(() => this.getAttribute('remember') !== 'off');
  #noted = 0;
  /** The page says where this one begins: at first, however far its viewer had come. */
  #begun: Item | undefined;
  readonly #countdown = new Countdown(() => this.redraw(), () => void this.next());

  /** Index of the item in the player, or -1. */
  get currentIndex(): number {
    return this.#current;
  }

  get items(): readonly Item[] {
    return this.#list.items;
  }

  /** As the list itself is called; empty where it has no name. */
  get listTitle(): string {
    return this.#list.title;
  }

  get player(): SpratPlayer | undefined {
    return this.#player;
  }

  /** Plays an item; false when it cannot be played. */
  select(index: number): boolean {
    return this.#put(index, true);
  }

  next(): boolean {
    return this.select(this.#beside(1));
  }

  previous(): boolean {
    return this.select(this.#beside(-1));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#adoptPlayer();
    // The parser may still be adding the list.
    queueMicrotask(() => void this.#load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    this.#countdown.cancel();
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if ((name === 'src' || name === 'peertube') && this.isConnected && before !== now) void this.#load();
    if (PASSED.includes(name)) this.#passOn(name);
    if (name === 'structured-data') this.#describe();
  }

  protected override draw(): TemplateResult {
    const { items, title } = this.#list;
    const playable = (step: 1 | -1) => this.#beside(step) >= 0;
    return html`
      <div class="layout" lang=${strings.lang} dir=${strings.dir}>
        <div class="stage"><slot name="player"></slot>${this.#countdown.running ? this.#coming() : nothing}</div>
        <section aria-label=${title || words().playlist}>
          <header>
            <div>
              <h2><bdi>${title || words().playlist}</bdi></h2>
              ${this.#current >= 0 ? html`<p><bdi>${words().itemOf(this.#current + 1, items.length)}</bdi></p>` : nothing}
            </div>
            <button type="button" aria-label=${words().previous} title=${words().previous} ?disabled=${!playable(-1)} @click=${() => this.previous()}>
              ${icons.previous}
            </button>
            <button type="button" aria-label=${words().next} title=${words().next} ?disabled=${!playable(1)} @click=${() => this.next()}>
              ${icons.next}
            </button>
          </header>
          ${this.#fault || this.#empty ? html`<p class="problem" role="alert">${this.#problem()}</p>` : nothing}
          <ol @keydown=${moveFocus} @focusin=${this.#rowFocused}>
            ${items.map((item, index) => this.#row(item, index))}
          </ol>
          <p class="said" role="status">${this.#said}</p>
        </section>
      </div>
    `;
  }

  #coming(): TemplateResult {
    const index = this.#beside(1);
    return coming(this.items[index]?.title || words().untitled(index + 1), this.#countdown, () => void this.next());
  }

  /** Of thousands only those are drawn anew of which something has changed. */
  #row(item: Item, index: number) {
    const current = index === this.#current;
    const playable = isPlayable(item, this.#failed);
    const seen = this.#progress.of(item)?.share;
    const reachable = index === this.#focused;
    const draw = () => row({ item, index, current, playable, seen, reachable, play: () => this.select(index) });
    return guard([item, strings, current, playable, seen, reachable], draw);
  }

  // The list

  async #load(): Promise<void> {
    const [src, peertube] = [this.getAttribute('src'), this.getAttribute('peertube')];
    const wanted = JSON.stringify([src, peertube]);
    if (wanted === this.#loaded) return;
    this.#loaded = wanted;
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    try {
      if (src !== null) this.#take(await this.#read(src, loading.signal));
      else if (peertube === null) this.#take(authoredList(this) ?? { title: '', items: [] });
      else {
        const { instanceList } = await import('../instance/list.ts');
        this.#take(await instanceList(peertube, this.baseURI, loading.signal));
      }
    } catch (error) {
      if (loading.signal.aborted) {
        if (loading === this.#loading) this.#loaded = undefined;
        return;
      }
      // What asks instances has a class of its own for it.
      this.#fault = (error as Partial<FaultError>).fault ?? fault('instance-unavailable', String(error)).fault;
      this.redraw();
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    }
  }

  async #read(src: string, signal: AbortSignal): Promise<List> {
    const within = src.startsWith('#') ? (this.getRootNode() as Document).getElementById?.(src.slice(1)) : undefined;
    if (within) return readList(within.textContent ?? '', this.baseURI);
    const url = resolved(src, this.baseURI);
    if (!url || !/^https?:/.test(url)) throw fault('list-address', 'Its address is not http or https.', 'player');
    return fetchList(url, signal);
  }

  #problem(): string {
    return this.#fault ? `${words().playlistFailed} ${strings.fault(this.#fault)[0]}` : words().playlistEmpty;
  }

  #take(found: List): void {
    const list = this.getAttribute('order') === 'reverse' ? { ...found, items: [...found.items].reverse() } : found;
    this.#list = list;
    this.#failed.clear();
    this.#fault = undefined;
    this.#empty = list.items.length === 0;
    this.#current = -1;
    this.dispatchEvent(new CustomEvent('playlistloaded', { detail: list }));
    const wanted = Math.max(1, Number(this.getAttribute('index')) || list.position || 1) - 1;
    const first = neighbour(list.items, this.#failed, wanted - 1, 1);
    this.#narrow(list.items[first]);
    if (first >= 0) this.#put(first, this.hasAttribute('autoplay'));
    if (this.hasAttribute('structured-data')) this.#describe();
    this.redraw();
  }

  /** For search engines, where the page asks for it. */
  #describe(): void {
    void import('../player/structured.ts').then(({ keepList }) => keepList(this), () => {});
  }

  /** `start` and `stop` are the page's word about what it begins with, before that of the list. */
  #narrow(item: Item | undefined): void {
    if (!item) return;
    for (const name of ['start', 'stop'] as const) {
      const time = parseTime(this.getAttribute(name) ?? '');
      if (time !== undefined) item[name] = time;
    }
    if (this.hasAttribute('start')) this.#begun = item;
  }

  // The player

  /** The page's own, if it has put one inside. */
  #adoptPlayer(): void {
    if (this.#player) return;
    const player = this.querySelector('sprat-player') ?? document.createElement('sprat-player');
    this.#player = player;
    player.slot = 'player';
    if (player.parentElement !== this) this.append(player);
    for (const name of PASSED) this.#passOn(name);
    player.addEventListener('ended', () => {
      this.#note();
      this.#finished();
    });
    // Whoever goes on with this one does not want the next.
    for (const type of ['play', 'seeking']) player.addEventListener(type, () => this.#countdown.cancel());
    for (const type of ['pause', 'seeked']) player.addEventListener(type, () => this.#note());
    player.addEventListener('timeupdate', () => {
      this.#judgeStop();
      if (performance.now() - this.#noted > NOTED_EVERY_MS) this.#note();
    });
    player.addEventListener('error', () => this.#skip(player.error?.culprit));
    // What is not there is no error; a live that ends while it is watched has ended.
    player.addEventListener('instancestate', event => {
      const standing = (event as CustomEvent<Standing | null>).detail;
      if (standing) standing.seen ? this.#finished() : this.#skip('origin');
    });
  }

  #passOn(name: string): void {
    const value = this.getAttribute(name);
    // The list goes round then, and no item of it does.
    if (name === 'loop' && value === ROUND) this.#player?.removeAttribute(name);
    else if (value !== null) this.#player?.setAttribute(name, value);
  }

  #beside(step: 1 | -1): number {
    return neighbour(this.items, this.#failed, this.#current, step, this.getAttribute('loop') === ROUND);
  }

  #put(index: number, play: boolean): boolean {
    const item = this.items[index];
    if (!item || !isPlayable(item, this.#failed)) return false;
    this.#countdown.cancel();
    this.#current = this.#focused = index;
    this.redraw();
    const player = this.#player;
    if (!player) return true;
    const optional = (name: string, value: string | undefined) =>
      value === undefined ? player.removeAttribute(name) : player.setAttribute(name, value);
    for (const name of SHARED) optional(name, item.attributes[name] ?? this.getAttribute(name) ?? undefined);
    // An instance has a larger picture than the list's.
    optional('poster', item.peertube === undefined ? item.poster : undefined);
    const start = item === this.#begun ? item.start : this.#progress.of(item)?.at ?? item.start;
    this.#begun = undefined;
    optional('start', start === undefined ? undefined : String(start));
    optional('media-title', item.title || undefined);
    optional('type', item.type);
    const [named, other] = item.src === undefined ? (['peertube', 'src'] as const) : (['src', 'peertube'] as const);
    player.removeAttribute(other);
    if (player.getAttribute(named) === item[named]) player.currentTime = start ?? 0;
    else player.setAttribute(named, item[named]!);
    // Refused without a gesture: the player shows its button.
    if (play) player.play().catch(() => {});
    const said = this.words as ListWords;
    this.#said = said.playing(index + 1, this.items.length, item.title || said.untitled(index + 1));
    this.dispatchEvent(new CustomEvent('itemchange', { detail: { index, item } }));
    return true;
  }

  #note(): void {
    const [item, player] = [this.items[this.#current], this.#player];
    if (!item || !player || player.seeking) return;
    this.#noted = performance.now();
    if (this.#progress.note(item, player.currentTime, player.duration)) this.redraw();
  }

  #judgeStop(): void {
    const stop = this.items[this.#current]?.stop;
    const player = this.#player;
    if (stop === undefined || !player || player.paused || player.seeking) return;
    if (player.currentTime < stop - STOP_SLACK_S || player.currentTime > stop + 1) return;
    player.pause();
    this.#finished();
  }

  #finished(): void {
    const advance = this.getAttribute('advance');
    if (advance === 'off' || this.#player?.loop) return;
    const next = this.#beside(1);
    if (next >= 0 && Number(advance) > 0) {
      const said = this.words as ListWords;
      this.#countdown.start(Number(advance));
      this.#said = `${said.nextIn(this.#countdown.left)}: ${this.items[next]?.title || said.untitled(next + 1)}`;
    } else if (!this.next()) this.dispatchEvent(new CustomEvent('playlistend'));
  }

  /** What cannot be played is marked and passed over; if nothing is left, its error stays in view. */
  #skip(culprit: Culprit | undefined): void {
    const item = this.items[this.#current];
    if (!item || (culprit !== 'origin' && culprit !== 'media')) return;
    this.#failed.add(item);
    this.redraw();
    this.dispatchEvent(new CustomEvent('itemunavailable', { detail: { index: this.#current, item } }));
    const wanted = this.hasAttribute('autoplay') || this.#player?.hasAttribute('autoplay') || navigator.userActivation?.hasBeenActive;
    const next = this.#beside(1);
    if (next < 0 || this.getAttribute('advance') === 'off') return;
    this.#put(next, Boolean(wanted));
    this.#said = `${(this.words as ListWords).skipped(item.title)} ${this.#said}`;
  }

  readonly #rowFocused = (event: FocusEvent): void => {
    const rows = [...(this.shadowRoot?.querySelectorAll('ol button') ?? [])];
    const index = rows.indexOf(event.target as Element);
    if (index < 0 || index === this.#focused) return;
    this.#focused = index;
    this.redraw();
  };
}

if (!customElements.get('sprat-playlist')) customElements.define('sprat-playlist', SpratPlaylist);

declare global {
  interface HTMLElementTagNameMap {
    'sprat-playlist': SpratPlaylist;
  }
}
