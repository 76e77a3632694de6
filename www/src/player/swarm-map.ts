// The swarm around a viewer as it is now: the server on one side, on the other those who are connected, each with what flows to
// and fro. A viewer has no name here and no address, only a place.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import './popups.ts';
import { type SVGTemplateResult, type TemplateResult, html, svg } from 'lit/html.js';
import type { SpratVideo } from '../elements/sprat-video.ts';
import type { Stats } from '../engine-events.ts';
import { words } from '../late-strings.ts';
import { adopt } from '../sheets.ts';
import type { View } from './view.ts';
import css from '../../styles/player/swarm-map.css' with { type: 'text' };

const WIDTH = 300;
const HEIGHT = 130;
const YOU = { x: WIDTH / 2, y: HEIGHT / 2 };
const SERVER = { x: 16, y: HEIGHT / 2 };
/** Half the axes of the ellipse on which the others stand, and how much of it, in radians, is theirs: not the server's side. */
const AXES = { x: 128, y: 54 };
const ARC = 4.8;
/** “Now” is so long. */
const WINDOW_MS = 5_000;
/** Bytes that come within it and are no media: what neighbours say of what they hold. */
const CHATTER = 8_000;
const WIDEST = 5;

/** What there was at a moment, in bytes. */
interface Snapshot {
  at: number;
  http: number;
  with: Map<number, { received: number; sent: number }>;
}

const seen = new WeakMap<SpratVideo, Snapshot[]>();

export function swarmMap({ host, media }: View): TemplateResult {
  adopt(host.shadowRoot!, css);
  const { stats } = media;
  const before = past(media, stats, performance.now());
  const flows = stats.exchanges.map(({ id, bytesReceived, bytesSent }) => {
    const was = before.with.get(id) ?? { received: 0, sent: 0 };
    const received = bytesReceived - was.received;
    return { received: received > CHATTER ? received : 0, sent: bytesSent - was.sent, all: bytesReceived + bytesSent, mostly: mostly(bytesReceived, bytesSent) };
  });
  const http = stats.httpBytes - before.http;
  const peak = Math.max(1, http, ...flows.flatMap(({ received, sent }) => [received, sent]));
  const most = Math.max(1, ...flows.map(({ all }) => all));
  const width = (bytes: number) => WIDEST * Math.sqrt(bytes / peak);
  const rows = [
    ['p2p', words().sendingNow, flows.filter(({ received }) => received > 0).length],
    ['up', words().receivingNow, flows.filter(({ sent }) => sent > 0).length],
  ] as const;
  return html`
    <svg class="map" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
      ${line('http', SERVER, YOU, width(http))}
      ${flows.map(({ received, sent }, i) => {
        const place = placeOf(i, flows.length);
        // Side by side, each as wide as what flows.
        return [line('p2p', place, YOU, width(received), width(sent) / 2), line('up', place, YOU, width(sent), -width(received) / 2)];
      })}
      ${svg`<rect class="http" x=${SERVER.x - 9} y=${SERVER.y - 9} width="18" height="18" rx="4" />`}
      ${flows.map(({ all, mostly }, i) => {
        const { x, y } = placeOf(i, flows.length);
        return svg`<circle class=${mostly} cx=${x} cy=${y} r=${3.5 + 4 * Math.sqrt(all / most)} />`;
      })}
      ${svg`<circle class="you" cx=${YOU.x} cy=${YOU.y} r="9" />`}
    </svg>
    <dl>${rows.map(([name, label, n]) => html`<div class=${name}><dt>${label}</dt><dd>${words().number(n)}</dd></div>`)}</dl>
  `;
}

/** By its colour: what one is to you, so far. */
function mostly(received: number, sent: number): string {
  if (received + sent <= CHATTER) return 'idle';
  return received >= sent ? 'p2p' : 'up';
}

/** In the order in which they came, from above, past the side that is not the server's, to below. */
function placeOf(index: number, of: number): { x: number; y: number } {
  const angle = ARC * ((index + 0.5) / of - 0.5);
  return { x: YOU.x + AXES.x * Math.cos(angle), y: YOU.y + AXES.y * Math.sin(angle) };
}

/** @param aside how far beside the straight line, to the left of whoever goes from one to the other */
function line(name: string, from: { x: number; y: number }, to: { x: number; y: number }, width: number, aside = 0): SVGTemplateResult {
  const long = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const [x, y] = [(aside * (to.y - from.y)) / long, (aside * (from.x - to.x)) / long];
  return svg`<line class=${name} x1=${from.x + x} y1=${from.y + y} x2=${to.x + x} y2=${to.y + y} stroke-width=${Math.max(0.4, width)} />`;
}

/** What there was when “now” began; kept from drawing to drawing, which is once a second while the map is open. */
function past(media: SpratVideo, { httpBytes, exchanges }: Stats, at: number): Snapshot {
  const kept = seen.get(media) ?? [];
  const last = kept.at(-1);
  // Another source begins to count anew.
  if (last && (last.http > httpBytes || at - last.at > WINDOW_MS)) kept.length = 0;
  if (last?.at !== at) kept.push({ at, http: httpBytes, with: new Map(exchanges.map(({ id, bytesReceived, bytesSent }) => [id, { received: bytesReceived, sent: bytesSent }])) });
  while (kept.length > 1 && at - kept[0]!.at > WINDOW_MS) kept.shift();
  seen.set(media, kept);
  return kept[0]!;
}
