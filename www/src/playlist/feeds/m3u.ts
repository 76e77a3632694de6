// M3U: a file on each line, and what the lines before it say. An HLS playlist has the same name and is no list of files: it is
// one video.

import type { Said, SaidList } from '../checked.ts';

/** Undefined where it is none: the first line of an extended one says so, and one without has nothing but addresses. */
export function readM3u(text: string, base: string): SaidList | undefined {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).map(line => line.trim()).filter(Boolean);
  if (lines[0] !== '#EXTM3U' && !lines.every(isAddress)) return undefined;
  if (lines.some(line => /^#EXT-X-(TARGETDURATION|STREAM-INF|MEDIA-SEQUENCE|MEDIA):/.test(line))) {
    return { title: '', items: [{ src: base, type: 'application/vnd.apple.mpegurl' }] };
  }
  const items: Said[] = [];
  let title = '';
  let said: Said = {};
  for (const line of lines) {
    const [, name, rest = ''] = /^#(EXTINF|PLAYLIST|EXTIMG|EXTALBUMARTURL):(.*)$/.exec(line) ?? [];
    if (name === 'PLAYLIST') title = rest;
    else if (name === 'EXTINF') said = { ...said, ...readInfo(rest) };
    else if (name) said.poster = rest;
    else if (!line.startsWith('#')) {
      items.push({ ...said, src: line });
      said = {};
    }
  }
  return items.length === 0 ? undefined : { title, items };
}

/** `123 tvg-logo="…",Title`; a length of -1 is none. */
function readInfo(info: string): { title: string; poster?: string; duration?: string } {
  const [, duration = '', attributes = '', title = ''] = /^(-?[\d.]*)((?:\s+[\w-]+="[^"]*")*)\s*,?(.*)$/.exec(info) ?? [];
  const [, poster] = /\btvg-logo="([^"]*)"/.exec(attributes) ?? [];
  return { title, ...(poster && { poster }), ...(Number(duration) > 0 && { duration }) };
}

function isAddress(line: string): boolean {
  return line.startsWith('#') || /^https?:\/\/\S+$|^[\w./%~-]+\.\w{2,4}(\?\S*)?$/.test(line);
}
