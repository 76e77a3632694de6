// The page's embedder may control it (`api=1`): in PeerTube's own protocol, in player.js, and in ours, which has all.
// They are told apart by their messages, and each is answered in its own.

import type { SpratPlayer } from '../elements/sprat-player.ts';
import type { SpratPlaylist } from '../elements/sprat-playlist.ts';
import { speakChannel } from './channel.ts';
import { Controlled } from './controlled.ts';
import { Embedder } from './embedder.ts';
import { speakPeerTube } from './peertube.ts';
import { speakPlayerJs } from './playerjs.ts';

export interface Control {
  /** What PeerTube's messages begin with. */
  scope: string;
  /** The only origin that may; empty for whoever embeds. */
  origin: string;
}

export async function control(element: SpratPlayer | SpratPlaylist, { scope, origin }: Control): Promise<void> {
  const embedder = new Embedder(origin);
  if (!embedder.exists) return;
  const controlled = await Controlled.of(element);
  speakPeerTube(controlled, embedder, scope);
  speakPlayerJs(controlled, embedder);
  speakChannel(controlled, embedder);
}
