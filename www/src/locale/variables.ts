// What do sentences with gaps get for them? The table's functions take their arguments by position; messages know variables
// by name, and these are the names. Times and shares come as the language says them, bare numbers as numbers: which plural is
// meant depends on them.

import type { Strings as Late } from '../late-strings.ts';
import type { More } from '../more-strings.ts';
import type { Formats } from './formats.ts';

type Strings = Late & More;
type Sentence<Member> = Member extends (...args: infer Args extends never[]) => string ? (...args: Args) => Record<string, string | number> : never;
/** Of every sentence of the table. */
export type Variables = { [Key in Exclude<keyof Strings, keyof Formats> as Strings[Key] extends (...args: never[]) => string ? Key : never]: Sentence<Strings[Key]> };

export function variablesOf({ moment, percent, spoken }: Formats): Variables {
  return {
    position: (at, of) => ({ at: spoken(at), of: spoken(of) }),
    behindLive: seconds => ({ time: spoken(seconds) }),
    captionTrack: n => ({ n }),
    autoNow: now => ({ now }),
    automatic: language => ({ language }),
    peersNow: n => ({ n }),
    sharedBy: (peers, share) => ({ peers, share: percent(share / 100) }),
    watchOn: host => ({ host }),
    chapter: n => ({ n }),
    copyLinkAt: time => ({ time }),
    startAt: time => ({ time }),
    copyByKeys: keys => ({ keys }),
    begins: at => ({ date: moment(at) }),
    beginsIn: seconds => ({ time: spoken(seconds) }),
    fromElsewhere: host => ({ host }),
    errorCode: name => ({ name }),
    itemOf: (n, of) => ({ n, of }),
    playing: (n, of, title) => ({ n, of, title }),
    skipped: title => ({ title }),
    untitled: n => ({ n }),
    found: n => ({ n }),
    foundVideos: n => ({ n }),
    nextIn: seconds => ({ time: spoken(seconds) }),
    reportTo: who => ({ who }),
    reportThere: time => ({ time }),
    reportOpen: who => ({ who }),
    forth: seconds => ({ time: spoken(seconds) }),
    backBy: seconds => ({ time: spoken(seconds) }),
    watched: share => ({ share: percent(share) }),
  };
}
