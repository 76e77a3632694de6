// What stands between a viewer and some videos of an instance: the question for a password, the warning that a video is not
// for everybody, the word that it is not there (`standing.ts`). Each takes the place of the picture until it is answered or
// no longer so; the next video has its own.

import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { Fault } from '../fault.ts';
import type { InstanceVideo, Standing } from '../instance/model.ts';
import { words } from '../late-strings.ts';
import type { View } from './view.ts';
import { Notice } from './standing.ts';
import { alert } from './icons.ts';
import { lock } from './late-icons.ts';

export class Questions {
  #asking: 'first' | 'again' | undefined;
  #sensitive: InstanceVideo['nsfw'];
  readonly #notice: Notice;

  constructor(
    private readonly host: HTMLElement,
    private readonly view: View,
    private readonly changed: () => void,
  ) {
    this.#notice = new Notice(host, changed);
    // What is loaded has been accepted.
    for (const type of ['instancevideo', 'emptied', 'loadstart']) view.media.addEventListener(type, () => this.#clear());
    // A live that is over is emptied after that was said.
    for (const type of ['instancevideo', 'loadstart']) view.media.addEventListener(type, () => this.#notice.say(null));
  }

  heard({ type, detail }: CustomEvent): void {
    switch (type) {
      case 'passwordrequired':
        return this.#askPassword(detail as Fault);
      case 'sensitivecontent':
        return this.#warn(detail as InstanceVideo);
      default:
        this.#notice.say(detail as Standing | null);
    }
  }

  /** The embedder may want to give it by itself: then nobody is asked, and the picture waits. */
  #askPassword({ name }: Fault): void {
    if (this.host.hasAttribute('wait-password')) return;
    this.#asking = name === 'password-wrong' ? 'again' : 'first';
    this.changed();
  }

  #warn({ nsfw }: InstanceVideo): void {
    // Its instance may have been found to show such videos, meanwhile.
    if (this.view.media.currentSrc) return;
    this.#sensitive = nsfw;
    this.changed();
  }

  draw(): TemplateResult | undefined {
    return this.#asking ? this.#password() : this.#sensitive ? this.#warning(this.#sensitive) : this.#notice.draw();
  }

  #clear(): void {
    if (!this.#asking && !this.#sensitive) return;
    this.#asking = this.#sensitive = undefined;
    this.changed();
  }

  /** A form for the browser's memory; it is not submitted, which a sandboxed frame may not do. */
  #password(): TemplateResult {
    const given = (event: Event) => {
      const input = (event.currentTarget as Element).closest('form')!.querySelector('input')!;
      if (!input.value) return input.focus();
      this.view.handBackFocus(() => this.view.media.setVideoPassword(input.value));
    };
    const entered = (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      given(event);
    };
    return html`
      <form class="failure password">
        <div>
          <h2>${lock}<span>${words().passwordTitle}</span></h2>
          ${this.#asking === 'again' ? html`<p role="alert">${words().passwordWrong}</p>` : nothing}
          <div class="foot">
            <label>${words().password} <input type="password" autocomplete="current-password" @keydown=${entered} /></label>
            <button type="button" class="primary" @click=${given}>${words().watch}</button>
          </div>
        </div>
      </form>
    `;
  }

  #warning({ violent, explicit, summary, policy }: NonNullable<InstanceVideo['nsfw']>): TemplateResult {
    const { media, mediaTitle } = this.view;
    const watch = () =>
      this.view.handBackFocus(() => {
        this.#clear();
        media.acceptSensitiveContent();
        // It was a gesture: refused, it stands at its beginning.
        media.play().catch(() => {});
      });
    const kinds = [violent && words().sensitiveViolent, explicit && words().sensitiveExplicit].filter(Boolean);
    return html`
      <div class="failure sensitive" role="group" aria-label=${words().sensitiveTitle} ?data-poster=${policy === 'warn'}>
        <div>
          <h2>${alert}<span>${words().sensitiveTitle}</span></h2>
          ${mediaTitle ? html`<p><bdi>${mediaTitle}</bdi></p>` : nothing}
          <p>${[words().sensitive, ...kinds].join(' ')}</p>
          ${summary ? html`<p class="tried"><bdi>${summary}</bdi></p>` : nothing}
          <div class="foot"><button type="button" class="primary" @click=${watch}>${words().watch}</button></div>
        </div>
      </div>
    `;
  }
}
