// The instance did not give what was asked for: whose fault is that, and what happens next? PeerTube says why in a problem
// document (RFC 9457) with a `code` of its own; where there is none, the status has to do.

import type { Fault } from '../fault.ts';
import { type Json, text } from './judge.ts';
import type { InstanceVideo, Standing, State } from './model.ts';

export type What = 'video' | 'playlist';

const THIS = { video: 'This video', playlist: 'This playlist' };

/** The page's visitor can do something about these; whoever shows them asks for it. */
export const PASSWORD_NEEDED = 'password-needed';
export const PASSWORD_WRONG = 'password-wrong';
/** With these, a server may still have the object that federates. */
export const NO_INSTANCE = 'no-instance';
export const UNREADABLE = 'instance-unreadable';

export function refusal(status: number, problem: Json, what: What): Fault {
  const it = THIS[what];
  switch (problem['code']) {
    case 'video_requires_password':
      return fault(PASSWORD_NEEDED, `${it} is protected by a password.`, 'It plays once the password is given.');
    case 'incorrect_video_password':
      return fault(PASSWORD_WRONG, 'The password is not the right one.', 'It can be given again.');
    case 'does_not_respect_follow_constraints':
      return fault('not-followed', `This instance shows no videos of the one that ${it.toLowerCase()} is on.`, 'It may be watched there.');
  }
  const said = text(problem['detail'], 200);
  const detail = said ? ` It said: ${said}` : '';
  switch (status) {
    case 400:
      return fault('address-refused', `The instance knows no such address.${detail}`, 'Whoever made this page can correct it.');
    case 401:
      return fault('sign-in-needed', `${it} is only for some who are signed in on its instance.`, 'It may be watched there.');
    case 403:
      return fault('forbidden', `${it} may not be watched here.${detail}`, 'Its instance decides that.');
    case 404:
      // PeerTube says what it did not find; a server that is none says something else.
      if (!said) return fault(NO_INSTANCE, 'There is no PeerTube at this address, or its API is closed.', 'It was asked as a server that federates, too.');
      return fault(`${what}-missing`, `There is no such ${what} on this instance.`, 'It may have been deleted, or its address may be wrong.');
    case 410:
      return fault(`${what}-gone`, `${it} has been deleted.`, 'It will not come back.');
    case 429:
      return fault('too-many-requests', 'The instance has been asked too often from this network.', 'It was waited for, in vain; trying again later helps.', 2);
    default:
      return fault('instance-failing', `The instance answered ${status}.${detail}`, 'It was asked more than once; trying again later may help.', 2);
  }
}

export const notEmbeddable = (): Fault =>
  fault('domain-not-allowed', 'The owner of this video does not let this site show it.', 'It may be watched on its instance.');

export const unreachable = (origin: string, slow: boolean): Fault =>
  slow
    ? fault('instance-slow', `${origin} took too long to answer.`, 'It was asked more than once; trying again later may help.', 2)
    : fault('instance-unreachable', `${origin} could not be reached: no answer, or forbidden by CORS or by the connect-src of the page's content security policy.`, 'It was asked more than once.', 2);

export const unreadable = (origin: string, why: string): Fault =>
  fault(UNREADABLE, `What ${origin} answered is not what a PeerTube instance answers: ${why}.`, 'Nothing of it was used.');

/** That it does not play is nobody's fault. */
export function isStanding(state: State): state is Standing['state'] {
  return state !== 'published';
}

/** Why a video that was found does not play; undefined where it does. */
export function unplayable({ state, source, live }: Pick<InstanceVideo, 'state' | 'source' | 'live'>): Fault | undefined {
  switch (state) {
    case 'waiting':
      return fault('live-waiting', 'This live has not begun.', 'It plays as soon as it does.');
    case 'ended':
      return fault('live-ended', 'This live is over.', 'It may come back as a video.');
    case 'blocked':
      return fault('video-blocked', 'This video has been blocked on its instance.', 'Its moderators decide that.');
    case 'unavailable':
      return fault('video-unavailable', 'This video could not be prepared by its instance.', 'Its owner may send it anew.');
    case 'published':
    case 'transcoding':
      if (source) return undefined;
      if (state === 'transcoding') return fault('video-transcoding', 'This video is still being prepared by its instance.', 'It plays once that is done.');
      return fault('nothing-playable', `The instance names no file of this ${live ? 'live' : 'video'} that may be fetched.`, 'Only http and https addresses are.');
  }
}

function fault(name: string, message: string, tried: string, code = 4): Fault {
  return { culprit: 'origin', code, name, message, tried };
}
