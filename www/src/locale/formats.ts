// How are numbers, times, bytes and rates written and said in a language? As `Intl` does for it. `clock` keeps its colons, and
// has the language's digits.

import type { Strings } from '../late-strings.ts';
import { clock, parts } from '../time.ts';

/** What of the table is no sentence. */
export type Formats = Pick<Strings, 'percent' | 'spoken' | 'clock' | 'number' | 'perSecond' | 'bytes' | 'moment' | 'inDays'>;

export function formatsOf(tag: string): Formats {
  const plain = new Intl.NumberFormat(tag);
  const share = new Intl.NumberFormat(tag, { style: 'percent' });
  const list = new Intl.ListFormat(tag, { type: 'unit', style: 'long' });
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' });
  const days = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const digits = Array.from({ length: 10 }, (_, n) => plain.format(n));

  /** Making one takes longer than using it, and a playhead is said four times a second. */
  const made = new Map<string, Intl.NumberFormat>();
  const unit = (n: number, unit: string, unitDisplay: 'short' | 'long', maximumFractionDigits = 0) => {
    const key = unit + maximumFractionDigits;
    let format = made.get(key);
    if (!format) made.set(key, (format = new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay, maximumFractionDigits })));
    return format.format(n);
  };
  /** Thousands without decimals, more with one where it tells something. */
  const scaled = (n: number, units: readonly [size: number, unit: string][]) => {
    const [size, name] = units.find(([size]) => n >= size) ?? units[units.length - 1]!;
    return unit(n / size, name, 'short', size > 1e3 && n < 100 * size ? 1 : 0);
  };

  return {
    number: n => plain.format(n),
    percent: of => share.format(of),
    moment: at => moment.format(at),
    inDays: n => days.format(n, 'day'),
    clock: seconds => clock(seconds).replace(/\d/g, digit => digits[Number(digit)]!),
    perSecond: bits => scaled(bits, [[1e6, 'megabit-per-second'], [1e3, 'kilobit-per-second']]),
    bytes: bytes => scaled(bytes, [[1e9, 'gigabyte'], [1e6, 'megabyte'], [1e3, 'kilobyte']]),
    spoken(seconds) {
      const { h, m, s } = parts(seconds);
      const said = [h > 0 && unit(h, 'hour', 'long'), m > 0 && unit(m, 'minute', 'long'), (s > 0 || (h === 0 && m === 0)) && unit(s, 'second', 'long')];
      return list.format(said.filter(text => text !== false));
    },
  };
}
