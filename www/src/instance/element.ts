// An element that names a video on an instance: what does it ask for, and when? The video itself at once, one request; what
// comes with it once it plays (`company.ts`). What it finds it writes where the page would have written it, and leaves what
// the page has written. A video that is not there yet, or may end, is followed to what it becomes (`states.ts`): a session
// of a live that is over is let go, and the next one, under the same names, is opened as if nothing had been.

import type { SpratVideo } from '../elements/sprat-video.ts';
import { type Fault, FaultError } from '../fault.ts';
import type { Source } from '../video/source.ts';
import { type Address, readAddress } from './address.ts';
import { BROWSER, api } from './api.ts';
import { Attributes } from './attributes.ts';
import { logErrors } from './clientlog.ts';
import { heedBlocks, ownersOf } from './blocked.ts';
import { Company } from './company.ts';
import { configOf, isConfigured, whenConfigured } from './config.ts';
import { Doors, keepOpen } from './doors.ts';
import type { Extras, InstanceVideo, Standing } from './model.ts';
import { Question } from './question.ts';
import { PASSWORD_NEEDED, PASSWORD_WRONG, isStanding, notEmbeddable, unplayable } from './refusal.ts';
import { resolve } from './resolve.ts';
import type { InstancePlugins } from './scripts.ts';
import { type Known, States } from './states.ts';

/** What the element has to be told. */
export interface Hooks {
  /** What is to be played now: nothing, or, where something plays, the same at another address. */
  found(source: Source | undefined): void;
  failed(fault: Fault): void;
}

/** An element that leaves while it waits says nothing of it. */
const STILL_THERE_MS = 1_000;
/** Of a live that is over, viewers still have what was brought of it: until it has stood still for so long, and no longer than that. */
const [STANDS_MS, LONGEST_REST_MS] = [3_000, 90_000];

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
  readonly #question: Question;
  #showing: AbortController | undefined;
  /** The viewer has said that they want to see what there is. */
  #accepted = false;
  #stood = false;

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
    let states: States | undefined;
    try {
      const address = readAddress(this.text, this.media.baseURI);
      if (address.kind !== 'video') throw new FaultError(NOT_A_VIDEO);
      const doors = new Doors(address, api, this.password);
      let known = await this.#resolve(address, doors);
      signal.throwIfAborted();
      states = this.#states(address, doors, known);
      for (let [seen, wanted] = [false, false]; ; ) {
        const [video] = known;
        this.#publish({ instanceVideo: video });
        this.#attributes.take(video, address);
        this.#say('instancevideo', video);
        const fault = unplayable(video);
        if (fault) {
          wanted ||= !this.media.paused || this.media.autoplay;
          if (!this.#stands(video, fault, seen)) return;
        } else {
          await this.#show(known, doors, address);
          // What was recorded of what was just watched is another thing, and does not begin by itself.
          if (wanted && (video.live || !seen)) queueMicrotask(() => this.media.play().catch(() => {}));
          // A film is one, and stays so.
          if (!video.live) return;
          await this.#begun(states);
          seen = true;
        }
        known = await states.next(known);
        if (fault) continue;
        await this.#rested(states);
        // Who watched goes on with the next session.
        const { paused, ended, error } = this.media;
        wanted = !paused || ended || error !== null;
        this.#close();
      }
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
    } finally {
      clearInterval(watch);
      states?.end();
    }
  }

  /** Forgets all that it has written. */
  leave(): void {
    this.over = true;
    this.#abort.abort();
    this.#showing?.abort();
    this.#attributes.takeBack();
    this.#publish({ instanceVideo: undefined, instanceExtras: undefined });
    this.media.infoHashes = this.media.redundancies = undefined;
    if (this.#stood) this.#say('instancestate', null);
  }

  #states(address: Address, doors: Doors, [{ id, origin }, activity]: Known): States {
    const { signal } = this.#abort;
    // Who is not to be followed asks, and says nothing.
    const listens = id !== undefined && activity === undefined && !this.#untold;
    const late = (error: unknown) => {
      // Who has waited is not turned away because of one answer that did not come.
      if (signal.aborted || !(error instanceof FaultError) || error.fault.code !== 2) throw error;
      return undefined;
    };
    return new States({
      ask: () => this.#resolve(address, doors).catch(late),
      ...(listens && { listen: listener => import('./socket.ts').then(({ listen }) => listen(origin, id, listener)) }),
      starves: () => this.media.error !== null || (!this.media.paused && this.media.readyState < 3),
      viewers: count => this.#say('viewerschange', { viewers: count }),
    }, BROWSER, signal);
  }

  /** It may be seen, and is there. */
  async #show(known: Known, doors: Doors, address: Address): Promise<void> {
    const { signal } = this.#abort;
    const [video, activity, answer] = known;
    if (!video.embedAnywhere && !(await doors.mayEmbed(video.uuid, signal))) throw new FaultError(notEmbeddable());
    await this.#warned(video);
    const opened = await doors.open(this.#host.getAttribute('mode') === 'web-video' && video.file ? { ...video, source: video.file } : video, signal);
    signal.throwIfAborted();
    const showing = (this.#showing = new AbortController());
    this.#attributes.give('integrity', opened.integrity);
    this.#stop(address.stop, showing.signal);
    const { media } = this;
    // Copies are of what is for everybody: what a token opens is the instance's alone.
    media.redundancies = video.peersAllowed ? video.redundancies : undefined;
    // Where there is no REST, nobody hears.
    const tells = activity === undefined && !this.#untold;
    if (tells) logErrors(media, video, doors, showing.signal);
    const company = new Company({
      media, doors, tells, attributes: this.#attributes, question: this.#question,
      extras: extras => {
        this.#publish({ instanceExtras: extras });
        this.#say('instanceextras', extras);
      },
      scripts: scripts => this.#say('instanceplugins', { origin: video.origin, scripts, video: answer ?? video }),
    }, showing.signal);
    media.addEventListener('playing', () => void company.join(known), { once: true, signal: showing.signal });
    this.#found(opened);
    keepOpen(media, video, doors, showing.signal, opened => {
      this.#attributes.replace('integrity', opened.integrity);
      this.#found(opened);
    });
  }

  /** The element lets go of all that it has of it: what comes next may have the same names. */
  #close(): void {
    this.#showing?.abort();
    this.#publish({ instanceExtras: undefined });
    this.media.infoHashes = this.media.redundancies = undefined;
    this.hooks.found(undefined);
  }

  #found({ source }: InstanceVideo): void {
    this.hooks.found({ url: source!.url, hls: source!.kind === 'hls' });
  }

  /** Nothing more is asked of a live before it is played. One that fails may be over: the instance knows. */
  async #begun(states: States): Promise<void> {
    const { media } = this;
    const { signal } = this.#showing!;
    media.addEventListener('error', () => states.doubt(), { signal });
    await new Promise<void>(resolve => {
      for (const type of ['playing', 'error']) media.addEventListener(type, () => resolve(), { signal });
      signal.addEventListener('abort', () => resolve());
    });
    this.#abort.signal.throwIfAborted();
  }

  /** What has been brought is shown to its end, unless something else is there. */
  async #rested(states: States): Promise<void> {
    const { media } = this;
    for (let [rest, stood] = [0, 0]; rest < LONGEST_REST_MS && stood < STANDS_MS; rest += STILL_THERE_MS) {
      if (states.heard || media.paused || media.ended || media.error) return;
      stood = media.readyState < 3 ? stood + STILL_THERE_MS : 0;
      await new Promise(resolve => setTimeout(resolve, STILL_THERE_MS));
      this.#abort.signal.throwIfAborted();
    }
  }

  /** Why nothing plays is said; false where that will not change. */
  #stands(video: InstanceVideo, fault: Fault, seen: boolean): boolean {
    const { state, live, schedules } = video;
    if (!isStanding(state) || fault.name === 'nothing-playable') throw new FaultError(fault);
    const standing: Standing = { state, live, schedules, seen, message: fault.message, tried: fault.tried };
    this.#stood = true;
    const unsaid = this.#say('instancestate', standing);
    const changes = state !== 'blocked' && state !== 'unavailable';
    if (!changes) this.over = this.failed = true;
    if (unsaid && this.media.error?.name !== fault.name) this.hooks.failed(fault);
    return changes;
  }

  /**
   * Who warns of what a video shows says so, and then nothing of it is fetched before the viewer has accepted that; unless the
   * instance shows such videos to everybody. What it does is asked once the video is to play, for that is a request more.
   */
  async #warned(video: InstanceVideo): Promise<void> {
    const { nsfw, origin, poster } = video;
    const { signal } = this.#abort;
    if (!nsfw || this.#accepted) return;
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
    this.#accepted = true;
  }

  async #resolve(address: Address, doors: Doors): Promise<Known> {
    const { media } = this;
    const urgency = !media.paused || media.autoplay ? 'now' : 'soon';
    await heedBlocks([address.origin]);
    const known = await resolve(address, doors, { urgency, width: media.clientWidth * devicePixelRatio, signal: this.#abort.signal });
    const [{ activityUrl }, activity, answer] = known;
    await heedBlocks([activityUrl, ...ownersOf(answer ?? activity)]);
    return known;
  }

  /** The instance is to hear of nothing. */
  get #untold(): boolean {
    return navigator.doNotTrack === '1' || this.#host.hasAttribute('dnt') || this.media.hasAttribute('dnt');
  }

  #failed(error: unknown): void {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    this.over = this.failed = true;
    // What was on air is there no more.
    if (this.#showing) this.#close();
    const asks = fault.name === PASSWORD_NEEDED || fault.name === PASSWORD_WRONG;
    // Who asks for the password says so, and shows the question in place of the error.
    if (asks && !this.#say('passwordrequired', fault)) return;
    this.hooks.failed(fault);
  }

  /** The end of a media fragment: playback stops there once, and may be taken further. A player sees to it by itself. */
  #stop(stop: number | undefined, signal: AbortSignal): void {
    if (stop === undefined) return;
    if (this.#host !== this.media) return this.#attributes.give('stop', String(stop), this.#host);
    const { media } = this;
    const reached = new AbortController();
    signal.addEventListener('abort', () => reached.abort());
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
  #say(type: string, detail: InstanceVideo | Extras | InstancePlugins | Fault | Standing | { viewers: number } | null): boolean {
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
