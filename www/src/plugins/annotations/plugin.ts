// Notes over the picture: text, links, pictures, and questions that stop playback until the viewer goes on. Written against the
// same surface as any plugin. Where the notes are is said by the page, in `annotations="URL"`; empty, they are those that the
// instance keeps with the video. Viewers may switch them off.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../../elements/sprat-player.ts';
import { boundedText } from '../../bounded.ts';
import type { SpratPlayer } from '../../elements/sprat-player.ts';
import { resolved } from '../../video/source.ts';
import type { CueList, Plugin, PluginPlayer } from '../api.ts';
import { lend } from '../host.ts';
import { type Note, readNotes } from './format.ts';
import { harmless } from './sanitise.ts';
import { WORDS } from './words.ts';
import css from '../../../styles/plugins/annotations.css' with { type: 'text' };

const MOST_BYTES = 500_000;

const annotations: Plugin = {
  name: 'annotations',
  setup(player) {
    const shown = new Shown(player);
    const { element } = player;
    const look = () => void shown.load();
    player.on('instancevideo', look);
    const observer = new MutationObserver(look);
    observer.observe(element, { attributeFilter: ['annotations'] });
    player.menu({
      get label() {
        return player.translate(WORDS).notes;
      },
      isOn: () => shown.isOn,
      take: () => shown.toggle(),
    });
    look();
    return () => observer.disconnect();
  },
};

/** The player has the attribute. */
export function annotate(player: SpratPlayer): void {
  lend(annotations, player);
}

class Shown {
  readonly #layer: HTMLElement;
  readonly #list: CueList<Note>;
  readonly #drawn = new Map<Note, HTMLElement>();
  #notes: Note[] = [];
  #origins: string[] = [];
  #from: string | undefined;
  /** The question that was answered last: going on does not ask it again, going back to it does. */
  #asked: Note | undefined;

  constructor(private readonly player: PluginPlayer) {
    const words = player.translate(WORDS);
    this.#layer = player.layer({ label: words.notes, css }).root;
    // Read when they come, and not over what is being said.
    this.#layer.ariaLive = 'polite';
    this.#list = player.cues<Note>({ enter: ({ data }) => this.#enter(data), leave: ({ data }) => this.#leave(data) });
  }

  get isOn(): boolean {
    return this.player.store.get('off') === null || this.player.store.get('off') === '';
  }

  toggle(): void {
    this.player.store.set('off', this.isOn ? 'yes' : '');
    this.#tell();
  }

  async load(): Promise<void> {
    const { element } = this.player;
    const given = element.getAttribute('annotations');
    const kept = element.instanceVideo?.annotations;
    const from = given || (kept === undefined ? '' : `instance:${kept}`);
    if (from === this.#from) return;
    this.#from = from;
    const page = new URL(element.baseURI).origin;
    if (!given) return this.#take(kept === undefined ? [] : readNotes(kept), [page, ...(element.instanceVideo ? [element.instanceVideo.origin] : [])]);
    const url = resolved(given, element.baseURI);
    if (!url || !/^https?:/.test(url)) return this.#take(undefined, []);
    const text = await fetch(url).then(
      response => (response.ok ? boundedText(response, MOST_BYTES) : undefined),
      () => undefined,
    );
    if (this.#from === from) this.#take(text === undefined ? undefined : readNotes(text), [page, new URL(url).origin]);
  }

  #take(notes: Note[] | undefined, origins: string[]): void {
    this.#notes = notes ?? [];
    this.#origins = origins;
    if (!notes) console.warn(`The annotations of ${this.#from} cannot be read. The video plays without them.`);
    this.player.element.dispatchEvent(new CustomEvent('annotationschange', { detail: { count: this.#notes.length } }));
    this.#tell();
  }

  #tell(): void {
    this.#list.set(this.isOn ? this.#notes.map(note => ({ start: note.start, ...(note.end !== undefined && { end: note.end }), data: note })) : []);
  }

  #enter(note: Note): void {
    const box = document.createElement('div');
    box.className = `note ${note.align}`;
    box.dir = 'auto';
    box.append(harmless(note.html, this.#origins));
    this.#drawn.set(note, box);
    this.#layer.append(box);
    if (note.pause && !this.player.element.paused && this.#asked !== note) this.#ask(note, box);
  }

  /** Playback waits for an answer, or for being told to go on in any other way. */
  #ask(note: Note, box: HTMLElement): void {
    const { element } = this.player;
    element.pause();
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: this.player.translate(WORDS).goOn });
    button.addEventListener('click', () => void element.play().catch(() => {}));
    box.append(button);
    if (element.matches(':focus-within')) button.focus();
    element.addEventListener('play', () => {
      button.remove();
      if (this.#drawn.has(note)) this.#asked = note;
    }, { once: true });
  }

  #leave(note: Note): void {
    this.#drawn.get(note)?.remove();
    this.#drawn.delete(note);
    if (this.#asked === note) this.#asked = undefined;
  }
}
