// Notes over the picture: text, links, pictures, and questions that stop playback until the viewer goes on. Written against the
// same surface as any plugin. Where the notes are is said by the page, in `annotations="URL"`; empty, they are those that the
// instance keeps with the video. Viewers may switch them off. What an author is writing is shown in their place (`show`).

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../../define/sprat-player.ts';
import { boundedText } from '../../bounded.ts';
import type { SpratPlayer } from '../../elements/sprat-player.ts';
import { resolved } from '../../video/source.ts';
import type { Cue, CueList, Plugin, PluginPlayer } from '../api.ts';
import { lend } from '../host.ts';
import { type Note, readNotes } from './format.ts';
import { Layer } from './layer.ts';
import { prepare } from './sanitise.ts';
import { WORDS } from './words.ts';

export { harmless, leftOut, prepare } from './sanitise.ts';

const MOST_BYTES = 500_000;

/** By player, what its author has written so far, and who shows it. */
const written = new WeakMap<SpratPlayer, string>();
const shown = new WeakMap<SpratPlayer, Shown>();

const annotations: Plugin = {
  name: 'annotations',
  setup(player) {
    const { element } = player;
    const own = new Shown(player);
    shown.set(element, own);
    const look = () => void own.load();
    player.on('instancevideo', look);
    const observer = new MutationObserver(look);
    observer.observe(element, { attributeFilter: ['annotations'] });
    player.menu({
      get label() {
        return player.translate(WORDS).notes;
      },
      isOn: () => own.isOn,
      take: () => own.toggle(),
    });
    look();
    return () => {
      observer.disconnect();
      own.end();
    };
  },
};

/** The player has the attribute. */
export function annotate(player: SpratPlayer): void {
  lend(annotations, player);
}

/** A text in any of the writings, in place of what the page or the instance has, and not read out: whoever writes it knows it. */
export function show(player: SpratPlayer, text: string): void {
  written.set(player, text);
  annotate(player);
  void shown.get(player)?.load();
}

class Shown {
  readonly #layer: Layer;
  readonly #list: CueList<Note>;
  #cues: Cue<Note>[] = [];
  #notes: Note[] = [];
  #from: string | undefined;

  constructor(private readonly player: PluginPlayer) {
    this.#layer = new Layer(player);
    this.#list = player.cues<Note>({ enter: ({ data }) => this.#layer.enter(data), leave: ({ data }) => this.#layer.leave(data) });
  }

  get isOn(): boolean {
    return this.player.store.get('off') === null || this.player.store.get('off') === '';
  }

  toggle(): void {
    this.player.store.set('off', this.isOn ? 'yes' : '');
    this.#tell();
  }

  end(): void {
    this.#layer.end();
  }

  async load(): Promise<void> {
    const { element } = this.player;
    const page = new URL(element.baseURI).origin;
    const own = [page, ...(element.instanceVideo ? [element.instanceVideo.origin] : [])];
    const text = written.get(element);
    if (text !== undefined) {
      this.#layer.isRead = false;
      this.#from = undefined;
      await prepare();
      return this.#take(readNotes(text), own);
    }
    const given = element.getAttribute('annotations');
    const kept = element.instanceVideo?.annotations;
    const from = given || (kept === undefined ? '' : `instance:${kept}`);
    if (from === this.#from) return;
    this.#from = from;
    if (!given) {
      if (kept !== undefined) await prepare();
      if (this.#from === from) this.#take(kept === undefined ? [] : readNotes(kept), own);
      return;
    }
    const url = resolved(given, element.baseURI);
    if (!url || !/^https?:/.test(url)) return this.#take(undefined, []);
    const prepared = prepare();
    const fetched = await fetch(url).then(
      response => (response.ok ? boundedText(response, MOST_BYTES) : undefined),
      () => undefined,
    );
    await prepared;
    if (this.#from === from) this.#take(fetched === undefined ? undefined : readNotes(fetched), [page, new URL(url).origin]);
  }

  #take(notes: Note[] | undefined, origins: string[]): void {
    this.#notes = notes ?? [];
    this.#layer.origins = origins;
    if (!notes) console.warn(`The annotations of ${this.#from} cannot be read. The video plays without them.`);
    this.#tell();
  }

  /** Those that are as they were stay as they are drawn. */
  #tell(): void {
    const before = new Map<string, Cue<Note>[]>();
    for (const cue of this.#cues) before.set(key(cue.data), [...(before.get(key(cue.data)) ?? []), cue]);
    const cue = (note: Note) => before.get(key(note))?.pop() ?? { start: note.start, ...(note.end !== undefined && { end: note.end }), data: note };
    this.#cues = this.isOn ? this.#notes.map(cue) : [];
    this.#list.set(this.#cues);
    this.player.element.dispatchEvent(new CustomEvent('annotationschange', { detail: { count: this.#notes.length, isOn: this.isOn } }));
  }
}

function key(note: Note): string {
  return JSON.stringify(note);
}
