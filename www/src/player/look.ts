// How do captions look? As the viewer has it (the nine properties of 47 CFR §79.103), kept in the viewer's browser, and as the
// player has it where the viewer has said nothing. What a value means in CSS stands here; `centre.css` uses it.

import { recall, remember } from '../memory.ts';

const KEY = 'captions-look';

const FONTS = {
  sans: 'system-ui, sans-serif',
  serif: 'Georgia, "Noto Serif", serif',
  mono: 'ui-monospace, "Courier New", monospace',
  casual: '"Comic Sans MS", "Comic Neue", fantasy',
  script: '"Segoe Script", "Snell Roundhand", cursive',
  capitals: 'system-ui, sans-serif',
};
const COLOURS = { white: '255 255 255', yellow: '255 255 0', green: '0 255 0', cyan: '0 255 255', blue: '64 96 255', magenta: '255 0 255', red: '255 48 48', black: '0 0 0' };
const EDGES = {
  none: 'none',
  shadow: '0.08em 0.08em 0.12em #000',
  raised: '0.03em 0.03em 0 #000, 0.06em 0.06em 0 #000',
  depressed: '-0.03em -0.03em 0 #000, -0.06em -0.06em 0 #000',
  outline: '0 0 0.1em #000, 0.06em 0 0 #000, -0.06em 0 0 #000, 0 0.06em 0 #000, 0 -0.06em 0 #000',
};
const SHARES = { '0': 0, '25': 25, '50': 50, '75': 75, '100': 100 };
const SIZES = { '50': 50, '75': 75, '100': 100, '150': 150, '200': 200, '300': 300 };

/** Of each property, what there is to choose from. */
export const LOOK = { size: SIZES, font: FONTS, ink: COLOURS, inkShare: SHARES, ground: COLOURS, groundShare: SHARES, window: COLOURS, windowShare: SHARES, edge: EDGES };
export type Property = keyof typeof LOOK;
export type Look = Partial<Record<Property, string>>;

/** What the player has. */
export const USUAL: Record<Property, string> = {
  size: '100', font: 'sans', ink: 'white', inkShare: '100', ground: 'black', groundShare: '75', window: 'black', windowShare: '0', edge: 'none',
};

/** What another script may have written there is no look. */
export function readLook(): Look {
  let kept: unknown;
  try {
    kept = JSON.parse(recall(KEY) ?? '{}');
  } catch {
    // None, then.
  }
  const entries = Object.entries(kept ?? {}).filter(([name, value]) => Object.hasOwn(LOOK, name) && Object.hasOwn(LOOK[name as Property], String(value)));
  return Object.fromEntries(entries) as Look;
}

/** This player has it at once, and all others of the page that have played. */
export function keepLook(look: Look, host: HTMLElement): void {
  remember(KEY, JSON.stringify(look));
  wear(host, look);
  dispatchEvent(new Event(CHANGED));
}

export const CHANGED = 'sprat-captions-look';

export function wear(host: HTMLElement, look: Look): void {
  const frame = host.shadowRoot?.querySelector<HTMLElement>('.frame');
  if (!frame) return;
  const { size, font, ink, inkShare, ground, groundShare, window, windowShare, edge } = { ...USUAL, ...look };
  const colour = (name: string, share: string) => `rgb(${COLOURS[name as keyof typeof COLOURS]} / ${share}%)`;
  const properties = {
    size: look.size && String(Number(size) / 100),
    font: look.font && FONTS[font as keyof typeof FONTS],
    variant: look.font === 'capitals' ? 'small-caps' : undefined,
    ink: (look.ink ?? look.inkShare) && colour(ink, inkShare),
    ground: (look.ground ?? look.groundShare) && colour(ground, groundShare),
    window: (look.window ?? look.windowShare) && colour(window, windowShare),
    edge: look.edge && EDGES[edge as keyof typeof EDGES],
  };
  for (const [name, value] of Object.entries(properties)) {
    if (value) frame.style.setProperty(`--cue-${name}`, value);
    else frame.style.removeProperty(`--cue-${name}`);
  }
}
