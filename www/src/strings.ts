// Every word the interface says, in one table: a translation is another table of this shape. English stands here, for the
// first paint and for whoever understands it; the others are made of `locales/*.ftl` (`locale/table.ts`) when an element is
// to speak one of them.

import type { Sharing } from './engine-events.ts';
import type { Culprit, Fault } from './fault.ts';
import { clock, parts } from './time.ts';

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** `1 minute 20 seconds`: times are read out, not spelled. */
const spoken = (seconds: number) => {
  const { h, m, s } = parts(seconds);
  const words = [
    h > 0 ? plural(h, 'hour', 'hours') : '',
    m > 0 ? plural(m, 'minute', 'minutes') : '',
    s > 0 || (h === 0 && m === 0) ? plural(s, 'second', 'seconds') : '',
  ];
  return words.filter(Boolean).join(' ');
};

/** A day and its hour, of milliseconds since 1970. */
const moment = (at: number) => new Date(at).toLocaleString('en', { dateStyle: 'full', timeStyle: 'short' });

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
  captionsOff: 'Off',
  captionTrack: (n: number) => `Track ${n}`,
  quality: 'Quality',
  auto: 'Auto',
  autoNow: (now: string) => `Auto (${now})`,
  automatic: (language: string) => `${language} (auto-generated)`,
  audio: 'Audio',
  chapters: 'Chapters',
  chapter: (n: number) => `Chapter ${n}`,
  close: 'Close',

  peers: 'Other viewers',
  peersNow: (n: number) => (n === 0 ? 'Sharing with other viewers' : `Connected to ${plural(n, 'other viewer', 'other viewers')}`),
  panelTitle: 'Watching together',
  share: 'Share with other viewers',
  sharing: {
    off: 'Sharing is off. Everything comes from the server.',
    asking: 'Nothing is shared until you allow it. Everything comes from the server.',
    unverifiable:
      'The publisher gives no checksums for this video, so nothing is taken from other viewers. Everything comes from the server.',
    unlisted: 'The server lists no group of viewers for this video. Everything comes from the server.',
    alone: 'Nobody else can be reached right now. Everything comes from the server.',
    active: 'Nobody else is connected right now.',
  } satisfies Record<Sharing, string>,
  sharedBy: (peers: number, percent: number) =>
    `You and ${plural(peers, 'other viewer', 'other viewers')} help each other. ${percent}\u00a0% of what you watched came from them.`,
  stopped: 'You have stopped sharing. Everything comes from the server.',
  fromServer: 'From the server',
  fromPeers: 'From other viewers',
  toPeers: 'To other viewers',
  chart: 'Traffic of the last minute: from the server, from other viewers, and to other viewers',
  perSecond: (bits: number) => `${bitsText(bits)}/s`,
  bytes: (bytes: number) => bytesText(bytes),

  shareVideo: 'Share this video',
  pictureMenu: 'This video',
  shareTitle: 'Share',
  loop: 'Play in a loop',
  copyLink: 'Copy link',
  copyLinkAt: (time: string) => `Copy link at ${time}`,
  copyEmbed: 'Copy embed code',
  shareMore: 'Share…',
  shareLink: 'Link',
  startAt: (time: string) => `Start at ${time}`,
  wholeList: 'The whole playlist, from this video',
  embedFrame: 'Embed code: a frame',
  embedTag: 'Embed code: a tag',
  copy: 'Copy',
  copied: 'Copied',
  copyByKeys: (keys: string) => `This page may not copy. The text is selected: press ${keys}.`,
  copyByTouch: 'This page may not copy. The text is selected: touch and hold it, then choose Copy.',
  shareWithApp: 'Share with an app',
  nothingToShare: 'This video has no address that could be shared.',

  p2pWarning: 'Whoever watches this with you can learn your IP address.',
  watchOn: (host: string) => `Watch on ${host}`,

  passwordTitle: 'This video asks for a password',
  passwordWrong: 'That was not the right one. Try again.',
  password: 'Password',
  watch: 'Watch',

  sensitiveTitle: 'Not for everybody',
  sensitive: 'The publisher says that this is sensitive content.',
  sensitiveViolent: 'It shows violence.',
  sensitiveExplicit: 'It is sexually explicit.',

  standing: {
    waiting: ['This live has not begun yet', 'It starts here by itself.'],
    pausing: ['This live is not on air now', 'When it goes on, it does so here by itself.'],
    ended: ['This live has ended', 'Thank you for watching. If it becomes a video, it will be here.'],
    transcoding: ['This video is being prepared', 'Once that is done, it will be here.'],
    blocked: ['This video has been blocked', 'The moderators of its site have decided that.'],
    unavailable: ['This video is not available', 'Its site could not prepare it.'],
  },
  begins: (at: number) => `It begins on ${moment(at)}.`,
  beginsIn: (seconds: number) => `It begins in ${spoken(seconds)}.`,
  moment,
  inDays: (days: number) => new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day'),
  beginsNow: 'It should begin at any moment.',

  fromElsewhere: (host: string) => `This video comes from ${host}, which can see your IP address.`,

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

  playlist: 'Playlist',
  itemOf: (n: number, of: number) => `${n} of ${of}`,
  next: 'Next',
  previous: 'Previous',
  spoken,
  clock,
  number: String as (n: number) => string,
  unavailable: 'Not available',
  playing: (n: number, of: number, title: string) => `Playing ${n} of ${of}: ${title}`,
  skipped: (title: string) => `Skipped, not available: ${title}`,
  untitled: (n: number) => `Video ${n}`,
  playlistEmpty: 'This playlist has no videos.',
  playlistFailed: 'The playlist could not be loaded.',
};

export type Strings = typeof en;

/** The table of the element that is being drawn, or was last: to be read while drawing. */
export let strings: Strings = en;

export function speak(table: Strings): void {
  strings = table;
}

function bitsText(bits: number): string {
  if (bits >= 1e6) return `${decimals(bits / 1e6)} Mbit`;
  return `${Math.round(bits / 1e3)} kbit`;
}

function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${decimals(bytes / 1e9)} GB`;
  if (bytes >= 1e6) return `${decimals(bytes / 1e6)} MB`;
  return `${Math.round(bytes / 1e3)} kB`;
}

function decimals(n: number): string {
  return n.toLocaleString('en', { minimumFractionDigits: n < 10 ? 1 : 0, maximumFractionDigits: n < 100 ? 1 : 0 });
}
