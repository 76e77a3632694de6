// How is an instance asked? Every request passes the page's gate, ends after a while, is read up to a bound, and is made
// anew where that may help: after a failure of the network or the server, and after as long as `Retry-After` says. What
// comes back is JSON, or a fault that says whose it is.

import { boundedText } from '../bounded.ts';
import { takeEarly } from '../early.ts';
import { FaultError } from '../fault.ts';
import { type Clock, Gate, type Urgency } from './gate.ts';
import { type Json, object } from './judge.ts';
import { type What, refusal, unreachable, unreadable } from './refusal.ts';

/** A viewer waits no longer than this for one answer. */
const TIMEOUT_MS = 15_000;
const MOST_TRIES = 3;
/** The first pause between tries; each further one is twice as long. */
const PAUSE_MS = 1_000;
/** An instance may ask for a pause of up to its window, and a proxy before it for anything. */
const LONGEST_PAUSE_MS = 30_000;
/** A page of a hundred elements is some 400 KB; a configuration with many plugins as much. */
const MOST_BYTES = 4_000_000;
const MOST_PROBLEM_BYTES = 64_000;

export interface World extends Clock {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** 0 to 1. */
  chance(): number;
}

/** The page's. */
export const BROWSER: World = {
  fetch: (url, init) => fetch(url, init),
  now: () => performance.now(),
  after: (ms, due) => void setTimeout(due, ms),
  chance: Math.random,
};

export interface Request {
  what?: What;
  urgency?: Urgency;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Sent as JSON, by POST; `{}` is sent without a body. */
  post?: Json;
}

export class Api {
  readonly #gate: Gate;

  constructor(private readonly world: World = BROWSER) {
    this.#gate = new Gate(world);
  }

  /** The parsed answer; throws a `FaultError`, or an `AbortError` once the signal has fired. */
  async ask(url: string, request: Request = {}): Promise<unknown> {
    const { origin } = new URL(url);
    const { what = 'video', urgency = 'soon', signal } = request;
    for (let tries = 1; ; tries++) {
      if (!(await this.#gate.pass(origin, urgency, signal))) throw new DOMException('no longer wanted', 'AbortError');
      const answer = await this.#once(url, request, tries === 1);
      signal?.throwIfAborted();
      if ('json' in answer) return answer.json;
      const pause = tries < MOST_TRIES ? this.#pause(answer, tries) : undefined;
      if (pause === undefined || urgency === 'late') throw new FaultError('status' in answer ? refusal(answer.status, answer.problem, what) : answer.fault);
      if ('status' in answer) this.#gate.hold(origin, pause);
      else await this.#sleep(pause, signal);
    }
  }

  /** Tells the instance something; whether it heard it does not matter to the viewer. */
  tell(url: string, post: Json, headers: Record<string, string> = {}): void {
    this.ask(url, { post, headers, urgency: 'late' }).catch(() => {});
  }

  async #once(url: string, { headers, post, signal }: Request, first: boolean): Promise<Answer> {
    const { origin } = new URL(url);
    const abort = new AbortController();
    let slow = false;
    const end = () => abort.abort();
    signal?.addEventListener('abort', end, { once: true });
    this.world.after(TIMEOUT_MS, () => {
      slow = true;
      end();
    });
    try {
      const init: RequestInit = { signal: abort.signal, headers: { ...headers } };
      // What a viewer has signed in with is for this instance, and goes nowhere on its word.
      if (headers?.['authorization']) init.redirect = 'error';
      if (post) Object.assign(init, { method: 'POST', ...(Object.keys(post).length && body(post, init)) });
      const early = first && !post && !headers ? takeEarly(url) : undefined;
      const response = await (early ?? this.world.fetch(url, init));
      const text = await boundedText(response, response.ok ? MOST_BYTES : MOST_PROBLEM_BYTES);
      if (text === undefined) return { fault: unreadable(origin, 'there is no end to it'), final: true };
      const json = parsed(text);
      if (!response.ok) return { status: response.status, problem: object(json), retryAfter: response.headers.get('retry-after') };
      if (json === undefined && text !== '') return { fault: unreadable(origin, 'it is not JSON'), final: true };
      return { json };
    } catch {
      return { fault: unreachable(origin, slow), final: false };
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  /** Milliseconds until it may be asked again, or undefined where that would not help. */
  #pause(answer: Refused | Failed, tries: number): number | undefined {
    const usual = PAUSE_MS * 2 ** (tries - 1) * (1 + this.world.chance());
    if ('fault' in answer) return answer.final ? undefined : usual;
    if (answer.status !== 429 && answer.status < 500) return undefined;
    const told = seconds(answer.retryAfter);
    // As long as it says, for asking earlier is counted as well; never so long that nobody would be there any more.
    return told === undefined ? usual : told * 1000 > LONGEST_PAUSE_MS ? undefined : told * 1000;
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      signal?.addEventListener('abort', () => resolve(), { once: true });
      this.world.after(ms, resolve);
    });
  }
}

/** The page's one. */
export const api: Api = new Api();

type Answer = { json: unknown } | Refused | Failed;
interface Refused {
  status: number;
  problem: Json;
  retryAfter: string | null;
}
interface Failed {
  fault: ReturnType<typeof unreadable>;
  final: boolean;
}

function body(post: Json, { headers }: RequestInit): RequestInit {
  return { body: JSON.stringify(post), headers: { ...headers, 'content-type': 'application/json' } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Seconds, or a date (RFC 9110 §10.2.3). */
function seconds(retryAfter: string | null): number | undefined {
  if (!retryAfter) return undefined;
  if (/^\d{1,6}$/.test(retryAfter.trim())) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}
