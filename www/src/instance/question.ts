// When is a viewer asked whether to share? Not before there is something to share: the question that the engine raises when it
// opens a video is held back until the instance has said which swarms there are, and is never put where there are none.

import type { SpratVideo } from '../elements/sprat-video.ts';

export class Question {
  #raised = false;
  #open = false;

  constructor(
    private readonly media: SpratVideo,
    signal: AbortSignal,
  ) {
    // Capturing: before whoever would ask.
    media.addEventListener('consentrequired', event => this.#hold(event), { capture: true, signal });
  }

  /** There are swarms. */
  ask(): void {
    this.#open = true;
    const { media } = this;
    const answered = media.consent !== undefined || (media.getAttribute('p2p') === 'on' && !navigator.globalPrivacyControl);
    if (this.#raised && !answered) media.dispatchEvent(new CustomEvent('consentrequired', { bubbles: true, composed: true }));
    this.#raised = false;
  }

  #hold(event: Event): void {
    if (this.#open) return;
    this.#raised = true;
    event.stopImmediatePropagation();
  }
}
