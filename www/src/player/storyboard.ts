// Which picture shows what is at a moment of the film? A part of a sheet of pictures: counted, where an instance says how its
// sheet is laid out, or as a cue of a text track names it (`sheet.jpg#xywh=0,0,160,90`). A part that lies outside its sheet is none.

import type { Storyboard } from '../instance/model.ts';

export interface Picture {
  url: string;
  /** Pixels of the sheet; without, the whole of it. */
  part?: Part;
}

export interface Part {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels of a sheet: more takes a quarter of a gigabyte once it is shown. */
const MOST_PIXELS = 64_000_000;
/** W3C Media Fragments §4.2.2; of its units, the one that thumbnails use. */
const XYWH = /(?:^|[#&])xywh=(?:pixel:)?(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})(?:&|$)/;

/** The last one stands for all that comes after. */
export function pictureOf({ url, columns, rows, width, height, interval }: Storyboard, time: number): Picture {
  const index = Math.min(columns * rows - 1, Math.max(0, Math.floor(time / interval)));
  return { url, part: { x: (index % columns) * width, y: Math.floor(index / columns) * height, width, height } };
}

/** `base`: of the file that the cue is from. Undefined where it names nothing that may be fetched. */
export function pictureNamed(text: string, base: string): Picture | undefined {
  const reference = text.trim();
  if (!reference || !URL.canParse(reference, base)) return undefined;
  const url = new URL(reference, base);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const [x, y, width, height] = (XYWH.exec(url.hash) ?? []).slice(1).map(Number);
  const asksForPart = url.hash.includes('xywh=');
  url.hash = '';
  if (!asksForPart) return { url: url.href };
  return width && height ? { url: url.href, part: { x: x!, y: y!, width, height } } : undefined;
}

/** What is shown of a sheet, now that its size is known; undefined where that is nothing. */
export function partOf({ part }: Picture, sheet: { width: number; height: number }): Part | undefined {
  const { width, height } = sheet;
  if (!width || !height || width * height > MOST_PIXELS) return undefined;
  if (!part) return { x: 0, y: 0, width, height };
  return part.x + part.width <= width && part.y + part.height <= height ? part : undefined;
}
