// What only a playlist says. It joins the table of the first paint, which does without.

import { en, plural, spoken, strings } from '../strings.ts';

export const list = {
  playlist: 'Playlist',
  itemOf: (n: number, of: number) => `${n} of ${of}`,
  next: 'Next',
  previous: 'Previous',
  watched: (share: number) => `watched ${Math.round(share * 100)}\u00a0%`,
  playing: (n: number, of: number, title: string) => `Playing ${n} of ${of}: ${title}`,
  skipped: (title: string) => `Skipped, not available: ${title}`,
  untitled: (n: number) => `Video ${n}`,
  shuffle: 'Shuffle',
  round: 'Repeat the playlist',
  find: 'Search this playlist',
  found: (n: number) => `${plural(n, 'video', 'videos')} found`,
  nextIn: (seconds: number) => `Next in ${spoken(seconds)}`,
  playNow: 'Play now',
  cancel: 'Cancel',
  playlistEmpty: 'This playlist has no videos.',
  playlistFailed: 'The playlist could not be loaded.',
};

const table = Object.assign(en, list);

export type ListWords = typeof table;

/** All words of the list that is being drawn, or was last: to be read while drawing. */
export const words = () => strings as ListWords;
