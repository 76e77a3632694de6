// May the controls fade? While it plays and nobody touches anything: not with a popup open, not with the keyboard's
// focus in the bar, and never when paused.

const STILL_MS = 2600;
const LEFT_MS = 500;

export class Idle {
  idle = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #idleWhenPressed = false;

  constructor(
    private readonly mayFade: () => boolean,
    private readonly changed: () => void,
  ) {}

  /** Something moved. */
  readonly wake = (): void => this.#wait(STILL_MS);

  /** The pointer left the picture. */
  readonly leave = (): void => this.#wait(LEFT_MS);

  /** A finger came down; the focus that follows it may already wake the controls. */
  readonly press = (): void => {
    this.#idleWhenPressed = this.idle;
  };

  /** A tap shows the controls, and another hides them. */
  tap(): void {
    if (this.#idleWhenPressed || !this.mayFade()) this.wake();
    else this.#set(true);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    this.#set(false);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.mayFade() ? this.#set(true) : this.#wait(STILL_MS)), ms);
  }

  #set(idle: boolean): void {
    if (this.idle === idle) return;
    this.idle = idle;
    this.changed();
  }
}
