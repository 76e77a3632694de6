// Who may see the video? Its password, or the name that a viewer signed in with on the instance's own pages, opens what the
// API says of it; a token that these are exchanged for opens its files, for eight hours: before those are over, another does.

import { FaultError } from '../fault.ts';
import type { Address } from './address.ts';
import type { Api, Request } from './api.ts';
import { type Json, date, object, text } from './judge.ts';
import type { InstanceVideo } from './model.ts';

const PASSWORD_HEADER = 'x-peertube-video-password';
/** A header takes no more than Latin-1, and a server no more than some kilobytes. */
const MOST_PASSWORD = 1000;

/** What PeerTube gives. What is said to last less than the one or longer than the other is said by a clock that is wrong. */
const [USUAL_LIFE_MS, SHORTEST_LIFE_MS, LONGEST_LIFE_MS] = [8 * 3_600_000, 10_000, 48 * 3_600_000];
/** Of its life, after which a token is replaced: where nobody sees it, and in any case. */
const [AGED, OLD] = [0.7, 0.9];

const LOOK_MS = 60_000;

export class Doors {
  readonly signedIn: boolean;
  #headers: Record<string, string>;
  #token: string | undefined;
  #life: { from: number; ms: number } | undefined;
  readonly #origin: string;

  constructor(
    { origin }: Pick<Address, 'origin'>,
    private readonly api: Api,
    password?: string,
  ) {
    this.#origin = origin;
    const authorization = authorizationOn(origin);
    this.signedIn = authorization !== undefined;
    this.#headers = {
      ...(authorization && { authorization }),
      ...(password !== undefined && { [PASSWORD_HEADER]: headerText(password) }),
    };
  }

  /** As who the viewer is. What they signed in with may have expired: then as anybody. */
  async ask(url: string, request: Request = {}): Promise<unknown> {
    try {
      return await this.api.ask(url, { ...request, ...this.#with(request) });
    } catch (error) {
      const { authorization, ...others } = this.#headers;
      if (!authorization || !(error instanceof FaultError) || error.name !== 'sign-in-needed') throw error;
      this.#headers = others;
      return this.api.ask(url, { ...request, ...this.#with(request) });
    }
  }

  tell(path: string, body: Json): void {
    this.api.tell(`${this.#origin}${path}`, body, this.#headers);
  }

  /** The video with the addresses of its files as they may be fetched. */
  async open(video: InstanceVideo, signal: AbortSignal): Promise<InstanceVideo> {
    const { source, integrity, privacy, uuid } = video;
    if (!source || privacy === 'public' || privacy === 'unlisted') return video;
    const json = await this.ask(`${this.#origin}/api/v1/videos/${uuid}/token`, { urgency: 'now', signal, post: {} });
    const { token, expires } = object(object(json)['files']);
    this.#token = text(token, 200);
    this.#life = this.#token === undefined ? undefined : { from: Date.now(), ms: lifeOf(expires) };
    return {
      ...video,
      // The server writes the token into a playlist's addresses, where nobody else could.
      source: { ...source, url: this.address(source.url, source.kind === 'hls') },
      ...(integrity && { integrity: this.address(integrity) }),
    };
  }

  /** Whether the files should be opened anew: while playback stands, or at last while it goes on. */
  ages(paused: boolean): boolean {
    if (!this.#life) return false;
    const { from, ms } = this.#life;
    return Date.now() - from >= ms * (paused ? AGED : OLD);
  }

  /** How often to look; a computer that slept has let a timer sleep. */
  get patience(): number | undefined {
    return this.#life && Math.min(LOOK_MS, this.#life.ms / 20);
  }

  /** With the token, on the instance that it is good for. */
  address(url: string, isPlaylist = false): string {
    if (this.#token === undefined || new URL(url).origin !== this.#origin) return url;
    const opened = new URL(url);
    opened.searchParams.set('videoFileToken', this.#token);
    if (isPlaylist) opened.searchParams.set('reinjectVideoFileToken', 'true');
    return opened.href;
  }

  /** Owners may name the sites that embed a video (8.1); an instance that does not know of it has no such owners. */
  async mayEmbed(uuid: string, signal: AbortSignal): Promise<boolean> {
    const domain = embeddingHost();
    if (!domain || domain === new URL(this.#origin).hostname) return true;
    const url = `${this.#origin}/api/v1/videos/${uuid}/embed-privacy/allowed?domain=${encodeURIComponent(domain)}`;
    const { domainAllowed, userBypassAllowed } = object(await this.ask(url, { urgency: 'now', signal }));
    return domainAllowed === true || userBypassAllowed === true;
  }

  #with({ headers }: Request): { headers?: Record<string, string> } {
    const all = { ...headers, ...this.#headers };
    return Object.keys(all).length > 0 ? { headers: all } : {};
  }
}

/** While the video is shown: `renewed` with other addresses of its files, before those that are known open nothing any more. */
export function keepOpen(media: HTMLMediaElement, video: InstanceVideo, doors: Doors, signal: AbortSignal, renewed: (opened: InstanceVideo) => void): void {
  if (doors.patience === undefined) return;
  const look = setInterval(() => {
    if (doors.ages(media.paused)) doors.open(video, signal).then(opened => signal.aborted || renewed(opened), () => {});
  }, doors.patience);
  signal.addEventListener('abort', () => clearInterval(look));
}

/** On its own pages PeerTube keeps there what a viewer signed in with. */
export function authorizationOn(origin: string): string | undefined {
  if (globalThis.location?.origin !== origin) return undefined;
  try {
    const [token, type] = ['access_token', 'token_type'].map(key => localStorage.getItem(key));
    return token && /^bearer$/i.test(type ?? '') && /^[\x21-\x7e]{1,500}$/.test(token) ? `Bearer ${token}` : undefined;
  } catch {
    return undefined;
  }
}

function lifeOf(expires: unknown): number {
  const ms = (date(expires) ?? NaN) - Date.now();
  return ms >= SHORTEST_LIFE_MS && ms <= LONGEST_LIFE_MS ? ms : USUAL_LIFE_MS;
}

/**
 * A header is Latin-1 (Fetch, ByteString), and PeerTube reads it so. No other character can be in a password that anybody
 * could give; one goes as bytes that are refused there, for the browser would throw.
 */
function headerText(password: string): string {
  const clean = password.replace(/[\0\r\n]/g, '').slice(0, MOST_PASSWORD);
  return /^[\0-\xff]*$/.test(clean) ? clean : String.fromCharCode(...new TextEncoder().encode(clean));
}

/** The site that the video stands on: around the frame, where there is one. */
function embeddingHost(): string | undefined {
  if (window.parent === window) return location.hostname;
  const [outer] = [...(location.ancestorOrigins ?? [])].reverse();
  const address = outer && outer !== 'null' ? outer : document.referrer;
  return URL.canParse(address) ? new URL(address).hostname : undefined;
}
