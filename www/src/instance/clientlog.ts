// What does an instance hear of what goes wrong? The errors that its viewers are shown, as its own player tells them: whoever
// runs it can look into what fails. Each kind once for a video, few for a page, and nothing of who the viewer is or of what
// else they have open. An instance that does not want to hear is not told again.

import type { SpratVideo } from '../elements/sprat-video.ts';
import type { Fault } from '../fault.ts';
import type { Doors } from './doors.ts';
import type { Json } from './judge.ts';
import type { InstanceVideo } from './model.ts';

const CLIENT_LOG = '/api/v1/server/logs/client';
/** PeerTube takes thirty a minute from an address, and a crowd may be behind one. */
const MOST = 5;

/** By the instance's origin: how many more it is told. */
const left = new Map<string, number>();

/** While the video is shown. */
export function logErrors(media: SpratVideo, video: InstanceVideo, doors: Doors, signal: AbortSignal): void {
  const log = new ClientLog(video, location, media.engineVersion, post => doors.ask(video.origin + CLIENT_LOG, { post, urgency: 'late' }));
  media.addEventListener('error', event => void log.failed((event as unknown as CustomEvent<Fault>).detail), { signal });
}

export class ClientLog {
  readonly #told = new Set<string>();

  constructor(
    private readonly video: Pick<InstanceVideo, 'origin' | 'uuid'>,
    private readonly page: Pick<Location, 'origin' | 'pathname'>,
    private readonly version: string,
    /** Throws where it is refused. */
    private readonly post: (body: Json) => Promise<unknown>,
  ) {}

  async failed({ culprit, code, name, message }: Fault): Promise<void> {
    const { origin, uuid } = this.video;
    const most = left.get(origin) ?? MOST;
    if (most <= 0 || this.#told.has(name)) return;
    this.#told.add(name);
    left.set(origin, most - 1);
    const body = {
      message: `${name}: ${message}`.slice(0, 1000),
      // Of other sites, an instance learns no more than what a browser says to it by itself.
      url: this.page.origin === origin ? this.page.origin + this.page.pathname : this.page.origin,
      level: 'error',
      meta: JSON.stringify({ player: `sprat ${this.version}`, video: uuid, culprit, code }),
    };
    await this.post(body).catch(() => left.set(origin, 0));
  }
}
