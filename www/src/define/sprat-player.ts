// Registers `<sprat-player>`, and the video inside it.

import { SpratPlayer } from '../elements/sprat-player.ts';
import { register } from './register.ts';
import './sprat-video.ts';

register('sprat-player', SpratPlayer);

export { SpratPlayer };
