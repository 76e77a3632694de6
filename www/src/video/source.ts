// Is this ours to play? Playlists are; a plain media file goes to the browser's own player, by its type where
// one is given and by its extension otherwise. An address that tells nothing is taken for a playlist.

const PLAYLIST_TYPES = /^(application|audio)\/(vnd\.apple\.mpegurl|x-mpegurl|mpegurl)/i;
const FILES = /\.(mp4|m4v|mov|webm|mkv|og[gvma]|mp3|m4a|aac|flac|wav|opus)$/i;

export interface Source {
  /** Absolute. */
  url: string;
  hls: boolean;
}

export function isPlaylistType(type: string): boolean {
  return PLAYLIST_TYPES.test(type.trim());
}

/** What an element is to play: its `src`, else its first `<source>`. */
export function sourceOf(element: HTMLElement): Source | undefined {
  const child = element.hasAttribute('src') ? element : element.querySelector(':scope > source[src]');
  const src = child?.getAttribute('src')?.trim();
  if (!src) return undefined;
  const url = resolved(src, element.baseURI);
  return url === undefined ? undefined : { url, hls: isPlaylist(url, child?.getAttribute('type') ?? '') };
}

export function isPlaylist(url: string, type = ''): boolean {
  if (type) return isPlaylistType(type);
  const { protocol, pathname } = new URL(url);
  return /^https?:$/.test(protocol) && !FILES.test(pathname);
}

export function resolved(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}
