// What a playlist or a plugin adds to a player: controls beside the play button, something over the picture, keys. Each is a
// function of the view, like the player's own parts, and is asked whenever the player is drawn.

import type { View } from './view.ts';

export interface Addition {
  /** The element that adds it, if one does. */
  owner?: HTMLElement;
  /** Before the play button, and after it. */
  before?(view: View): unknown;
  after?(view: View): unknown;
  /** Over the picture, under the controls. */
  layer?(view: View): unknown;
  /** What a key does, if it does something here: the player's own keys come after. Letters are lower case. */
  press?(key: string, event: KeyboardEvent): (() => void) | undefined;
}
