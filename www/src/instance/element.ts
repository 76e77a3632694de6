// An element that names a video on an instance: what does it ask for, and when? The video itself at once, one request; its
// captions, chapters, storyboards and the names of its swarms once it plays. What it finds it writes where the page would have
// written it, and leaves what the page has written. While it plays, the instance hears of it.

import type { SpratVideo } from '../elements/sprat-video.ts';
import { type Fault, FaultError } from '../fault.ts';
import type { Source } from '../video/source.ts';
import { ACCEPT, chaptersAddress, readActivity, readActivityExtras, readPublished } from './activity.ts';
import { type Address, readAddress } from './address.ts';
import { api } from './api.ts';
import { Attributes } from './attributes.ts';
import { configOf, isConfigured, whenConfigured } from './config.ts';
import { Doors } from './doors.ts';
import { Hearing } from './hearing.ts';
import type { Extras, InstanceVideo } from './model.ts';
import { Question } from './question.ts';
import { NO_INSTANCE, PASSWORD_NEEDED, PASSWORD_WRONG, UNREADABLE, notEmbeddable, unplayable, unreadable } from './refusal.ts';
import { captionTracks } from './tracks.ts';
import { readExtras, readVideo } from './video.ts';

/** What the element has to be told. */
export interface Hooks {
  found(source: Source): void;
  failed(fault: Fault): void;
}

/** An element that leaves while it waits says nothing of it. */
const STILL_THERE_MS = 1_000;
/** Whether a live has begun is asked after this, and then ever more seldom: a schedule may be hours away. */
const [FIRST_POLL_MS, LONGEST_POLL_MS] = [10_000, 60_000];

const followed = new WeakMap<SpratVideo, Follower>();

/**
 * The element's address is new, or it has come back. Nothing happens where that is under way or done, or has failed and is
 * not to be tried `again`.
 */
export function follow(media: SpratVideo, hooks: Hooks, { password, again }: { password?: string; again?: boolean } = {}): void {
  const text = media.getAttribute('peertube');
  const before = followed.get(media);
  const settled = before && (before.failed ? !again : !before.over);
  if (settled && before.text === text && password === undefined) return;
  before?.leave();
  followed.delete(media);
  if (text === null || !media.isConnected) return;
  // The word that opened it once opens it again.
  const word = password ?? (before?.text === text ? before.password : undefined);
  const follower = new Follower(media, hooks, text, word);
  followed.set(media, follower);
  void follower.begin();
}

/** The viewer was told that the video is sensitive, and wants to see it. */
export function accept(media: SpratVideo): void {
  followed.get(media)?.accept();
}

class Follower {
  over = false;
  failed = false;
  accept = (): void => {};
  readonly #abort = new AbortController();
  readonly #attributes: Attributes;
  /** The player around it, which is the page's; or itself. */
  readonly #host: HTMLElement;
  readonly #tracks: HTMLTrackElement[] = [];
  readonly #question: Question;
  #hearing: Hearing | undefined;

  constructor(
    private readonly media: SpratVideo,
    private readonly hooks: Hooks,
    readonly text: string,
    readonly password: string | undefined,
  ) {
    this.#host = hostOf(media);
    this.#attributes = new Attributes(media, this.#host);
    this.#question = new Question(media, this.#abort.signal);
  }

  async begin(): Promise<void> {
    const { signal } = this.#abort;
    const watch = setInterval(() => this.media.isConnected || this.leave(), STILL_THERE_MS);
    try {
      const address = readAddress(this.text, this.media.baseURI);
      if (address.kind !== 'video') throw new FaultError(NOT_A_VIDEO);
      const doors = new Doors(address, api, this.password);
      const [video, activity] = await this.#begun(address, doors);
      if (!video.embedAnywhere && !(await doors.mayEmbed(video.uuid, signal))) throw new FaultError(notEmbeddable());
      const fault = unplayable(video);
      if (fault) throw new FaultError(fault);
      await this.#warned(video);
      const opened = await doors.open(this.#host.getAttribute('mode') === 'web-video' && video.file ? { ...video, source: video.file } : video, signal);
      signal.throwIfAborted();
      this.#attributes.give('integrity', opened.integrity);
      // Copies are of what is for everybody: what a token opens is the instance's alone.
      this.media.redundancies = video.peersAllowed ? video.redundancies : undefined;
      this.#stop(address.stop);
      this.media.addEventListener('playing', () => void this.#played(video, doors, activity), { once: true, signal });
      this.hooks.found({ url: opened.source!.url, hls: opened.source!.kind === 'hls' });
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      clearInterval(watch);
    }
  }

  /** Forgets all that it has written. */
  leave(): void {
    this.over = true;
    this.#abort.abort();
    this.#attributes.takeBack();
    this.#hearing?.stop();
    for (const track of this.#tracks) track.remove();
    this.#publish({ instanceVideo: undefined, instanceExtras: undefined });
    this.media.infoHashes = this.media.redundancies = undefined;
  }

  /** The video, once it is more than a promise: a live may have to be waited for. */
  async #begun(address: Address, doors: Doors): Promise<[InstanceVideo, unknown?]> {
    const { signal } = this.#abort;
    let wanted = false;
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(LONGEST_POLL_MS, pause * 1.5)) {
      const [video, activity] = await this.#resolve(address, doors).catch((error: unknown) => {
        // Who has waited is not turned away because of one answer that did not come.
        if (pause === FIRST_POLL_MS || signal.aborted || !(error instanceof FaultError) || error.fault.code !== 2) throw error;
        return [];
      });
      signal.throwIfAborted();
      if (!video) {
        await this.#sleep(pause);
        continue;
      }
      this.#publish({ instanceVideo: video });
      this.#attributes.take(video, address);
      this.#say('instancevideo', video);
      if (video.state !== 'waiting') {
        if (wanted) queueMicrotask(() => this.media.play().catch(() => {}));
        return [video, activity];
      }
      wanted ||= !this.media.paused || this.media.autoplay;
      const fault = unplayable(video);
      if (fault && this.media.error?.name !== fault.name) this.hooks.failed(fault);
      await this.#sleep(pause);
    }
  }

  /**
   * Who warns of what a video shows says so, and then nothing of it is fetched before the viewer has accepted that; unless the
   * instance shows such videos to everybody. What it does is asked once the video is to play, for that is a request more.
   */
  async #warned(video: InstanceVideo): Promise<void> {
    const { nsfw, origin, poster } = video;
    const { signal } = this.#abort;
    if (!nsfw) return;
    const asks = () => configOf(origin, api);
    const known = isConfigured(origin) || !this.media.paused || this.media.autoplay;
    const policy = known ? (await asks()).sensitive : undefined;
    signal.throwIfAborted();
    if (policy === 'display' || policy === 'warn') this.#attributes.give('poster', poster);
    if (policy === 'display') return;
    const accepted = new Promise<void>(resolve => (this.accept = resolve));
    const warned = !this.#say('sensitivecontent', policy ? { ...video, nsfw: { ...nsfw, policy } } : video);
    if (!known) {
      this.media.addEventListener('play', () => void asks(), { once: true, signal });
      whenConfigured(origin, ({ sensitive }) => sensitive === 'display' && this.accept());
    }
    if (warned) await accepted;
    signal.throwIfAborted();
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, ms));
    this.#abort.signal.throwIfAborted();
  }

  /** By REST; by the object that federates, where there is no REST. */
  async #resolve({ origin, id }: Address, doors: Doors): Promise<[InstanceVideo, unknown?]> {
    const { signal } = this.#abort;
    const waits = !this.media.paused || this.media.autoplay;
    const width = this.media.clientWidth * devicePixelRatio;
    try {
      const json = await doors.ask(`${origin}/api/v1/videos/${id}`, { urgency: waits ? 'now' : 'soon', signal });
      const video = readVideo(json, origin, width);
      if (!video) throw new FaultError(unreadable(origin, 'it is no video'));
      return [video];
    } catch (error) {
      if (!(error instanceof FaultError) || ![NO_INSTANCE, UNREADABLE].includes(error.name)) throw error;
      const activity = await this.#federated(`${origin}/videos/watch/${id}`);
      const video = readActivity(activity, origin, width);
      if (!video) throw error;
      return [video, activity];
    }
  }

  /** What instances tell one another; nothing where it cannot be had. */
  async #federated(url: string | undefined): Promise<unknown> {
    return url && api.ask(url, { headers: { accept: ACCEPT }, signal: this.#abort.signal }).catch(() => undefined);
  }

  /** The first frame is there: what it did not need comes now. */
  async #played(video: InstanceVideo, doors: Doors, activity?: unknown): Promise<void> {
    const { origin, uuid } = video;
    const { signal } = this.#abort;
    const of = (name: string) => doors.ask(`${origin}/api/v1/videos/${uuid}/${name}`, { signal }).catch(() => undefined);
    // Where there is no REST, nobody hears.
    const tells = activity === undefined && navigator.doNotTrack !== '1' && !this.#host.hasAttribute('dnt') && !this.media.hasAttribute('dnt');
    if (tells) this.#hearing = new Hearing(this.media, video, doors);
    const config = configOf(origin, api);
    await Promise.all([
      this.#joinSwarm(video, config, activity),
      config.then(config => signal.aborted || this.#hearing?.heed(config)),
      activity === undefined
        ? Promise.all(['captions', 'chapters', 'storyboards'].map(of)).then(([captions, chapters, storyboards]) =>
            this.#show(readExtras(captions, chapters, storyboards, origin), doors))
        : this.#federated(chaptersAddress(activity, origin)).then(chapters => this.#show(readActivityExtras(activity, origin, chapters), doors)),
    ]);
  }

  /** Nobody is met before the instance has said which swarms there are. */
  async #joinSwarm(video: InstanceVideo, config: ReturnType<typeof configOf>, given?: unknown): Promise<void> {
    const { signal } = this.#abort;
    if (!video.peersAllowed || !video.integrity || this.media.getAttribute('p2p') === 'off') return;
    const [activity, { tracker, sharesByDefault }] = await Promise.all([
      given ?? this.#federated(video.activityUrl),
      config,
    ]);
    if (signal.aborted) return;
    const published = readPublished(activity, video.uuid);
    const closed = !tracker && video.remoteHost === undefined;
    if (published?.smallLatency || closed) this.#attributes.forbidPeers();
    // None, where none can be had: then everything comes from the server, and `stats` says why.
    else this.media.infoHashes = published?.infoHashes ?? [];
    // On its own pages the instance speaks for the page.
    if (video.origin === location.origin) this.#attributes.give('p2p', sharesByDefault ? 'on' : 'ask');
    if (this.media.infoHashes?.length) this.#question.ask();
  }

  #show(extras: Extras, doors: Doors): void {
    if (this.#abort.signal.aborted) return;
    this.#tracks.push(...captionTracks(extras.captions, url => doors.address(url)));
    this.media.append(...this.#tracks);
    this.#publish({ instanceExtras: extras });
    this.#say('instanceextras', extras);
  }

  #failed(error: unknown): void {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    this.over = this.failed = true;
    const asks = fault.name === PASSWORD_NEEDED || fault.name === PASSWORD_WRONG;
    // Who asks for the password says so, and shows the question in place of the error.
    if (asks && !this.#say('passwordrequired', fault)) return;
    this.hooks.failed(fault);
  }

  /** The end of a media fragment: playback stops there once, and may be taken further. A player sees to it by itself. */
  #stop(stop: number | undefined): void {
    if (stop === undefined) return;
    if (this.#host !== this.media) return this.#attributes.give('stop', String(stop), this.#host);
    const { media } = this;
    const reached = new AbortController();
    this.#abort.signal.addEventListener('abort', () => reached.abort());
    media.addEventListener('timeupdate', () => {
      if (media.seeking || media.currentTime < stop) return;
      reached.abort();
      if (media.currentTime < stop + 1) media.pause();
    }, { signal: reached.signal });
  }

  /** On the player, too, if there is one. */
  #publish(properties: { instanceVideo?: InstanceVideo | undefined; instanceExtras?: Extras | undefined }): void {
    for (const element of new Set([this.media, this.#host])) {
      for (const [name, value] of Object.entries(properties)) Object.defineProperty(element, name, { configurable: true, value });
    }
  }

  /** Reaches the player by itself. False where somebody has taken it in hand. */
  #say(type: string, detail: InstanceVideo | Extras | Fault): boolean {
    return this.media.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }
}

/** The player around a video is what the page has. */
function hostOf(media: SpratVideo): HTMLElement {
  const root = media.getRootNode();
  return root instanceof ShadowRoot && root.host.localName === 'sprat-player' ? (root.host as HTMLElement) : media;
}

const NOT_A_VIDEO: Fault = {
  culprit: 'player',
  code: 4,
  name: 'instance-address',
  message: 'The address is that of a playlist, and this element plays one video.',
  tried: 'Nothing was fetched. <sprat-playlist> plays it.',
};

