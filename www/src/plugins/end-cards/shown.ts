// One card as it is seen: what it says, and what of that changes while it is there. All of it is text and nodes; nothing that
// comes from elsewhere is read as HTML. What a viewer may have the keyboard at stays the same node.

import { parts } from '../../time.ts';
import type { Facts } from './answers.ts';
import { calendar } from './calendar.ts';
import type { Card, Place } from './format.ts';
import type { Words } from './words.ts';

const TICK_MS = 1000;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
/** Further away than this, a clock says nothing. */
const LONGEST_CLOCK_S = 2 * DAY_S;
/** What has begun and says no end is on for so long. */
const USUAL_MS = 3 * HOUR_S * 1000;

export class Shown {
  readonly box = node('article');
  readonly #title: HTMLElement;
  readonly #lines = node('div', 'lines');
  readonly #acts = node('div', 'acts');
  readonly #facts: Facts;
  #phase: Phase | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #file = '';

  /** @param origins whose pictures may be fetched  @param play plays its video here */
  constructor(
    private readonly card: Card,
    readonly place: Place,
    private readonly words: Words,
    origins: readonly string[],
    play: () => void,
  ) {
    const { kind, url, text, src, peertube, image, alt } = card;
    const { box } = this;
    box.className = `card ${kind} ${place}`;
    this.#facts = { ...card.facts };
    const plays = src ?? peertube;
    this.#title = plays ? node('button', 'title', '', { onclick: play }) : url && kind !== 'petition' ? link(url, 'title') : node('p', 'title');
    const said = node('div', 'said');
    said.append(this.#title, node('p', 'text', text), this.#lines, this.#acts);
    if (kind === 'petition') this.#acts.append(link(url!, 'act', words.sign));
    // Or its description, where fetching it would tell another place who watches.
    const isFetched = image && origins.includes(new URL(image).origin);
    box.append(isFetched ? node('img', '', '', { alt, referrerPolicy: 'no-referrer', src: image }) : node('p', 'alt', image && alt), said);
    // Of a row that scrolls, browsers take a card for seen of which there is an edge.
    box.addEventListener('focusin', () => box.scrollIntoView({ block: 'nearest' }));
    this.tell({});
    if (kind === 'countdown') this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  /** What its server says; undefined where nothing could be had of it. */
  tell(answer: Facts | undefined): void {
    const { card, words } = this;
    const told = Object.entries(answer ?? {}).filter(([, fact]) => fact || fact === 0);
    const { title = card.title } = Object.assign(this.#facts, Object.fromEntries(told));
    this.box.ariaLabel = title;
    this.#title.replaceChildren(node('bdi', '', title));
    if (card.kind === 'video') this.#title.ariaLabel = `${words.play}: ${title}`;
    this.#draw();
    if (!answer) this.#lines.append(node('p', 'unknown', words.unknown));
  }

  end(): void {
    clearInterval(this.#ticking);
    URL.revokeObjectURL(this.#file);
    this.box.remove();
  }

  #draw(): void {
    const { words, card } = this;
    const { signatures, goal, start, end = NaN, location } = this.#facts;
    const number = (n: number) => n.toLocaleString(words.lang);
    const lines: HTMLElement[] = [];
    if (signatures !== undefined) {
      // What the bar shows stands beside it.
      if (goal) lines.push(node('progress', '', '', { max: goal, value: signatures, ariaHidden: 'true' }));
      lines.push(node('p', '', `${words.signatures}: ${number(signatures)}${goal ? ` / ${number(goal)}` : ''}`));
    }
    if (start !== undefined) {
      const phase = (this.#phase = phaseOf(this.#facts, Date.now()));
      const date = new Intl.DateTimeFormat(words.lang, { dateStyle: 'medium', timeStyle: 'short' });
      lines.push(node('p', '', [end > start ? date.formatRange(start, end) : date.format(start), location].filter(Boolean).join(' · ')));
      // A timer is silent by itself (WAI-ARIA 1.2); where the layer is not, it has to be said.
      if (phase !== 'ahead') lines.push(node('p', phase, phase === 'cancelled' ? words.cancelled : away(phase === 'now' ? 0 : start - Date.now(), words.lang)));
      else if (card.kind === 'countdown') lines.push(node('p', 'clock', away(start - Date.now(), words.lang), { role: 'timer', ariaLive: 'off' }));
      this.#offer(start);
    }
    this.#lines.replaceChildren(...lines);
  }

  #tick(): void {
    const clock = this.#lines.querySelector('.clock');
    const now = Date.now();
    if (phaseOf(this.#facts, now) !== this.#phase) this.#draw();
    else if (clock) clock.textContent = away(this.#facts.start! - now, this.words.lang);
  }

  /** The file is made of what is known now. */
  #offer(start: number): void {
    this.#acts.querySelector('.calendar')?.remove();
    URL.revokeObjectURL(this.#file);
    if (this.#phase !== 'ahead') return;
    const { card, words } = this;
    const entry = { title: card.title, url: card.url, ...this.#facts, start };
    this.#file = URL.createObjectURL(new Blob([calendar(entry, Date.now())], { type: 'text/calendar' }));
    this.#acts.append(node('a', 'act calendar', words.calendar, { href: this.#file, download: 'event.ics' }));
  }
}

type Phase = 'ahead' | 'now' | 'over' | 'cancelled';

function phaseOf({ start = 0, end = 0, cancelled }: Facts, now: number): Phase {
  return cancelled ? 'cancelled' : now < start ? 'ahead' : now < (end > start ? end : start + USUAL_MS) ? 'now' : 'over';
}

/** `26:10:05`, `in 3 days`; of what has begun, `now`, `5 hours ago`. */
export function away(milliseconds: number, lang: string): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
  if (Math.abs(seconds) > LONGEST_CLOCK_S) return relative.format(Math.round(seconds / DAY_S), 'day');
  if (seconds <= 0) return seconds ? relative.format(Math.floor(seconds / HOUR_S), 'hour') : relative.format(0, 'second');
  const { h, m, s } = parts(seconds);
  const two = new Intl.NumberFormat(lang, { minimumIntegerDigits: 2 });
  return [h, m, s].map(two.format).join(':');
}

// Nodes

function node<Name extends keyof HTMLElementTagNameMap>(name: Name, className = '', text = '', more: Partial<HTMLElementTagNameMap[Name]> = {}): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), { className, textContent: text }, more);
}

function link(href: string, className: string, text = ''): HTMLAnchorElement {
  return node('a', className, text, { href, target: '_blank', rel: 'noopener noreferrer nofollow' });
}
