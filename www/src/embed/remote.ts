// The parts of a media element that are objects of their own, as far as a page above an iframe can have them: lists of
// tracks and renditions, and time ranges. They are filled from what the frame tells; choosing goes back as a call.

export type Send = (name: string, ...args: unknown[]) => void;

export interface TextTrackState {
  id: string;
  kind: TextTrackKind;
  label: string;
  language: string;
  mode: TextTrackMode;
}

export interface RenditionState {
  id: string;
  width?: number;
  height?: number;
  bitrate?: number;
  frameRate?: number;
  codec?: string;
}

export interface AudioTrackState {
  id: string;
  kind: string;
  label: string;
  language: string;
  enabled: boolean;
}

/** Array-like, and an event target: `addtrack`, `removetrack` (or `addrendition`, …) and `change`. */
export class RemoteList<State extends { id: string }, Item extends object> extends EventTarget {
  [index: number]: Item;
  #items: Item[] = [];
  #told = '';
  #known = '';

  constructor(
    private readonly what: 'track' | 'rendition',
    private readonly make: (index: number, state: () => State) => Item,
  ) {
    super();
  }

  get length(): number {
    return this.#items.length;
  }

  [Symbol.iterator](): IterableIterator<Item> {
    return this.#items[Symbol.iterator]();
  }

  #states: State[] = [];

  getTrackById(id: string): Item | null {
    return this.#items[this.#states.findIndex(state => state.id === id)] ?? null;
  }

  getRenditionById(id: string): Item | null {
    return this.getTrackById(id);
  }

  /** `choice`: what else a change of would be one. `names`: which members make it another track rather than a change. */
  fill(states: State[], names: (keyof State)[], choice: unknown = null): void {
    const known = JSON.stringify(states.map(state => names.map(name => state[name])));
    const told = JSON.stringify([states, choice]);
    const others = known !== this.#known;
    const changed = told !== this.#told;
    [this.#known, this.#told, this.#states] = [known, told, states];
    if (others) {
      const before = this.#items;
      for (let i = 0; i < before.length; i++) delete this[i];
      this.#items = states.map((_, index) => this.make(index, () => this.#states[index]!));
      this.#items.forEach((item, index) => (this[index] = item));
      for (const item of before) this.#say(`remove${this.what}`, item);
      for (const item of this.#items) this.#say(`add${this.what}`, item);
    }
    if (changed && !others) this.dispatchEvent(new Event('change'));
  }

  #say(type: string, item: Item): void {
    this.dispatchEvent(Object.assign(new Event(type), { [this.what]: item }));
  }
}

/** Its cues stay in the frame. */
export function remoteTextTrack(index: number, state: () => TextTrackState, send: Send): object {
  return Object.assign(Object.create(readers(state, ['id', 'kind', 'label', 'language'])), {
    cues: null,
    activeCues: null,
    get mode() {
      return state().mode;
    },
    set mode(mode: TextTrackMode) {
      state().mode = mode;
      send('setTextTrackMode', index, mode);
    },
  });
}

function readers<State extends object>(state: () => State, names: (keyof State)[]): object {
  return Object.defineProperties({}, Object.fromEntries(names.map(name => [name, { enumerable: true, get: () => state()[name] }])));
}

export function timeRanges(ranges: readonly (readonly [number, number])[]): TimeRanges {
  const edge = (index: number, which: 0 | 1) => {
    const range = ranges[index];
    if (!range) throw new DOMException('There is no such range.', 'IndexSizeError');
    return range[which];
  };
  return { length: ranges.length, start: index => edge(index, 0), end: index => edge(index, 1) };
}

/** `selectedIndex`, as lists of renditions have it: -1 leaves the choice to the player. */
export function withSelection<List extends object>(list: List, get: () => number, set: (index: number) => void): List & { selectedIndex: number } {
  return Object.defineProperty(list, 'selectedIndex', { get, set }) as List & { selectedIndex: number };
}
