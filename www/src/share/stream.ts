// What an HLS playlist says of its video to somebody who does not play it: how long it is, of which shape, whether it goes
// on, and in which language. Of all its tags the few that say so are read; what is wrong in it is the player's to name.

/** More are a mistake; a day in segments of two seconds has 43,200. */
const MOST_LINES = 200_000;
const LONGEST_S = 604_800;

export interface Stream {
  /** Of a multivariant playlist: where the variant lies that has the largest picture. */
  variant?: string;
  aspectRatio?: number;
  /** Seconds; absent where it goes on. */
  duration?: number;
  live?: boolean;
  /** Of the sound that plays unasked. */
  language?: string;
}

/** Undefined where it is none: a list of files has the same first line. */
export function readStream(text: string, base: string): Stream | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, MOST_LINES).map(line => line.trim());
  if (lines[0] !== '#EXTM3U') return undefined;
  const begins = (tag: string) => lines.some(line => line.startsWith(tag));
  if (begins('#EXT-X-STREAM-INF:')) return multivariant(lines, base);
  return begins('#EXT-X-TARGETDURATION:') ? media(lines, begins('#EXT-X-ENDLIST')) : undefined;
}

function multivariant(lines: string[], base: string): Stream {
  let best: { pixels: number; variant: string; aspectRatio?: number } | undefined;
  lines.forEach((line, i) => {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) return;
    const reference = lines.slice(i + 1, i + 10).find(next => next && !next.startsWith('#'));
    if (!reference || !URL.canParse(reference, base)) return;
    const [, width = 0, height = 0] = (/[:,]RESOLUTION=(\d{1,5})x(\d{1,5})(?:,|$)/.exec(line) ?? []).map(Number);
    const pixels = width * height;
    if (best && pixels <= best.pixels) return;
    best = { pixels, variant: new URL(reference, base).href, ...(pixels > 0 && { aspectRatio: width / height }) };
  });
  const { variant, aspectRatio } = best ?? {};
  const language = spoken(lines);
  return { ...(variant && /^https?:/.test(variant) && { variant }), ...(aspectRatio && { aspectRatio }), ...(language && { language }) };
}

/** In that of the default sound; where there is none, in the one that all of them have. */
function spoken(lines: string[]): string | undefined {
  const sounds = lines.filter(line => /^#EXT-X-MEDIA:(.*,)?TYPE=AUDIO(,|$)/.test(line));
  const usual = sounds.filter(line => /[:,]DEFAULT=YES(,|$)/.test(line));
  const languages = new Set((usual.length > 0 ? usual : sounds).map(line => /[:,]LANGUAGE="([^"]{1,35})"/.exec(line)?.[1]));
  return languages.size === 1 ? [...languages][0] : undefined;
}

function media(lines: string[], ended: boolean): Stream {
  if (!ended) return { live: true };
  const seconds = lines.reduce((sum, line) => sum + Number(/^#EXTINF:(\d{1,6}(?:\.\d+)?)/.exec(line)?.[1] ?? 0), 0);
  return seconds > 0 && seconds <= LONGEST_S ? { duration: seconds } : {};
}
