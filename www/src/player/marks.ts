// What the timeline and the bar show of a film beyond its time: where its chapters begin, a list of them, and what is at the
// place that is pointed at. Fetched once a film has chapters or pictures of its moments, for most have neither.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import { type TemplateResult, html, nothing, svg } from 'lit/html.js';
import { adopt } from '../sheets.ts';
import { words } from '../late-strings.ts';
import { type Chapter, chapterAt, chapterNamed, neighbouring } from './chapters.ts';
import { icon } from './icons.ts';
import { Marked } from './marked.ts';
import { popupButton } from './opener.ts';
import { Preview, type Told } from './preview.ts';
import type { Picture } from './storyboard.ts';
import { type View, isLive } from './view.ts';
import css from '../../styles/player/marks.css' with { type: 'text' };

/** As in the timeline's own drawing. */
const UNITS = 1000;
/** Marks closer than that would be one broad mark. */
const NEAREST = 4;

const rows = icon(svg`<path d="M9.5 6.5H20M9.5 12H20M9.5 17.5H20" /><path d="M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01" stroke-width="2.8" />`);

export class Marks implements Told {
  readonly #marked: Marked;
  readonly #preview: Preview;
  #begun = false;
  /** The source, and the chapter that playback was taken to. */
  #taken = '';

  constructor(
    private readonly host: HTMLElement,
    private readonly view: View,
    changed: () => void,
  ) {
    this.#preview = new Preview(host, view, this);
    const heard = () => {
      this.#jump();
      this.#preview.draw();
      changed();
    };
    this.#marked = new Marked(view.media, heard);
    heard();
  }

  get chapters(): readonly Chapter[] {
    return this.#marked.chapters;
  }

  /** Index in `chapters` of what plays, or -1. */
  get current(): number {
    return chapterAt(this.chapters, this.view.media.currentTime);
  }

  /** A chapter without a name is called by its number. */
  titleOf(index: number): string {
    const chapter = this.chapters[index];
    return chapter ? chapter.title || words().chapter(index + 1) : '';
  }

  titleAt(time: number): string {
    return this.titleOf(chapterAt(this.chapters, time));
  }

  pictureAt(time: number): Picture | undefined {
    return this.#marked.pictureAt(time);
  }

  /** What is said of a moment, and its chapter. */
  spoken(text: string, time: number): string {
    return [text, this.titleAt(time)].filter(Boolean).join(', ');
  }

  /** Over the bars of the timeline. */
  line(): TemplateResult | typeof nothing {
    this.#begin();
    if (isLive(this.view.media)) return nothing;
    const { duration } = this.view.media;
    let before = 0;
    const marks = this.chapters.map(({ start }) => {
      const x = (start / duration) * UNITS;
      if (x - before < NEAREST) return '';
      before = x;
      return `M${x.toFixed(1)} 0V1`;
    });
    return html`
      <svg class="marks" viewBox="0 0 ${UNITS} 1" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path d=${marks.join('') || 'M0 0'} />`}
      </svg>
      ${this.#preview.element}
    `;
  }

  button(): TemplateResult | typeof nothing {
    return this.chapters.length > 0 ? popupButton(this.view, 'chapters', words().chapters, rows) : nothing;
  }

  /** Drawn for the first time: there is a shadow tree. */
  #begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const root = this.host.shadowRoot!;
    adopt(root, css);
    this.#preview.follow(root);
    root.addEventListener('keydown', event => this.#pressed(event as KeyboardEvent));
  }

  /** Control and an arrow lead from chapter to chapter; Escape takes the preview away. */
  #pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape') return this.#preview.hide();
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as 1 | -1 | undefined;
    if (!step || !event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || this.host.getAttribute('keyboard') === 'off') return;
    const to = neighbouring(this.chapters, this.view.media.currentTime, step);
    if (to === undefined) return;
    event.preventDefault();
    this.view.seek(to);
  }

  /** A link may name a chapter to begin with: an attribute, or a fragment of what is played. A time is more precise. */
  #jump(): void {
    const { media } = this.view;
    const { currentSrc } = media;
    const asked = this.host.getAttribute('chapter') ?? fragment(currentSrc) ?? fragment(this.host.getAttribute('peertube') ?? '');
    if (!asked || !currentSrc || media.hasAttribute('start') || this.chapters.length === 0) return;
    const key = `${currentSrc} ${asked}`;
    if (this.#taken === key) return;
    this.#taken = key;
    const chapter = chapterNamed(this.chapters, asked);
    if (chapter) this.view.seek(chapter.start);
    else console.warn(`<${this.host.localName}>: chapter="${asked.slice(0, 60)}" should be the number of one of ${this.chapters.length} chapters.`);
  }
}

function fragment(address: string): string | undefined {
  return new URLSearchParams(address.split('#')[1]).get('chapter') ?? undefined;
}
