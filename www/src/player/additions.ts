// What a playlist or a plugin adds to a player: controls beside the play button, something over the picture, keys. Each is a
// function of the view, like the player's own parts, and is asked whenever the player is drawn.

import type { Choice } from './menu.ts';
import type { View } from './view.ts';

export interface Addition {
  /** The element that adds it, if one does. */
  owner?: HTMLElement;
  /** Before the play button, and after it. */
  before?(view: View): unknown;
  after?(view: View): unknown;
  /** Among what is set rarely. */
  end?(view: View): unknown;
  /** Over the picture, under the controls. */
  layer?(view: View): unknown;
  /** In the menu of settings. */
  choices?(view: View): Choice[];
  /** What a key does, if it does something here: the player's own keys come after. Letters are lower case. */
  /** The next of several videos, or the one before; nothing where there is none. */
  step?(step: 1 | -1): (() => void) | undefined;
  press?(key: string, event: KeyboardEvent): (() => void) | undefined;
}
