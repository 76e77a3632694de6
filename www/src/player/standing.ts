// A video of an instance is not there, and that is nobody's fault: it has not begun, is over, is being prepared. Said over its
// poster, with what comes next; and where it is known when a live begins, how long that is. The clock counts for the eye each
// second, and is read out when a mark is passed (WCAG 4.1.3): a `timer` is silent by itself (WAI-ARIA 1.2).

import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { Standing } from '../instance/model.ts';
import { words } from '../late-strings.ts';
import * as icons from './icons.ts';

const TICK_MS = 1_000;
const DAY_S = 86_400;
/** Further away than this, a clock says nothing. */
const LONGEST_CLOCK_S = 2 * DAY_S;
/** Seconds before it begins, at which that is read out. */
const MARKS = [3600, 600, 60, 10];
/** A live that is so late is not announced any more. */
const LATE_S = 3600;

export class Notice {
  #standing: Standing | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly changed: () => void,
  ) {}

  say(standing: Standing | null): void {
    if (standing === this.#standing) return;
    this.#standing = standing;
    clearInterval(this.#ticking);
    if (standing && beginsAt(standing, Date.now()) !== undefined) this.#ticking = setInterval(() => this.#tick(), TICK_MS);
    this.changed();
  }

  draw(): TemplateResult | undefined {
    if (!this.#standing) return undefined;
    const { state, seen } = this.#standing;
    const [title, next] = words().standing[state === 'waiting' && seen ? 'pausing' : state];
    const at = beginsAt(this.#standing, Date.now());
    return html`
      <div class="failure standing">
        <div>
          <h2>${state === 'blocked' || state === 'unavailable' ? icons.alert : icons.fish}<span role="status">${title}</span></h2>
          ${at === undefined ? nothing : beginning(at)}
          <p class="tried">${next}</p>
        </div>
      </div>
    `;
  }

  #tick(): void {
    if (this.host.isConnected) this.changed();
    else clearInterval(this.#ticking);
  }
}

function beginning(at: number): TemplateResult {
  const seconds = (at - Date.now()) / 1000;
  const days = Math.round(seconds / DAY_S);
  const left = seconds <= 0 ? nothing : seconds < LONGEST_CLOCK_S ? words().clock(Math.ceil(seconds)) : words().inDays(days);
  const mark = MARKS.findLast(mark => seconds <= mark);
  return html`
    <p>${words().begins(at)}</p>
    <p class="countdown" role="timer" dir="auto">${left}</p>
    <p class=${seconds <= 0 ? '' : 'read-out'} role="status">${seconds <= 0 ? words().beginsNow : mark ? words().beginsIn(mark) : nothing}</p>
  `;
}

/** The next hour that was announced; or the last, if that has just been. */
function beginsAt({ state, schedules }: Standing, now: number): number | undefined {
  if (state !== 'waiting') return undefined;
  return schedules.find(at => at > now) ?? schedules.findLast(at => now - at < LATE_S * 1000);
}
