// What plays of a list, where it begins, when it ends, and what comes then. What a list says to its player and hears of it
// stands in `deck.ts`.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { Culprit } from '../fault.ts';
import type { Standing } from '../instance/model.ts';
import { parseTime } from '../time.ts';
import { beside } from './beside.ts';
import type { Countdown } from './card.ts';
import { HEARD, PASSED, ROUND, findPlayer, passOn, put } from './deck.ts';
import type { Place } from './deep-link.ts';
import type { Item, List } from './items.ts';
import { Order, isPlayable } from './order.ts';
import { Progresses } from './progress.ts';
import { titleOf } from './rows.ts';
import { words } from './words.ts';

/** Media events come four times a second: what stops this close before its end has reached it. */
const STOP_SLACK_S = 0.05;
/** What comes next can be stopped for so long. */
const ADVANCE_S = 10;
/** How often it is noted how far a viewer has come. */
const NOTED_EVERY_MS = 5_000;

export class Playing implements EventListenerObject {
  list: List = { title: '', items: [] };
  /** Index of the item in the player, or -1. */
  current = -1;
  player: SpratPlayer | undefined;
  hasPlayed = false;
  readonly order = new Order();
  readonly progress: Progresses;
  /** To what comes next, if the page wants one. */
  #countdown: Countdown | undefined;
  readonly #failed = new Set<Item>();
  #attending: AbortController | undefined;
  #noted = 0;
  /** The page says where this one begins: at first, however far its viewer had come. */
  #begun: Item | undefined;

  constructor(
    private readonly element: HTMLElement,
    /** To be called after something has changed that is shown; with an index, of what plays. */
    private readonly changed: (current?: number) => void,
    private readonly say: (words: () => string) => void,
  ) {
    this.progress = new Progresses(() => element.getAttribute('remember') !== 'off');
  }

  isPlayable(index: number): boolean {
    return isPlayable(this.list.items[index], this.#failed);
  }

  get isRound(): boolean {
    return this.element.getAttribute('loop') === ROUND;
  }

  /** Begins where its place (`deep-link.ts`), the page or the list itself says. */
  take(found: List, place: Place): void {
    const { element, order } = this;
    const list = element.getAttribute('order') === 'reverse' ? { ...found, items: [...found.items].reverse() } : found;
    const { length } = list.items;
    this.list = list;
    this.#failed.clear();
    this.current = -1;
    order.straight(length);
    this.#tell('playlistloaded', list);
    const wanted = place.index ?? Math.max(1, Number(element.getAttribute('index')) || list.position || 1) - 1;
    const first = order.beside(Math.min(wanted, length) - 1, 1, index => index >= wanted && this.isPlayable(index));
    this.#narrow(list.items[first], place);
    if (first >= 0) this.put(first, element.hasAttribute('autoplay'));
    this.arrange();
    this.#changed();
  }

  /** What plays is kept, where it is among them. */
  show(list: List): void {
    const now = this.list.items[this.current];
    this.list = list;
    this.current = list.items.findIndex(item => now && item.src === now.src && item.peertube === now.peertube);
    this.arrange();
  }

  /** In the order in which they stand, or in a drawn one. */
  arrange(): void {
    const seed = this.element.getAttribute('shuffle');
    const { order, list } = this;
    order.straight(list.items.length);
    this.#changed();
    if (seed === null) return;
    import('./shuffle.ts').then(({ draw }) => {
      if (list !== this.list || !this.element.hasAttribute('shuffle')) return;
      order.shuffle(draw(list.items.length, this.current, seed === '' ? Math.random() * 2 ** 32 : Number(seed) || 0));
      this.#changed();
    }, () => {});
  }

  /** Plays an item out of turn; false when it cannot be played. */
  pick(index: number, at?: number): boolean {
    this.order.picked(index, this.current);
    return this.put(index, true, at);
  }

  /** Where an item begins, in seconds: how far its viewer had come, or what the list says. */
  beginning(item: Item): number | undefined {
    return this.progress.of(item)?.at ?? item.start;
  }

  step(step: 1 | -1): boolean {
    return this.put(this.#beside(step), true);
  }

  put(index: number, play: boolean, at?: number): boolean {
    const { player } = this;
    const item = this.list.items[index];
    if (!isPlayable(item, this.#failed)) return false;
    this.#countdown?.cancel();
    this.current = index;
    this.hasPlayed = true;
    this.#changed(index);
    if (!player) return true;
    const start = at ?? (item === this.#begun ? item.start : this.beginning(item));
    this.#begun = undefined;
    put(this.element, player, item, start);
    // Refused without a gesture: the player shows its button.
    if (play) player.play().catch(() => {});
    this.say(() => words().playing(index + 1, this.list.items.length, titleOf(item, index)));
    this.#tell('itemchange', { index, item });
    return true;
  }

  // The player

  adopt(): void {
    const { element } = this;
    const player = findPlayer(element);
    if (player && player === this.player) return;
    this.leave();
    this.player = player;
    if (!player) return void import('./absent.ts').then(({ expect }) => expect(element, this), () => {});
    const { signal } = (this.#attending = new AbortController());
    for (const name of PASSED) passOn(element, player, name);
    for (const type of HEARD) player.addEventListener(type, this, { signal });
    const titleBeside = (step: 1 | -1) => {
      const index = this.#beside(step);
      return index < 0 ? undefined : titleOf(this.list.items[index], index);
    };
    const remove = player.add(
      beside(element, {
        beside: titleBeside,
        go: step => void this.step(step),
        card: view => this.#countdown?.draw(view, titleBeside(1) ?? ''),
      }),
    );
    signal.addEventListener('abort', remove);
  }

  passOn(name: string): void {
    if (this.player && PASSED.includes(name)) passOn(this.element, this.player, name);
  }

  leave(): void {
    this.#countdown?.cancel();
    this.#attending?.abort();
    this.player = undefined;
  }

  handleEvent({ type, detail }: Event & { detail?: unknown }): void {
    switch (type) {
      case 'play':
      case 'seeking':
        // Whoever goes on with this one does not want the next.
        this.#countdown?.cancel();
        break;
      case 'timeupdate':
        this.#judgeStop();
        if (performance.now() - this.#noted > NOTED_EVERY_MS) this.#note();
        break;
      case 'error':
        this.#failedWith(this.player?.error?.culprit);
        break;
      case 'instancestate':
        // What is not there is no error; a live that ends while it is watched has ended.
        if (detail) (detail as Standing).seen ? this.#finished() : this.#failedWith('origin');
        break;
      default:
        this.#note();
        if (type === 'ended') this.#finished();
    }
  }

  /** What cannot be played is marked and passed over; if nothing is left, its error stays in view. */
  #failedWith(culprit: Culprit | undefined): void {
    const { element, current: index } = this;
    const item = this.list.items[index];
    if (!item || (culprit !== 'origin' && culprit !== 'media')) return;
    this.#failed.add(item);
    this.#changed();
    this.#tell('itemunavailable', { index, item });
    const wanted = element.hasAttribute('autoplay') || this.player?.hasAttribute('autoplay') || navigator.userActivation?.hasBeenActive;
    const next = this.#beside(1);
    if (next < 0 || element.getAttribute('advance') === 'off') return;
    this.put(next, Boolean(wanted));
    const { items } = this.list;
    this.say(() => `${words().skipped(titleOf(item, index))} ${words().playing(next + 1, items.length, titleOf(items[next], next))}`);
  }

  #beside(step: 1 | -1): number {
    return this.order.beside(this.current, step, index => this.isPlayable(index), this.isRound);
  }

  /** `start` and `stop`, and an address that points into it, are the page's word about what it begins with, before that of the list. */
  #narrow(item: Item | undefined, { at }: Place): void {
    if (!item) return;
    for (const name of ['start', 'stop'] as const) {
      const time = parseTime(this.element.getAttribute(name) ?? '');
      if (time !== undefined) item[name] = time;
    }
    if (at !== undefined) item.start = at;
    if (at !== undefined || this.element.hasAttribute('start')) this.#begun = item;
  }

  #note(): void {
    const { player } = this;
    const item = this.list.items[this.current];
    if (!item || !player || player.seeking) return;
    this.#noted = performance.now();
    if (this.progress.note(item, player.currentTime, player.duration)) this.changed();
  }

  #judgeStop(): void {
    const { player } = this;
    const stop = this.list.items[this.current]?.stop;
    if (stop === undefined || !player || player.paused || player.seeking) return;
    if (player.currentTime < stop - STOP_SLACK_S || player.currentTime > stop + 1) return;
    player.pause();
    this.#finished();
  }

  #finished(): void {
    const advance = this.element.getAttribute('advance');
    if (advance === 'off' || this.player?.loop) return;
    const next = this.#beside(1);
    const seconds = advance === null ? ADVANCE_S : Number(advance);
    // Nobody could say no to what they do not see.
    if (next >= 0 && seconds > 0 && !document.hidden) void this.#count(seconds, next);
    else if (!this.step(1)) this.#tell('playlistend');
  }

  async #count(seconds: number, next: number): Promise<void> {
    const { current, list } = this;
    const late = await import('./card.ts').catch(() => undefined);
    if (current !== this.current || list !== this.list) return;
    if (!late) return void this.step(1);
    this.#countdown = new late.Countdown(seconds, () => this.#changed(), () => void this.step(1));
    this.say(() => `${words().nextIn(seconds)}: ${titleOf(list.items[next], next)}`);
    this.#changed();
  }

  #tell(type: string, detail?: unknown): void {
    this.element.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** What the player shows of the list has changed, too. */
  #changed(current?: number): void {
    this.changed(current);
    this.player?.redraw();
  }
}
