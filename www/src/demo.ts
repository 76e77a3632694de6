// The demo page's own script: opens the second viewer once the first has something to give, and writes under both
// what came from whom. Everything else on the page is what any page would have, but for the generator (`generator.ts`).

import type { SpratPlayer } from './elements/sprat-player.ts';
import type { Stats } from './engine-events.ts';
import './generator.ts';

/** Enough for the first viewer to be a few segments ahead. */
const HEAD_START_MS = 5000;

const first = document.querySelector<SpratPlayer>('#first')!;
const second = document.querySelector<HTMLIFrameElement>('#second')!;

first.addEventListener('playing', () => setTimeout(openSecond, HEAD_START_MS), { once: true });
setInterval(() => {
  account('first', first);
  account('second', second.contentDocument?.querySelector<SpratPlayer>('sprat-player'));
}, 1000);
document.querySelectorAll('.snippets figure').forEach(addCopyButton);

function openSecond(): void {
  second.src ||= second.dataset['src']!;
}

function account(viewer: string, player: SpratPlayer | null | undefined): void {
  const caption = document.querySelector(`[data-viewer=${viewer}] figcaption`);
  const stats: Readonly<Stats> | undefined = player?.stats;
  if (!caption || !stats || stats.httpBytes + stats.p2pBytes === 0) return;
  const { httpBytes, p2pBytes, uploadedBytes } = stats;
  const share = Math.round((100 * p2pBytes) / (httpBytes + p2pBytes));
  caption.replaceChildren(
    shareBar(share),
    legend([
      ['p2p', 'from the neighbour', `${share}\u00a0%, ${megabytes(p2pBytes)}`],
      ['http', 'server', megabytes(httpBytes)],
      ['given', 'passed on', megabytes(uploadedBytes)],
    ]),
  );
}

function shareBar(percent: number): Element {
  const bar = svg('svg', { class: 'share', viewBox: '0 0 100 1', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  bar.append(
    svg('rect', { class: 'p2p', width: percent, height: 1 }),
    svg('rect', { class: 'http', x: percent, width: 100 - percent, height: 1 }),
  );
  return bar;
}

function legend(parts: [string, string, string][]): Element {
  const line = element('div', 'legend');
  for (const [kind, label, amount] of parts) {
    const part = element('span', kind);
    const value = document.createElement('b');
    value.textContent = amount;
    part.append(`${label} `, value);
    line.append(part);
  }
  return line;
}

function addCopyButton(figure: Element): void {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(figure.querySelector('code')?.textContent ?? '');
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  figure.querySelector('figcaption')?.append(button);
}

function element(name: string, className: string): HTMLElement {
  return Object.assign(document.createElement(name), { className });
}

function svg(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
}
