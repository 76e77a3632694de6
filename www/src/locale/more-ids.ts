// Which messages are there of what is said by what is opened on purpose?

import { more } from '../more-strings.ts';
import { idsOf } from './ids.ts';

export function moreIds(): string[] {
  return idsOf(more);
}
