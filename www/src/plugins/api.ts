// What a plugin is, and what it is given: the surface that plugins are written against, of version 1. What is not here is no
// part of it and may change.

import type { SpratPlayer } from '../elements/sprat-player.ts';

export interface Plugin {
  /** Unique on a page; players name it in `plugins="…"`, and so do reports of what it does wrong. Letters, digits and hyphens. */
  name: string;
  /** Once for each player it is for. What it returns is called when the player leaves, or the plugin has failed. */
  setup(player: PluginPlayer): void | (() => void) | Promise<void | (() => void)>;
}

/** One player, as one plugin sees it. All that it adds is taken away with it. */
export interface PluginPlayer {
  readonly version: 1;
  /** The element: what it has of HTMLMediaElement, and its attributes. */
  readonly element: SpratPlayer;
  /** Events of the element. */
  on(type: string, hear: (event: Event) => void): void;
  /** Says when playback enters a cue and when it leaves it, by playing or by seeking. */
  cues<Data>(hears: CueHears<Data>): CueList<Data>;
  /** Something over the picture, under the controls. */
  layer(options?: { label?: string; css?: string }): Layer;
  /** An entry of the menu of settings. */
  menu(item: MenuItem): void;
  /** The keyboard's focus goes to the player: before what has it is taken away. */
  focus(): void;
  /** Kept in the viewer's browser under the plugin's name; for as long as the page lives where nothing may be kept. */
  readonly store: { get(key: string): string | null; set(key: string, value: string): void };
  /** Of several languages, by their tags, the words in that of the player; English, or else the first, where it has none. */
  translate<Words>(languages: Record<string, Words>): Words;
}

/** Seconds; without an end to the end of the video. */
export interface Cue<Data> {
  start: number;
  end?: number;
  data: Data;
}

export interface CueHears<Data> {
  enter(cue: Cue<Data>): void;
  leave?(cue: Cue<Data>): void;
}

export interface CueList<Data> {
  /** In place of those before; those that are current are left, and entered. A cue that was there and is current stays, whatever its times are now. */
  set(cues: readonly Cue<Data>[]): void;
}

export interface Layer {
  /** In the player's shadow tree; pointer events pass through it and reach its children. */
  readonly root: HTMLElement;
  remove(): void;
}

export interface MenuItem {
  /** Read whenever the menu is drawn: by a getter it is in the language of then. */
  label: string;
  /** Of something that is on or off. */
  isOn?(): boolean;
  take(): void;
}
