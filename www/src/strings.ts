// What the interface says first, in one table: a translation is another table of its shape and that of what is said later
// (`late-strings.ts`) and by playlists (`playlist/words.ts`). English stands here, for the first paint and for whoever understands it; the others are made of
// `locales/*.ftl` (`locale/table.ts`) when an element is to speak one of them.

import type { Culprit, Fault } from './fault.ts';
import { clock, parts } from './time.ts';

export const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** `1 minute 20 seconds`: times are read out, not spelled. */
export const spoken = (seconds: number) => {
  const { h, m, s } = parts(seconds);
  const words = [
    h > 0 ? plural(h, 'hour', 'hours') : '',
    m > 0 ? plural(m, 'minute', 'minutes') : '',
    s > 0 || (h === 0 && m === 0) ? plural(s, 'second', 'seconds') : '',
  ];
  return words.filter(Boolean).join(' ');
};

export const en = {
  /** BCP 47: the viewer's own, as far as the words are in it. */
  lang: 'en',
  dir: 'ltr',

  player: 'Video player',
  controls: 'Player controls',

  play: 'Play',
  pause: 'Pause',
  replay: 'Play again',
  loading: 'Loading',
  mute: 'Mute',
  unmute: 'Unmute',
  volume: 'Volume',
  percent: (share: number) => `${Math.round(share * 100)}\u00a0%`,
  seek: 'Seek',
  position: (at: number, of: number) => `${spoken(at)} of ${spoken(of)}`,
  behindLive: (seconds: number) => `${spoken(seconds)} behind live`,
  live: 'Live',
  goLive: 'Go to live',
  fullscreen: 'Full screen',
  leaveFullscreen: 'Leave full screen',
  pictureInPicture: 'Picture in picture',

  captions: 'Captions',
  settings: 'Settings',

  peers: 'Other viewers',
  peersNow: (n: number) => (n === 0 ? 'Sharing with other viewers' : `Connected to ${plural(n, 'other viewer', 'other viewers')}`),

  shareVideo: 'Share this video',

  consentTitle: 'Share with other viewers?',
  consentText: 'Viewers then pass parts of the video to each other. They and the tracker can see your IP address.',
  allow: 'Allow',
  notNow: 'Not now',

  retry: 'Try again',
  errorTitle: {
    origin: 'The video’s server did not deliver',
    peer: 'Other viewers did not deliver',
    media: 'This video cannot be played',
    browser: 'This page cannot play the video',
    player: 'The player has failed',
  } satisfies Record<Culprit, string>,
  errorCode: (name: string) => `Code: ${name}`,
  /** What happened, and what next. */
  fault: ({ message, tried }: Fault): string[] => [message, tried],

  spoken,
  clock,
  number: String as (n: number) => string,
  unavailable: 'Not available',
};

export type Strings = typeof en;

/** The table of the element that is being drawn, or was last: to be read while drawing. */
export let strings: Strings = en;

export function speak(table: Strings): void {
  strings = table;
}
