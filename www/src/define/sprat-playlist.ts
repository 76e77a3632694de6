// Registers `<sprat-playlist>`, and the player that it makes for itself where it has none.

import { SpratPlaylist } from '../elements/sprat-playlist.ts';
import { register } from './register.ts';
import './sprat-player.ts';

register('sprat-playlist', SpratPlaylist);

export { SpratPlaylist };
