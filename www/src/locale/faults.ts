// What is a viewer told of a fault? Programs and logs have its name and its English sentence, with addresses and figures in
// them; viewers have what happened, as far as it matters to them, and what helps. Many faults are one and the same to a
// viewer. `error.message` remains what it is, in every language.

/** Beside each, what its message (`fault-…`) says in English. */
export type Sentence =
  /** There is nothing at this address. */
  | 'missing'
  /** The server refused to deliver it. */
  | 'refused'
  /** The server does not answer. */
  | 'unreachable'
  /** A part of the player could not be loaded. */
  | 'incomplete'
  /** This browser cannot play this video. */
  | 'unsupported'
  /** The settings of this page keep the player from working. */
  | 'hindered'
  /** The video is damaged, or in a form that cannot be read. */
  | 'damaged'
  /** The playlist is damaged, or in a form that cannot be read. */
  | 'unreadable'
  /** The video is protected, and cannot be unlocked here. */
  | 'locked'
  /** Playback does not get any further. */
  | 'stuck'
  /** The player has made a mistake of its own. */
  | 'crashed'
  /** The owner of this video does not let this site show it. */
  | 'elsewhere'
  /** This video is only for members of its instance. */
  | 'members'
  /** This video may not be watched here. */
  | 'forbidden'
  /** There is no such video on this instance. */
  | 'no-video'
  /** There is no such playlist on this instance. */
  | 'no-playlist'
  /** This video has been deleted. */
  | 'video-gone'
  /** This playlist has been deleted. */
  | 'playlist-gone'
  /** Too many requests have come from your network. */
  | 'too-often'
  /** The instance has trouble at the moment. */
  | 'trouble'
  /** This live has not begun. */
  | 'waiting'
  /** This live is over. */
  | 'over'
  /** This video has been blocked on its instance. */
  | 'blocked'
  /** This video could not be prepared by its instance. */
  | 'unprepared'
  /** This video is still being prepared. */
  | 'preparing';

/** Of `hint-…`. */
export type Hint =
  /** It may have been removed, or the address may be wrong. */
  | 'address'
  /** Trying again later may help. */
  | 'later'
  /** Your connection may be interrupted. Trying again later may help. */
  | 'connection'
  /** Reloading the page may help. */
  | 'reload'
  /** It may play in another browser, or in a newer version of this one. */
  | 'browser'
  /** Whoever runs this site can change that. */
  | 'site'
  /** Whoever published it can mend that. */
  | 'publisher'
  /** It may be watched on its own instance. */
  | 'there'
  /** Its instance decides that. */
  | 'instance'
  /** It plays as soon as it is ready. */
  | 'soon'
  /** It may come back as a video. */
  | 'replay';

type Told = readonly [Sentence, Hint?];

const MISSING: Told = ['missing', 'address'];
const UNREACHABLE: Told = ['unreachable', 'connection'];
const INCOMPLETE: Told = ['incomplete', 'reload'];
const UNSUPPORTED: Told = ['unsupported', 'browser'];
const DAMAGED: Told = ['damaged', 'publisher'];
const LOCKED: Told = ['locked', 'browser'];
const CRASHED: Told = ['crashed', 'reload'];
const TROUBLE: Told = ['trouble', 'later'];

/** By the name of the fault. What is a warning only is not told: playback goes on. */
export const TOLD: Readonly<Record<string, Told>> = {
  'document-not-found': MISSING,
  'document-refused': ['refused', 'later'],
  'document-unreachable': UNREACHABLE,
  'document-broken': UNREACHABLE,
  'document-too-large': DAMAGED,
  'not-a-playlist': DAMAGED,
  'nested-playlist': DAMAGED,
  'segment-unavailable': UNREACHABLE,
  'segment-unusable': DAMAGED,
  'segment-too-large': DAMAGED,
  'bad-init': DAMAGED,
  'track-unplayable': UNSUPPORTED,
  'codec-not-supported': UNSUPPORTED,
  'decode-failed': DAMAGED,
  'append-failed': DAMAGED,
  'playback-stuck': ['stuck', 'later'],
  'encrypted': LOCKED,
  'not-a-key': LOCKED,
  'key-missing': ['locked', 'publisher'],
  'key-system-failed': LOCKED,

  'wasm-absent': UNSUPPORTED,
  'wasm-unreachable': INCOMPLETE,
  'wasm-missing': INCOMPLETE,
  'wasm-wrong-type': INCOMPLETE,
  'wasm-damaged': INCOMPLETE,
  'wasm-forbidden': ['hindered', 'site'],
  'keys-unavailable': INCOMPLETE,
  'instance-unavailable': INCOMPLETE,
  'workshop-unavailable': INCOMPLETE,
  'engine-unusable': CRASHED,
  'engine-failed': CRASHED,
  'media-source-absent': UNSUPPORTED,
  'native-network': UNREACHABLE,
  'native-decode': DAMAGED,
  'native-source': UNSUPPORTED,

  'instance-address': MISSING,
  'address-refused': MISSING,
  'no-instance': MISSING,
  'not-followed': ['forbidden', 'there'],
  'not-shown-here': ['forbidden', 'site'],
  'domain-not-allowed': ['elsewhere', 'there'],
  'sign-in-needed': ['members', 'there'],
  'forbidden': ['forbidden', 'instance'],
  'video-missing': ['no-video', 'address'],
  'playlist-missing': ['no-playlist', 'address'],
  'video-gone': ['video-gone'],
  'playlist-gone': ['playlist-gone'],
  'too-many-requests': ['too-often', 'later'],
  'instance-failing': TROUBLE,
  'instance-unreadable': TROUBLE,
  'instance-slow': UNREACHABLE,
  'instance-unreachable': UNREACHABLE,
  'nothing-playable': ['unprepared', 'publisher'],
  'live-waiting': ['waiting', 'soon'],
  'live-ended': ['over', 'replay'],
  'video-blocked': ['blocked', 'instance'],
  'video-unavailable': ['unprepared', 'publisher'],
  'video-transcoding': ['preparing', 'soon'],

  'list-address': MISSING,
  'list-unreadable': ['unreadable', 'publisher'],
};

/** The messages that a locale needs for them. */
export function faultMessages(): string[] {
  const told = Object.values(TOLD);
  const ids = told.flatMap(([sentence, hint]) => [`fault-${sentence}`, ...(hint ? [`hint-${hint}`] : [])]);
  return [...new Set(ids)];
}
