// Where plugins meet players. A plugin is a guest: what it throws is caught and said under its name, it is taken off that player,
// and the player goes on as if it had not been there.

// Loaded by it, and so it is there already: said here, the bundler leaves what both use in one file.
import '../define/sprat-player.ts';
import type { SpratPlayer } from '../elements/sprat-player.ts';
import { recall, remember } from '../memory.ts';
import { adopt } from '../sheets.ts';
import { shared } from '../shared.ts';
import type { CueHears, Plugin, PluginPlayer } from './api.ts';
import { Cues } from './cues.ts';

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/i;

const plugins = new Map<string, Plugin>();
/** Those that a player has of itself, for an attribute asks for them. */
const own = new WeakMap<SpratPlayer, Set<Plugin>>();
/** By player, what ends each of its plugins. */
const guests = new WeakMap<SpratPlayer, Map<string, AbortController>>();

shared.plug = player => [...plugins.values(), ...(own.get(player as SpratPlayer) ?? [])].forEach(one => attach(one, player as SpratPlayer));
shared.unplug = player => guests.get(player as SpratPlayer)?.forEach(guest => guest.abort());

/** From now on, for players that are there and those that come. Throws where the plugin is none. */
export function host(plugin: Plugin): void {
  const { name, setup } = plugin;
  if (typeof name !== 'string' || !NAME.test(name)) throw new TypeError(`A plugin's name is of letters, digits and hyphens; this one is ${JSON.stringify(name)}.`);
  if (typeof setup !== 'function') throw new TypeError(`The plugin ${name} has no setup().`);
  if (plugins.has(name)) throw new TypeError(`There is a plugin ${name} already.`);
  plugins.set(name, plugin);
  for (const player of shared.players as Set<SpratPlayer>) attach(plugin, player);
}

/** Those that a player names, or all. */
function isFor({ name }: Plugin, player: SpratPlayer): boolean {
  const named = player.getAttribute('plugins');
  return named === null || named.split(/\s+/).includes(name);
}

/** For this player alone, whenever it is in the document. */
export function lend(plugin: Plugin, player: SpratPlayer): void {
  own.set(player, (own.get(player) ?? new Set<Plugin>()).add(plugin));
  if (player.isConnected) attach(plugin, player);
}

/** One plugin on one player, until it fails or the player leaves. */
function attach(plugin: Plugin, player: SpratPlayer): void {
  const of = guests.get(player) ?? new Map<string, AbortController>();
  guests.set(player, of);
  if (!isFor(plugin, player) || of.has(plugin.name)) return;
  const ending = new AbortController();
  of.set(plugin.name, ending);
  const { signal } = ending;
  signal.addEventListener('abort', () => of.delete(plugin.name));
  const guest = new Guest(plugin.name, player, ending);
  void guest.run('setup', async () => {
    const end = await plugin.setup(guest);
    if (typeof end !== 'function') return;
    if (signal.aborted) guest.run('end', end);
    else signal.addEventListener('abort', () => void guest.run('end', end));
  });
}

class Guest implements PluginPlayer {
  readonly version = 1;
  readonly #name: string;
  readonly #ending: AbortController;
  readonly store: PluginPlayer['store'];

  constructor(
    name: string,
    readonly element: SpratPlayer,
    ending: AbortController,
  ) {
    this.#name = name;
    this.#ending = ending;
    const key = (word: string) => `plugin:${name}:${word}`;
    this.store = { get: word => recall(key(word)), set: (word, value) => remember(key(word), String(value)) };
  }

  /** Whatever it does, the player goes on. */
  run(hook: string, act: () => unknown): unknown {
    try {
      const done = act();
      if (done instanceof Promise) done.catch((error: unknown) => this.#failed(hook, error));
      return done;
    } catch (error) {
      this.#failed(hook, error);
      return undefined;
    }
  }

  #failed(hook: string, error: unknown): void {
    const message = `The plugin ${this.#name} has failed in ${hook}: ${String(error)}.`;
    console.warn(message, error);
    const detail = { culprit: 'page', code: 0, name: 'plugin-failed', plugin: this.#name, hook, message, tried: 'It was taken off this player, which goes on.' };
    this.element.dispatchEvent(new CustomEvent('pluginerror', { detail }));
    this.#ending.abort();
  }

  on(type: string, hear: (event: Event) => void): void {
    this.element.addEventListener(type, event => void this.run(`on ${type}`, () => hear(event)), { signal: this.#ending.signal });
  }

  cues<Data>({ enter, leave }: CueHears<Data>) {
    const hears: CueHears<Data> = {
      enter: cue => void this.run('cue enter', () => enter(cue)),
      leave: cue => void this.run('cue leave', () => leave?.(cue)),
    };
    return new Cues(this.element, hears, this.#ending.signal);
  }

  layer({ label, css }: { label?: string; css?: string } = {}) {
    const root = document.createElement('div');
    root.className = `plugin plugin-${this.#name}`;
    if (label) {
      root.role = 'group';
      root.ariaLabel = label;
    }
    adopt(this.element.shadowRoot!, LAYER);
    if (css) adopt(this.element.shadowRoot!, css);
    const remove = this.element.add({ layer: () => root });
    this.#ending.signal.addEventListener('abort', remove);
    return { root, remove };
  }

  menu(item: Parameters<PluginPlayer['menu']>[0]): void {
    const choices = () => {
      const taken = item.isOn && Boolean(this.run('menu', () => item.isOn!()));
      const label = String(this.run('menu', () => item.label));
      return [{ label, ...(taken !== undefined && { taken, box: true }), take: () => void this.run('menu', () => item.take()) }];
    };
    this.#ending.signal.addEventListener('abort', this.element.add({ choices }));
  }

  focus(): void {
    this.#frame.focus({ preventScroll: true });
  }

  get #frame(): HTMLElement {
    return this.element.shadowRoot!.querySelector<HTMLElement>('.frame')!;
  }

  translate<Words>(languages: Record<string, Words>): Words {
    const { lang } = this.#frame;
    const tags = Object.keys(languages);
    const main = (tag: string) => tag.toLowerCase().split('-')[0];
    const found = tags.find(tag => tag.toLowerCase() === lang.toLowerCase()) ?? tags.find(tag => main(tag) === main(lang)) ?? tags.find(tag => main(tag) === 'en') ?? tags[0];
    if (found === undefined) throw new TypeError('There are no words in any language.');
    return languages[found]!;
  }
}

const LAYER = '.plugin{position:absolute;inset:0;pointer-events:none}.plugin>*{pointer-events:auto}';
