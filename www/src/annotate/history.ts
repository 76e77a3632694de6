// What was, so that it can be again: steps back and forth over states that never change themselves. What is typed in one go is one
// step.

/** The ones before are forgotten. */
const MOST_STEPS = 200;
/** Who pauses for longer begins a new step. */
const ONE_GO_MS = 1000;

interface Step<State> {
  state: State;
  /** What led away from it. */
  what: string;
}

export class History<State> {
  #past: Step<State>[] = [];
  #future: Step<State>[] = [];
  #typed: { key: string; at: number } | undefined;

  constructor(public now: State) {}

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** @param key names what may go on in the same step; without one it is a step of its own */
  commit(state: State, what: string, at: number, key = ''): void {
    const goesOn = key !== '' && this.#typed?.key === key && at - this.#typed.at < ONE_GO_MS;
    if (!goesOn) this.#past = [...this.#past, { state: this.now, what }].slice(-MOST_STEPS);
    this.#typed = { key, at };
    this.#future = [];
    this.now = state;
  }

  /** Says what was undone; nothing where there is nothing. */
  undo(): string | undefined {
    return this.#go(this.#past, this.#future);
  }

  redo(): string | undefined {
    return this.#go(this.#future, this.#past);
  }

  #go(from: Step<State>[], to: Step<State>[]): string | undefined {
    const step = from.pop();
    if (!step) return undefined;
    to.push({ state: this.now, what: step.what });
    this.now = step.state;
    this.#typed = undefined;
    return step.what;
  }
}
