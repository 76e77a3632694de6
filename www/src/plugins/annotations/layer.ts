// Where notes are drawn: nine places on the picture, and in each a stack of those that are there at once. None covers another and
// none the controls, in whatever frame: a stack that has no room left scrolls, and of very many the last that began are shown.

import type { PluginPlayer } from '../api.ts';
import type { Align, Note } from './format.ts';
import { harmless } from './sanitise.ts';
import { WORDS } from './words.ts';
import css from '../../../styles/plugins/annotations.css' with { type: 'text' };

/** Two for most places. Those before them come back as the others leave. */
const MOST_AT_ONCE = 12;
/** In the order in which they are read. */
const PLACES: readonly Align[] = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom', 'bottom-right'];
const SCROLLS = /^(Arrow(Up|Down)|Page(Up|Down)|Home|End)$/;

export class Layer {
  /** Whose pictures may be fetched. */
  origins: readonly string[] = [];
  readonly #root: HTMLElement;
  readonly #places: Map<Align, HTMLElement>;
  readonly #current = new Set<Note>();
  readonly #drawn = new Map<Note, HTMLElement>();
  /** The question that is open. */
  #asking: Note | undefined;
  /** The one that was answered last: going on does not ask it again, going back to it does. */
  #asked: Note | undefined;
  /** What does not fit is reached by the keyboard, too. */
  readonly #sizes = new ResizeObserver(entries => entries.forEach(({ target }) => reach(target as HTMLElement)));

  constructor(private readonly player: PluginPlayer) {
    this.#root = player.layer({ label: player.translate(WORDS).notes, css }).root;
    this.#places = new Map(PLACES.map(place => [place, this.#place(place)]));
    this.isRead = true;
  }

  /** Whether they are read when they come, and not over what is being said. */
  set isRead(isRead: boolean) {
    this.#root.ariaLive = isRead ? 'polite' : 'off';
  }

  enter(note: Note): void {
    this.#current.add(note);
    this.#draw();
    if (note.pause && !this.player.element.paused && this.#asked !== note) this.#ask(note);
  }

  leave(note: Note): void {
    this.#current.delete(note);
    if (this.#asking === note) this.#asking = undefined;
    if (this.#asked === note) this.#asked = undefined;
    this.#draw();
  }

  end(): void {
    this.#sizes.disconnect();
  }

  #draw(): void {
    const latest = [...this.#current].sort((a, b) => a.start - b.start).slice(-MOST_AT_ONCE);
    const wanted = new Set(this.#asking ? [...latest, this.#asking] : latest);
    for (const [note, box] of this.#drawn) {
      if (wanted.has(note)) continue;
      this.#sizes.unobserve(box);
      box.remove();
      this.#drawn.delete(note);
    }
    for (const note of wanted) {
      if (!this.#drawn.has(note)) this.#add(note);
    }
    this.#tell(wanted);
  }

  /** What the style sheet has to know; `:has()` is not always judged anew in WebKit. */
  #tell(shown: ReadonlySet<Note>): void {
    const inMiddle = [...shown].map(({ align }) => PLACES.indexOf(align) % 3 === 1);
    this.#root.toggleAttribute('data-shown', shown.size > 0);
    this.#root.toggleAttribute('data-middle', inMiddle.includes(true));
    this.#root.toggleAttribute('data-sides', inMiddle.includes(false));
    const asking = this.#asking?.align;
    if (asking) this.#root.dataset['asks'] = ['top', 'middle', 'bottom'][Math.floor(PLACES.indexOf(asking) / 3)];
    else delete this.#root.dataset['asks'];
    for (const [align, place] of this.#places) place.toggleAttribute('data-asks', align === asking);
    for (const [note, box] of this.#drawn) box.toggleAttribute('data-asks', note === this.#asking);
  }

  /** Among those of its place by when it began. */
  #add(note: Note): void {
    const box = scroller(`note ${note.align}`);
    box.role = 'note';
    box.dir = 'auto';
    box.append(harmless(note.html, this.origins));
    const later = [...this.#drawn].filter(([other]) => other.align === note.align && other.start > note.start).sort(([a], [b]) => a.start - b.start);
    this.#places.get(note.align)!.insertBefore(box, later[0]?.[1] ?? null);
    this.#drawn.set(note, box);
    this.#sizes.observe(box);
  }

  #place(align: Align): HTMLElement {
    const place = scroller(`place ${align}`);
    this.#root.append(place);
    this.#sizes.observe(place);
    return place;
  }

  /** Playback waits for an answer, or for being told to go on in any other way. */
  #ask(note: Note): void {
    const { element } = this.player;
    element.pause();
    this.#asking = note;
    this.#draw();
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: this.player.translate(WORDS).goOn });
    button.addEventListener('click', () => void element.play().catch(() => {}));
    this.#drawn.get(note)!.append(button);
    if (element.matches(':focus-within')) button.focus();
    const answered = () => {
      button.remove();
      if (this.#asking === note) this.#asking = undefined;
      if (this.#current.has(note)) this.#asked = note;
      this.#draw();
    };
    element.addEventListener('play', answered, { once: true });
  }
}

function scroller(className: string): HTMLElement {
  const box = Object.assign(document.createElement('div'), { className });
  // In one that scrolls, the keys that scroll are its own.
  box.addEventListener('keydown', event => {
    if (box.tabIndex === 0 && SCROLLS.test(event.key)) event.stopPropagation();
  });
  return box;
}

function reach(box: HTMLElement): void {
  if (box.scrollHeight > box.clientHeight + 1) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
}
