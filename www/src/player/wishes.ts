// What some pages ask of the player beyond the usual, iframe pages above all: an end before the end, captions of a
// language, a dock that says more or less than the title, a link to where the video lives, another look. What some videos
// ask of the viewer (`questions.ts`) comes with it.
//
// Nothing of it is needed without such an attribute, or such a video, and the code is fetched with the first of them.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import { type TemplateResult, html, nothing } from 'lit/html.js';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { adopt } from '../sheets.ts';
import { words } from '../late-strings.ts';
import { parseTime, timeFragment } from '../time.ts';
import { resolved } from '../video/source.ts';
import { Questions } from './questions.ts';
import { isOffered } from './sharing.ts';
import type { View } from './view.ts';
import * as icons from './late-icons.ts';
import css from '../../styles/player/wishes.css' with { type: 'text' };

/** Positions are told some four times a second; within this, a timer takes over. */
const NEAR_S = 0.6;

export class Wishes {
  readonly questions: Questions;
  #before = NaN;
  #ending: ReturnType<typeof setTimeout> | undefined;
  /** Asked for, and found for this source. */
  #captioned = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly view: View,
    changed: () => void,
  ) {
    this.questions = new Questions(host, view, changed);
    const { media } = view;
    media.addEventListener('timeupdate', () => this.#judgeStop());
    for (const type of ['pause', 'seeking', 'emptied', 'ratechange']) media.addEventListener(type, () => this.#forget());
    media.addEventListener('emptied', () => (this.#captioned = false));
    media.textTracks.addEventListener('addtrack', () => this.#caption());
    this.asked();
  }

  /** An attribute changed. */
  asked(): void {
    this.#captioned = false;
    this.#caption();
    const { host, view } = this;
    if (host.hasAttribute('annotations')) void import('../plugins/annotations/plugin.ts').then(({ annotate }) => annotate(host as SpratPlayer), () => {});
    if (host.hasAttribute('end-cards')) void import('../plugins/end-cards/plugin.ts').then(({ showEndCards }) => showEndCards(host as SpratPlayer), () => {});
    if (host.hasAttribute('structured-data')) void import('./structured.ts').then(({ keepVideo }) => keepVideo(host, view.media), () => {});
  }

  /** Over the top of the picture: what this is, and who may learn that it is watched. */
  dock(): TemplateResult | typeof nothing {
    const { host, view } = this;
    // Drawn, it has a shadow tree.
    adopt(host.shadowRoot!, css);
    const title = host.getAttribute('headline') === 'off' ? '' : view.mediaTitle;
    const elsewhere = view.media.instanceVideo?.remoteHost;
    const warnings = host.hasAttribute('p2p-warning') ? [isOffered(view) && words().p2pWarning, elsewhere && words().fromElsewhere(elsewhere)].filter(Boolean) : [];
    if (!title && warnings.length === 0) return nothing;
    return html`
      <div class="headline dock">
        ${title ? html`<p dir="auto">${title}</p>` : nothing}
        ${warnings.map(warning => html`<p class="warning">${warning}</p>`)}
      </div>
    `;
  }

  /** To the video's own page, at the moment that is shown; what plays here pauses. */
  link(): TemplateResult | typeof nothing {
    const given = this.host.getAttribute('watch-url');
    const url = given ? resolved(given, this.host.baseURI) : undefined;
    if (!url || !/^https?:/.test(url)) return nothing;
    const { host } = new URL(url);
    const label = words().watchOn(host);
    return html`
      <a class="button watch" href=${url} target="_blank" rel="noopener" aria-label=${label} title=${label} @click=${(event: Event) => this.#leave(event, url)}>
        <span>${host}</span>${icons.elsewhere}
      </a>
    `;
  }

  #leave(event: Event, url: string): void {
    const { media } = this.view;
    const there = new URL(url);
    const at = Math.floor(media.currentTime);
    if (media.streamType !== 'live' && at > 0) there.searchParams.set('start', `${at}s`);
    (event.currentTarget as HTMLAnchorElement).href = there.href;
    media.pause();
  }

  // The end (media fragments, `#t=10,20`, mean the same)

  get #stop(): number | undefined {
    const given = this.host.getAttribute('stop');
    if (given !== null) return parseTime(given);
    const { currentSrc } = this.view.media;
    return URL.canParse(currentSrc) ? timeFragment(new URL(currentSrc).hash).stop : undefined;
  }

  /** Reached in playing only: whoever seeks beyond it, or goes on from there, wants to see more. */
  #judgeStop(): void {
    const { media } = this.view;
    const { currentTime: now, playbackRate } = media;
    const stop = this.#stop;
    const before = this.#before;
    this.#before = now;
    clearTimeout(this.#ending);
    if (stop === undefined || media.paused || media.seeking) return;
    if (now >= stop) {
      if (before < stop) this.#end();
    } else if (stop - now < NEAR_S * playbackRate) {
      this.#ending = setTimeout(() => this.#end(), (1000 * (stop - now)) / playbackRate);
    }
  }

  #end(): void {
    this.view.media.pause();
    this.#forget();
  }

  #forget(): void {
    this.#before = NaN;
    clearTimeout(this.#ending);
  }

  // Captions

  /** Of the language asked for, as soon as there are some; an empty wish is for any. The viewer may choose otherwise. */
  #caption(): void {
    const wish = this.host.getAttribute('subtitle')?.toLowerCase();
    if (wish === undefined || this.#captioned) return;
    const { captions } = this.view;
    const language = (track: TextTrack) => track.language.toLowerCase();
    const main = (tag: string) => tag.split('-')[0];
    const found =
      captions.tracks.find(track => language(track) === wish || wish === '') ??
      captions.tracks.find(track => main(language(track)) === main(wish));
    if (!found) return;
    this.#captioned = true;
    captions.choose(found);
  }
}
