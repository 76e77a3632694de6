// What is said by what is loaded late: menus, panel, dialogs, questions, notices. It joins the table of the first paint, of
// which it is no part, for most viewers see none of it.

import type { Sharing } from './engine-events.ts';
import { list } from './playlist/words.ts';
import { en, plural, spoken, strings } from './strings.ts';

/** A day and its hour, of milliseconds since 1970. */
const moment = (at: number) => new Date(at).toLocaleString('en', { dateStyle: 'full', timeStyle: 'short' });

const late = {
  quality: 'Quality',
  audio: 'Audio',
  captionsOff: 'Off',
  captionTrack: (n: number) => `Track ${n}`,
  auto: 'Auto',
  autoNow: (now: string) => `Auto (${now})`,
  automatic: (language: string) => `${language} (auto-generated)`,
  faster: 'Double speed',
  forth: (seconds: number) => `${spoken(seconds)} on`,
  backBy: (seconds: number) => `${spoken(seconds)} back`,

  chapters: 'Chapters',
  chapter: (n: number) => `Chapter ${n}`,
  close: 'Close',

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
  swarmMap: 'Map of the swarm',
  sendingNow: 'Sending to you now',
  receivingNow: 'Receiving from you now',
  perSecond: (bits: number) => `${bitsText(bits)}/s`,
  bytes: (bytes: number) => bytesText(bytes),

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
};

/** Every word that the interface says, in English. */
export const english = Object.assign(en, list, late);

export type Strings = typeof english;

/** All words of the element that is being drawn, or was last: to be read while drawing. */
export const words = () => strings as Strings;

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
