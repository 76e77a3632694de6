// When may an instance be asked? PeerTube counts API calls by address of the viewer and answers 429 from the fiftieth within
// ten seconds on, for whatever comes next: one page with many embeds shuts out its own player. So all on a page go through
// one gate for each instance, the most urgent first, and when the instance says how long to wait, all wait.

/** Below PeerTube's 50, for the viewer may have the instance itself open in another tab. */
const MOST = 40;
const WINDOW_MS = 10_000;
/** Beyond this no viewer waits. */
const MOST_WAITING = 500;

/** `now`: a viewer waits. `soon`: something to look at. `late`: nobody looks at it; given up rather than waited for. */
export type Urgency = 'now' | 'soon' | 'late';
const ORDER: readonly Urgency[] = ['now', 'soon', 'late'];

/** Milliseconds; tests bring a clock of their own. */
export interface Clock {
  now(): number;
  after(ms: number, due: () => void): void;
}

interface Waiting {
  urgency: Urgency;
  pass(): void;
}

interface Line {
  begun: number[];
  waiting: Waiting[];
  heldUntil: number;
  due: boolean;
}

export class Gate {
  readonly #lines = new Map<string, Line>();

  constructor(private readonly clock: Clock) {}

  /** Resolves when the request may begin: true, or false where it is not worth waiting. */
  pass(origin: string, urgency: Urgency, signal?: AbortSignal): Promise<boolean> {
    const line = this.#line(origin);
    if (signal?.aborted || line.waiting.length >= MOST_WAITING) return Promise.resolve(false);
    return new Promise(resolve => {
      const waiting: Waiting = { urgency, pass: () => resolve(true) };
      const leave = () => {
        line.waiting = line.waiting.filter(other => other !== waiting);
        resolve(false);
      };
      line.waiting.push(waiting);
      this.#open(line);
      if (urgency === 'late') leave();
      else signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** The instance asks for a pause. */
  hold(origin: string, ms: number): void {
    const line = this.#line(origin);
    line.heldUntil = Math.max(line.heldUntil, this.clock.now() + ms);
  }

  #line(origin: string): Line {
    let line = this.#lines.get(origin);
    if (!line) this.#lines.set(origin, (line = { begun: [], waiting: [], heldUntil: 0, due: false }));
    return line;
  }

  #open(line: Line): void {
    const now = this.clock.now();
    line.begun = line.begun.filter(at => now - at < WINDOW_MS);
    for (const urgency of ORDER) {
      for (const next of line.waiting.filter(waiting => waiting.urgency === urgency)) {
        if (now < line.heldUntil || line.begun.length >= MOST) return this.#later(line, now);
        line.begun.push(now);
        line.waiting.splice(line.waiting.indexOf(next), 1);
        next.pass();
      }
    }
  }

  #later(line: Line, now: number): void {
    if (line.due) return;
    line.due = true;
    const free = line.begun.length < MOST ? now : line.begun[0]! + WINDOW_MS;
    this.clock.after(Math.max(free, line.heldUntil) - now, () => {
      line.due = false;
      this.#open(line);
    });
  }
}
