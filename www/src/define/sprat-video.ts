// Registers `<sprat-video>`.

import { SpratVideo, warm } from '../elements/sprat-video.ts';
import { register } from './register.ts';

register('sprat-video', SpratVideo);

export { SpratVideo, warm };
