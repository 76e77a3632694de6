// Cards near the end of a film: links, another video, a petition, an event, a live that is to begin. Written against the same
// surface as any plugin. Where the cards are is said by the page, in `end-cards="URL"`, or `end-cards="#id"` for a script element
// of JSON on the page. Petitions and events are asked about once their card is there, and once for as long as the page lives.
// Viewers may switch them off.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../../define/sprat-player.ts';
import type { SpratPlayer } from '../../elements/sprat-player.ts';
import { resolved } from '../../video/source.ts';
import type { Cue, CueList, Plugin, PluginPlayer } from '../api.ts';
import { lend } from '../host.ts';
import { type Facts, ask, fetched } from './answers.ts';
import { type Card, PLACES, type Place, appears, readCards } from './format.ts';
import { Shown } from './shown.ts';
import { WORDS } from './words.ts';
import css from '../../../styles/plugins/end-cards.css' with { type: 'text' };

const MOST_BYTES = 200_000;
/** Of the video that played, and not of the one of a card. */
const ITS_OWN = ['src', 'peertube', 'type', 'end-cards', 'integrity', 'swarm', 'naming', 'poster', 'start', 'stop', 'chapter', 'annotations', 'watch-url', 'embed-url', 'structured-data'];

const endCards: Plugin = {
  name: 'end-cards',
  setup(player) {
    const cards = new Cards(player);
    const look = () => void cards.load();
    const observer = new MutationObserver(look);
    observer.observe(player.element, { attributeFilter: ['end-cards'] });
    player.on('durationchange', () => cards.time());
    player.menu({
      get label() {
        return player.translate(WORDS).cards;
      },
      isOn: () => cards.isOn,
      take: () => cards.toggle(),
    });
    look();
    return () => {
      observer.disconnect();
      cards.end();
    };
  },
};

/** The player has the attribute. */
export function showEndCards(player: SpratPlayer): void {
  lend(endCards, player);
}

const answers = new Map<string, Promise<Facts | undefined>>();

class Cards {
  readonly #layer: HTMLElement;
  readonly #row = document.createElement('div');
  readonly #list: CueList<Card>;
  readonly #shown = new Map<Card, Shown>();
  /** Those whose time it is; more than there are places, it may be. */
  readonly #current = new Set<Card>();
  #cues: Cue<Card>[] = [];
  #base = '';
  #from: string | undefined;

  constructor(private readonly player: PluginPlayer) {
    this.#layer = player.layer({ label: player.translate(WORDS).cards, css }).root;
    // Read when they come, and not over what is being said.
    this.#layer.ariaLive = 'polite';
    this.#row.className = 'cards';
    this.#layer.append(this.#row);
    this.#list = player.cues<Card>({ enter: ({ data }) => this.#enter(data), leave: ({ data }) => this.#leave(data) });
  }

  get isOn(): boolean {
    return !this.player.store.get('off');
  }

  toggle(): void {
    this.player.store.set('off', this.isOn ? 'yes' : '');
    this.time();
  }

  end(): void {
    for (const card of this.#shown.values()) card.end();
  }

  async load(): Promise<void> {
    const { element } = this.player;
    const from = element.getAttribute('end-cards') ?? '';
    if (from === this.#from) return;
    this.#from = from;
    this.#take([], '');
    if (!from) return;
    const within = from.startsWith('#') ? (element.getRootNode() as Document).getElementById?.(from.slice(1)) : undefined;
    const base = within ? element.baseURI : (resolved(from, element.baseURI) ?? '');
    const text = within ? within.textContent ?? '' : /^https?:/.test(base) ? await fetched(base, MOST_BYTES) : undefined;
    if (this.#from !== from) return;
    const cards = text === undefined ? undefined : readCards(text, base);
    if (!cards) console.warn(`The end cards of ${from} cannot be read. The video plays without them.`);
    this.#take(cards ?? [], base);
    element.dispatchEvent(new CustomEvent('endcardschange', { detail: { count: this.#cues.length } }));
  }

  #take(cards: Card[], base: string): void {
    this.#cues = cards.map(data => ({ start: 0, data }));
    this.#base = base;
    this.time();
  }

  /** When each appears is known once the length is. Those that are shown stay: a length may change by little. */
  time(): void {
    for (const cue of this.#cues) cue.start = appears(cue.data, this.player.element.duration);
    this.#list.set(this.isOn ? this.#cues : []);
  }

  #enter(card: Card): void {
    this.#current.add(card);
    this.#arrange();
  }

  #leave(card: Card): void {
    this.#current.delete(card);
    const shown = this.#shown.get(card);
    if (shown?.box.matches(':focus-within')) this.player.focus();
    shown?.end();
    this.#shown.delete(card);
    this.#arrange();
  }

  /** A place for each, as long as there are some: its own, or the next. */
  #arrange(): void {
    for (const { data: card } of this.#cues) {
      if (!this.#current.has(card) || this.#shown.has(card)) continue;
      const taken = [...this.#shown.values()].map(({ place }) => place);
      const place = [card.place, ...PLACES].find(one => one && !taken.includes(one));
      if (place) this.#show(card, place);
    }
    // Not by `:has()`, which WebKit does not look at again when something within has left.
    this.#layer.classList.toggle('some', this.#shown.size > 0);
  }

  #show(card: Card, place: Place): void {
    const { player } = this;
    const words = player.translate(WORDS);
    this.#layer.ariaLabel = words.cards;
    const { baseURI, instanceVideo } = player.element;
    const origins = [baseURI, this.#base, instanceVideo?.origin].map(url => (url && URL.canParse(url) ? new URL(url).origin : ''));
    const shown = new Shown(card, place, words, origins, () => this.#play(card));
    // In the order in which they are seen.
    const after = [...this.#shown.values()].filter(other => PLACES.indexOf(other.place) > PLACES.indexOf(place)).map(({ box }) => box);
    this.#row.insertBefore(shown.box, [...this.#row.children].find(box => after.includes(box as HTMLElement)) ?? null);
    this.#shown.set(card, shown);
    const { asks, url } = card;
    if (!asks || !url) return;
    if (!answers.has(url)) answers.set(url, ask(url));
    void answers.get(url)!.then(answer => this.#shown.get(card) === shown && shown.tell(answer));
  }

  /** In this player, unless the page does something else. */
  #play({ title, src, peertube, url, endCards }: Card): void {
    const { element } = this.player;
    if (!element.dispatchEvent(new CustomEvent('endcardplay', { cancelable: true, detail: { title, src, peertube, url } }))) return;
    this.player.focus();
    for (const name of ITS_OWN) element.removeAttribute(name);
    for (const track of element.querySelectorAll(':scope > track')) track.remove();
    const given = { 'media-title': title, 'end-cards': endCards, src, peertube };
    for (const [name, value] of Object.entries(given)) if (value) element.setAttribute(name, value);
    // Refused without a gesture: the player shows its button.
    element.play().catch(() => {});
  }
}
