// What does an instance say of a video? By REST; by the object that federates, where there is no REST.

import { FaultError } from '../fault.ts';
import { ACCEPT, readActivity } from './activity.ts';
import type { Address } from './address.ts';
import { api } from './api.ts';
import type { Doors } from './doors.ts';
import type { Urgency } from './gate.ts';
import { NO_INSTANCE, UNREADABLE, unreadable } from './refusal.ts';
import type { Known } from './states.ts';
import { readVideo } from './video.ts';

export interface How {
  urgency: Urgency;
  /** Device pixels that the picture takes. */
  width: number;
  signal: AbortSignal;
}

/** Throws a `FaultError`. */
export async function resolve({ origin, id }: Address, doors: Doors, { urgency, width, signal }: How): Promise<Known> {
  try {
    const json = await doors.ask(`${origin}/api/v1/videos/${id}`, { urgency, signal });
    const video = readVideo(json, origin, width);
    if (!video) throw new FaultError(unreadable(origin, 'it is no video'));
    return [video, undefined, json];
  } catch (error) {
    if (!(error instanceof FaultError) || ![NO_INSTANCE, UNREADABLE].includes(error.name)) throw error;
    const activity = await federated(`${origin}/videos/watch/${id}`, signal);
    const video = readActivity(activity, origin, width);
    if (!video) throw error;
    return [video, activity];
  }
}

/** What instances tell one another; nothing where it cannot be had. */
export async function federated(url: string | undefined, signal: AbortSignal): Promise<unknown> {
  return url && api.ask(url, { headers: { accept: ACCEPT }, signal }).catch(() => undefined);
}
