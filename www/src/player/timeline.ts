// Where are we, how much is loaded? A native range carries position, keys and screen reader; the bars beneath it
// are drawn. Time runs from left to right in every language.

import { type TemplateResult, html, svg } from 'lit/html.js';
import { strings } from '../strings.ts';
import { type View, atLiveEdge, isLive, span } from './view.ts';

/** The drawing's own units, whatever its width. */
const UNITS = 1000;

export function timeline(view: View): TemplateResult {
  const { media } = view;
  const { start, end } = span(media);
  const now = Math.min(end, Math.max(start, media.currentTime));
  const x = (time: number) => (end > start ? ((Math.min(end, Math.max(start, time)) - start) / (end - start)) * UNITS : 0);
  const spoken = isLive(media)
    ? atLiveEdge(media) ? strings.live : strings.behindLive(media.liveTarget - now)
    : strings.position(now, end);
  const { clock } = strings;
  const written = (time: number) => (isLive(media) ? `−${clock(end - time)}` : clock(time));
  return html`
    <div class="timeline" dir="ltr" @pointermove=${(event: PointerEvent) => point(event, start, end, written)}>
      <svg viewBox="0 0 ${UNITS} 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="whole" width=${UNITS} height="1" />
        ${ranges(media.buffered).map(
          ([from, to]) => svg`<rect class="buffered" x=${x(from)} width=${Math.max(0, x(to) - x(from))} height="1" />`,
        )}
        <rect class="played" width=${x(now)} height="1" />
      </svg>
      ${view.marks?.line()}
      <output class="hover" aria-hidden="true"></output>
      <input
        type="range"
        aria-label=${strings.seek}
        aria-valuetext=${view.marks?.spoken(spoken, now) ?? spoken}
        min=${start}
        max=${end > start ? end : start + 1}
        step="any"
        .value=${String(now)}
        ?disabled=${end <= start}
        @input=${(event: Event) => view.seek(Number((event.target as HTMLInputElement).value))}
      />
    </div>
  `;
}

/** Shows the time under the pointer. */
function point(event: PointerEvent, start: number, end: number, written: (time: number) => string): void {
  const line = event.currentTarget as HTMLElement;
  const label = line.querySelector('output')!;
  const bars = line.querySelector('svg')!.getBoundingClientRect();
  const share = Math.min(1, Math.max(0, (event.clientX - bars.left) / bars.width));
  label.value = written(start + share * (end - start));
  const half = label.offsetWidth / 2;
  const at = Math.min(bars.width - half, Math.max(half, share * bars.width));
  line.style.setProperty('--pointer', `${at}px`);
}

function ranges(times: TimeRanges): [number, number][] {
  return Array.from({ length: times.length }, (_, i) => [times.start(i), times.end(i)]);
}
