// Registers `<sprat-search>`, and the list of what it finds.

import { SpratSearch } from '../elements/sprat-search.ts';
import { register } from './register.ts';
import './sprat-playlist.ts';

register('sprat-search', SpratSearch);

export { SpratSearch };
