// The moving picture of the last minute: above the line what came (from other viewers, and on top of it from the
// server), below it what was given. One scale for both, so that areas can be compared.

import { type TemplateResult, html, svg } from 'lit/html.js';
import { words } from '../late-strings.ts';
import { type Sample, type Traffic, WINDOW_MS } from './traffic.ts';

const WIDTH = 300;
const HEIGHT = 96;
/** Where the two directions meet: a line that moved with every peak would be hard to watch. */
const AXIS = 64;
/** The scale's lower end, in bit/s: without it, a trickle fills the picture. */
const LEAST_PEAK = 250_000;

export function chart(traffic: Traffic, now: number): TemplateResult {
  const samples = traffic.within(now);
  const down = Math.max(LEAST_PEAK, ...samples.map(sample => sample.http + sample.p2p));
  const up = Math.max(0, ...samples.map(sample => sample.up));
  const peak = Math.max(down, (up * AXIS) / (HEIGHT - AXIS));
  const y = (rate: number) => AXIS - (rate * AXIS) / peak;
  return html`
    <figure class="chart" dir="ltr">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words().chart}>
        ${svg`
          <path class="http" d=${area(samples, now, s => y(s.p2p + s.http), s => y(s.p2p))} />
          <path class="p2p" d=${area(samples, now, s => y(s.p2p), () => AXIS)} />
          <path class="up" d=${area(samples, now, () => AXIS, s => y(-s.up))} />
          <path class="axis" d="M0 ${AXIS}H${WIDTH}" />
        `}
      </svg>
      <figcaption dir=${words().dir}>${words().perSecond(peak)}</figcaption>
    </figure>
  `;
}

/** A closed path between two edges, in steps of one sample. */
function area(samples: Sample[], now: number, top: (s: Sample) => number, bottom: (s: Sample) => number): string {
  if (samples.length === 0) return 'M0 0';
  const x = (at: number) => round(WIDTH * (1 - (now - at) / WINDOW_MS));
  const edge = (y: (s: Sample) => number) =>
    samples.flatMap((sample, i) => {
      const from = Math.max(samples[i - 1]?.at ?? 0, sample.at - 1000);
      return [`${x(from)} ${round(y(sample))}`, `${x(sample.at)} ${round(y(sample))}`];
    });
  return `M${edge(top).join('L')}L${edge(bottom).reverse().join('L')}Z`;
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
