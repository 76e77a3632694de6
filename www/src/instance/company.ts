// The first frame of a video is there: what it did not need for that comes now. Captions, chapters and storyboards; the names
// of the swarms that the instance lists; and the instance begins to hear of it, unless it is not to.

import type { SpratVideo } from '../elements/sprat-video.ts';
import { chaptersAddress, readActivityExtras, readPublished } from './activity.ts';
import { api } from './api.ts';
import type { Attributes } from './attributes.ts';
import { type InstanceConfig, configOf } from './config.ts';
import type { Doors } from './doors.ts';
import { Hearing } from './hearing.ts';
import type { Extras, InstanceVideo } from './model.ts';
import type { Question } from './question.ts';
import { federated } from './resolve.ts';
import type { PluginScript } from './scripts.ts';
import type { Known } from './states.ts';
import { captionTracks } from './tracks.ts';
import { readExtras } from './video.ts';

export interface Around {
  media: SpratVideo;
  attributes: Attributes;
  question: Question;
  doors: Doors;
  /** The instance may be told. */
  tells: boolean;
  extras(found: Extras): void;
  scripts(found: PluginScript[]): void;
}

export class Company {
  readonly #tracks: HTMLTrackElement[] = [];

  constructor(
    private readonly around: Around,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.#tracks.forEach(track => track.remove()));
  }

  async join([video, activity]: Known): Promise<void> {
    const { media, doors, tells } = this.around;
    const { signal } = this;
    const { origin, uuid } = video;
    const of = (name: string) => doors.ask(`${origin}/api/v1/videos/${uuid}/${name}`, { signal }).catch(() => undefined);
    const hearing = tells ? new Hearing(media, video, doors) : undefined;
    signal.addEventListener('abort', () => hearing?.stop());
    const config = configOf(origin, api);
    await Promise.all([
      this.#joinSwarm(video, config, activity),
      config.then(config => {
        if (signal.aborted) return;
        hearing?.heed(config);
        if (config.scripts.length > 0) this.around.scripts(config.scripts);
      }),
      activity === undefined
        ? Promise.all(['captions', 'chapters', 'storyboards'].map(of)).then(([captions, chapters, storyboards]) =>
            this.#show(readExtras(captions, chapters, storyboards, origin)))
        : federated(chaptersAddress(activity, origin), signal).then(chapters => this.#show(readActivityExtras(activity, origin, chapters))),
    ]);
  }

  /** Nobody is met before the instance has said which swarms there are. */
  async #joinSwarm(video: InstanceVideo, config: Promise<InstanceConfig>, given?: unknown): Promise<void> {
    const { signal } = this;
    const { media, attributes, question } = this.around;
    if (!video.peersAllowed || !video.integrity || media.getAttribute('p2p') === 'off') return;
    // What swarms there are only its own instance says.
    const known = new URL(video.activityUrl).host === new URL(video.origin).host ? given : undefined;
    const [activity, { tracker, sharesByDefault }] = await Promise.all([
      known ?? federated(video.activityUrl, signal),
      config,
    ]);
    if (signal.aborted) return;
    const published = readPublished(activity, video.uuid);
    const closed = !tracker && video.remoteHost === undefined;
    if (published?.smallLatency || closed) attributes.forbidPeers();
    // None, where none can be had: then everything comes from the server, and `stats` says why.
    else media.infoHashes = published?.infoHashes ?? [];
    // On its own pages the instance speaks for the page.
    if (video.origin === location.origin) attributes.give('p2p', sharesByDefault ? 'on' : 'ask');
    if (media.infoHashes?.length) question.ask();
  }

  #show(extras: Extras): void {
    if (this.signal.aborted) return;
    const { media, doors } = this.around;
    this.#tracks.push(...captionTracks(extras.captions, url => doors.address(url)));
    media.append(...this.#tracks);
    this.around.extras(extras);
  }
}
