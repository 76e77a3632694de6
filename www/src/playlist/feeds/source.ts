// Which of several files of one item is played? HLS before a file, pictures before sound alone, and of files the largest that is
// no larger than most screens; else the video on its instance.

export interface Candidate {
  url?: string | undefined;
  type?: string | undefined;
  /** `video`, `audio` or `image`: what it says it is, beside its type. */
  medium?: string | undefined;
  height?: number | undefined;
}

const HLS = /^(application|audio)\/(vnd\.apple\.|x-)?mpegurl/i;
const LARGEST = 1080;
const SOUND = /\.(mp3|m4a|aac|flac|ogg|oga|wav|opus)$/i;
const PICTURES = /\.(mp4|m4v|mov|webm|mkv|ogv)$/i;

/** Undefined where none of them can be played. */
export function best(candidates: readonly Candidate[], base: string): { src: string; type?: string } | undefined {
  let found: { src: string; type?: string } | undefined;
  let most = 0;
  for (const candidate of candidates) {
    const worth = value(candidate, base);
    if (worth <= most) continue;
    most = worth;
    found = { src: candidate.url!, ...(candidate.type && { type: candidate.type }) };
  }
  return found;
}

/** A word of JSON. */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The page of a video as PeerTube has it for frames. */
export function onInstance(...urls: (string | undefined)[]): string | undefined {
  return urls.find(url => url && /^https?:\/\/[^/]+\/videos\/embed\/[\w-]+/.test(url));
}

function value({ url, type = '', medium, height = 0 }: Candidate, base: string): number {
  if (!url || !URL.canParse(url, base) || medium === 'image') return 0;
  const { protocol, pathname } = new URL(url, base);
  if (!/^https?:$/.test(protocol)) return 0;
  if (HLS.test(type) || (!type && /\.m3u8$/i.test(pathname))) return 1e6;
  const fits = height <= LARGEST ? height : LARGEST / height;
  if (type.startsWith('video/') || (!type && (medium === 'video' || PICTURES.test(pathname)))) return 1e3 + fits;
  return type.startsWith('audio/') || (!type && (medium === 'audio' || SOUND.test(pathname))) ? 1 : 0;
}
