// `<sprat-search>`: a field that finds videos on an instance, or on an index of many, and the list of what was found, which plays
// them. Nothing is asked before the viewer searches, and of what was found nothing is fetched but small pictures before one is
// picked.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import { Drawn } from '../drawn.ts';
import { FaultError } from '../fault.ts';
import type { Query, Result } from '../instance/search.ts';
import type { List } from '../playlist/items.ts';
import { faultOf } from '../playlist/loading.ts';
import { filters, read } from '../search/filters.ts';
import * as icons from '../search/icons.ts';
import { moreWords } from '../more-words.ts';
import { speak, strings } from '../strings.ts';
import { resolved } from '../video/source.ts';
import type { SpratPlaylist } from './sprat-playlist.ts';
import css from '../../styles/search.css' with { type: 'text' };

/** Of the element's attributes those that are meant for its list, and through that for its player. */
const PASSED = ['p2p', 'layout', 'for', 'dnt', 'muted', 'max-upload', 'ice-transport-policy'];

/**
 * `peertube`: the address of an instance, or of an index such as SepiaSearch. `query`: what is searched for at once. `language`,
 * `licence`, `length`, `live`, `newest`: what the filters begin with. `sensitive="never"`: nobody is offered what is not for
 * everybody. Of a `<sprat-playlist>` inside it, or one that it makes, the list is what was found.
 */
export class SpratSearch extends Drawn {
  static readonly observedAttributes = ['peertube', 'query', 'sensitive', ...PASSED];

  protected override readonly css = css;

  #query: Query | undefined;
  #found: Result[] = [];
  #total = 0;
  /** How many have been asked for. */
  #asked = 0;
  #searching: AbortController | undefined;
  #fault: FaultError['fault'] | undefined;
  #filtered = false;
  #list: SpratPlaylist | undefined;

  /** The list of what was found. */
  get list(): SpratPlaylist {
    const own = this.querySelector('sprat-playlist');
    if (own && own === this.#list) return own;
    const list = (this.#list = own ?? document.createElement('sprat-playlist'));
    list.hidden = true;
    // It is not to look for anything of its own.
    list.show({ title: '', items: [] });
    this.#passOn(list);
    if (!own) this.append(list);
    return list;
  }

  get total(): number {
    return this.#total;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    queueMicrotask(() => {
      if (this.isConnected) void this.list;
      if (!this.isConnected || !this.getAttribute('query') || this.#query) return;
      this.redraw();
      queueMicrotask(() => this.#submit());
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (!this.#searching) return;
    // What was under way is asked for anew, where the page says what, once it is back.
    this.#searching.abort();
    this.#searching = this.#query = undefined;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    const list = this.querySelector('sprat-playlist');
    if (list && PASSED.includes(name)) this.#passOn(list);
    const field = this.shadowRoot?.querySelector('input');
    if (name === 'query' && field && before !== now) {
      field.value = now ?? '';
      this.#submit();
    }
    this.redraw();
  }

  /** Finds videos with these words, or more of those with the last. Resolves when they are listed. */
  async search(query: Query): Promise<void> {
    this.#query = { ...query, ...(this.getAttribute('sensitive') === 'never' && { sensitive: false }) };
    this.#found = [];
    this.#asked = this.#total = 0;
    await this.more();
  }

  async more(): Promise<void> {
    const query = this.#query;
    if (!query) return;
    this.#searching?.abort();
    const searching = (this.#searching = new AbortController());
    this.#fault = undefined;
    this.redraw();
    try {
      const { PAGE, search } = await import('../instance/search.ts').catch(() => Promise.reject(new FaultError(NO_SCRIPT)));
      const { total, items } = await search(this.#origin(), query, this.#asked, searching.signal);
      if (searching !== this.#searching) return;
      this.#total = total;
      this.#asked += PAGE;
      this.#found = [...this.#found, ...items];
      this.#show(query);
      this.dispatchEvent(new CustomEvent('found', { detail: { query, total, items: this.#found } }));
    } catch (error) {
      if (searching !== this.#searching || searching.signal.aborted) return;
      this.#fault = faultOf(error);
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
    }
    this.#searching = undefined;
    this.redraw();
  }

  protected override draw(): TemplateResult {
    const { search: words } = moreWords(() => this.redraw());
    const query = this.getAttribute('query') ?? '';
    return html`
      <div class="search" lang=${strings.lang} dir=${strings.dir}>
        <form role="search" @submit=${this.#submitted}>
          <div class="line">
            <input type="search" name="text" aria-label=${words.field} placeholder=${words.field} .defaultValue=${query} autocomplete="off" enterkeyhint="search" maxlength="200" />
            <button class="go" aria-label=${words.go} title=${words.go}>${icons.find}</button>
            <button type="button" class="filters" aria-expanded=${this.#filtered} aria-controls="filters" aria-label=${words.filters} title=${words.filters} @click=${this.#toggle}>${icons.filters}</button>
          </div>
          <div id="filters" ?hidden=${!this.#filtered} @change=${this.#refined}>${filters(this, words)}</div>
        </form>
        <p class="told" role=${this.#fault ? 'alert' : 'status'}>${this.#told()}</p>
        <slot></slot>
        ${this.#asked > 0 && this.#asked < this.#total && !this.#fault
          ? html`<button type="button" class="more" ?disabled=${this.#searching !== undefined} @click=${() => void this.more()}>${words.more}</button>`
          : nothing}
      </div>
    `;
  }

  #told(): string {
    const all = moreWords(() => this.redraw());
    const { search: words } = all;
    if (this.#fault) return `${words.failed} ${strings.fault(this.#fault)[0]}`;
    if (this.#searching && this.#found.length === 0) return words.searching;
    if (!this.#query) return '';
    return this.#found.length === 0 ? words.none : all.foundVideos(this.#total);
  }

  #show(query: Query): void {
    speak(this.words);
    const { search: words } = moreWords(() => this.redraw());
    const { list } = this;
    const items = this.#found.map(item => (item.sensitive ? { ...item, channel: [words.sensitive, item.channel].filter(Boolean).join(' · ') } : item));
    list.hidden = items.length === 0;
    const shown: List = { title: query.text, items };
    list.show(shown);
  }

  #origin(): string {
    const given = this.getAttribute('peertube') ?? '';
    const url = given ? resolved(given, this.baseURI) : undefined;
    if (!url || !/^https?:/.test(url)) throw new FaultError({ ...NO_ADDRESS, message: `"${given.slice(0, 200)}" is not the address of an instance or an index: it is not http or https.` });
    return new URL(url).origin;
  }

  readonly #submitted = (event: Event): void => {
    event.preventDefault();
    this.#submit();
  };

  #submit(): void {
    const form = this.shadowRoot?.querySelector('form');
    if (!form) return;
    const query = read(form);
    if (query.text) void this.search(query);
  }

  /** What was found is found anew by other filters; before anything was searched for, nothing is. */
  readonly #refined = (): void => {
    if (this.#query) this.#submit();
  };

  readonly #toggle = (): void => {
    this.#filtered = !this.#filtered;
    this.redraw();
  };

  #passOn(list: HTMLElement): void {
    for (const name of PASSED) {
      const value = this.getAttribute(name);
      if (value === null) list.removeAttribute(name);
      else list.setAttribute(name, value);
    }
  }
}

const NO_ADDRESS = { culprit: 'player', code: 4, name: 'instance-address', message: '', tried: 'Nothing was fetched. Whoever made this page can correct it.' } as const;
const NO_SCRIPT = { culprit: 'player', code: 2, name: 'instance-unavailable', message: 'The script that asks instances could not be fetched.', tried: '' } as const;

declare global {
  interface HTMLElementTagNameMap {
    'sprat-search': SpratSearch;
  }
}
