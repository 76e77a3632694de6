// How the page writes a point in time, so that `parseTime` reads it again: `0:12`, `0:12.4`, `1:02:03`.

import { clock } from '../time.ts';

/** To the millisecond. */
export function clockOf(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const rest = ms % 1000;
  return clock(Math.floor(ms / 1000)) + (rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`);
}
