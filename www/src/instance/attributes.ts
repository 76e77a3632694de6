// What an instance says of a video is written where a page would write it: in attributes. The page's own stay as they are,
// and ours go again with the video. Only who may be met is not the page's to widen.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { Address } from './address.ts';
import type { InstanceVideo } from './model.ts';

interface Written {
  element: HTMLElement;
  name: string;
  value: string;
  before: string | null;
}

export class Attributes {
  readonly #written: Written[] = [];

  constructor(
    private readonly media: SpratVideo,
    private readonly host: HTMLElement,
  ) {}

  /** What was written before, of what the instance said then, gives way. */
  take(video: InstanceVideo, { start }: Address): void {
    this.takeBack();
    // Whether anything is shown of what is not for everybody is its instance's to say.
    if (!video.nsfw) this.give('poster', video.poster);
    if (this.host !== this.media) this.give('media-title', video.title || undefined, this.host);
    this.give('start', start === undefined ? undefined : String(start));
    // Captions come from the instance, and a browser reads them only where the video, too, asks by CORS.
    // A file elsewhere may be one that may be played, and not read.
    const { source, origin } = video;
    if (source && (source.kind === 'hls' || new URL(source.url).origin === origin)) this.give('crossorigin', 'anonymous');
    if (!video.peersAllowed) return this.forbidPeers();
    // Under the names that the instance publishes, and no others: a tracker blocks who announces one it does not know.
    this.give('naming', 'published');
    this.give('swarm', video.uuid);
    this.give('trackers', video.trackers.join(' ') || undefined);
  }

  /** Unless the page has said something else. */
  give(name: string, value: string | undefined, element: HTMLElement = this.media): void {
    if (value !== undefined && !element.hasAttribute(name)) this.#write(element, name, value);
  }

  /** What is ours to say has another value now. */
  replace(name: string, value: string | undefined): void {
    const written = this.#written.find(({ element, name: its }) => element === this.media && its === name);
    if (!written || value === undefined || this.media.getAttribute(name) !== written.value) return;
    written.value = value;
    this.media.setAttribute(name, value);
  }

  forbidPeers(): void {
    this.#write(this.media, 'p2p', 'off');
  }

  takeBack(): void {
    for (const { element, name, value, before } of this.#written.splice(0).reverse()) {
      if (element.getAttribute(name) !== value) continue;
      if (before === null) element.removeAttribute(name);
      else element.setAttribute(name, before);
    }
  }

  #write(element: HTMLElement, name: string, value: string): void {
    this.#written.push({ element, name, value, before: element.getAttribute(name) });
    element.setAttribute(name, value);
  }
}
