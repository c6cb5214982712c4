/**
 * Reads a written date as a Day, or not at all. Never guessed: the order of day and month is given for a whole column,
 * a date that does not exist is null and never the day after, and nothing is read without a day in it.
 *
 *   fixed    2026-03-09, 2026/03/09, 9 March 2026, 9-Mar-26, March 9, 2026, 46090 (Excel); the same in either order
 *   slashed  9/3/2026, 09-03-26, 09.03.2026: needs the order
 *
 * A time after the date is let go, with its zone: the day is the one that is written. Days before 1990 or after 2100
 * are not read: in these records they are a typing error, an empty date (1900-01-01) or a number.
 */
import type { Day } from '../values.ts';

export type DateOrder = 'day-first' | 'month-first';

/** What a column's dates say of their order. `none`: no date whose order matters. */
export type ColumnDateOrder = DateOrder | 'ambiguous' | 'none';

type Written =
  | { readonly kind: 'fixed' | 'serial'; readonly day: Day }
  | { readonly kind: 'slashed'; readonly dayFirst: Day | null; readonly monthFirst: Day | null };

/** The day that `text` says, a slashed date in the given order; null when it says none, or needs an order and has none. */
export function readDay(text: string, order: DateOrder | null): Day | null {
  const written = writtenDate(text);
  if (written === null) return null;
  if (written.kind !== 'slashed') return written.day;
  const { dayFirst, monthFirst } = written;
  if (order === null) return dayFirst === monthFirst ? dayFirst : null;
  return order === 'day-first' ? dayFirst : monthFirst;
}

/** Counts of a column's cells by what they say of their order. */
export class DateTally {
  #dayFirst = 0;
  #monthFirst = 0;
  #either = 0;
  #dates = 0;
  #serials = 0;

  add(text: string, count = 1): void {
    const written = writtenDate(text);
    if (written === null) return;
    if (written.kind === 'serial') this.#serials += count;
    else this.#dates += count;
    if (written.kind !== 'slashed' || written.dayFirst === written.monthFirst) return;
    if (written.monthFirst === null) this.#dayFirst += count;
    else if (written.dayFirst === null) this.#monthFirst += count;
    else this.#either += count;
  }

  /** Cells that are a date in some order, and numbers that Excel may have meant as one. */
  get counts(): { readonly dates: number; readonly serials: number } {
    return { dates: this.#dates, serials: this.#serials };
  }

  /** Ambiguous also where cells contradict each other: then a person says which of them are wrong. */
  get order(): ColumnDateOrder {
    if (this.#dayFirst > 0 && this.#monthFirst > 0) return 'ambiguous';
    if (this.#dayFirst > 0) return 'day-first';
    if (this.#monthFirst > 0) return 'month-first';
    return this.#either > 0 ? 'ambiguous' : 'none';
  }
}

/** What the whole column says of its order. */
export function dateOrderOf(samples: Iterable<string>): ColumnDateOrder {
  const tally = new DateTally();
  for (const text of samples) tally.add(text);
  return tally.order;
}

const firstYear = 1990;
const lastYear = 2100;
/** Longer than any date with its weekday, time and zone. */
const longestDate = 60;

const time = String.raw`(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?[ap]m)?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const weekday = String.raw`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?`;
const slashed = new RegExp(String.raw`^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})${time}$`, 'i');
const yearFirst = new RegExp(String.raw`^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})${time}$`, 'i');
const dayMonth = new RegExp(
  String.raw`^${weekday}(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})${time}$`,
  'i',
);
const monthDay = new RegExp(String.raw`^${weekday}([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})${time}$`, 'i');
const serial = /^(\d{5})(?:\.\d{1,12})?$/;

function writtenDate(raw: string): Written | null {
  // Longer texts are never tried, and the first character settles most of the others.
  if (raw.length > longestDate * 2) return null;
  const text = raw.trim().replace(/\s+/g, ' ');
  if (text.length < 5 || text.length > longestDate || !/^[\da-z]/i.test(text)) return null;
  return slashedDate(text) ?? fixedDate(text);
}

function slashedDate(text: string): Written | null {
  const found = slashed.exec(text);
  if (found === null) return null;
  const [, first, , second, year = ''] = found;
  const dayFirst = dayOf(yearOf(year), Number(second), Number(first));
  const monthFirst = dayOf(yearOf(year), Number(first), Number(second));
  return dayFirst === null && monthFirst === null ? null : { kind: 'slashed', dayFirst, monthFirst };
}

function fixedDate(text: string): Written | null {
  const number = serial.exec(text);
  if (number !== null) return known('serial', serialDay(Number(number[1])));
  const iso = yearFirst.exec(text);
  if (iso !== null) return known('fixed', dayOf(Number(iso[1]), Number(iso[3]), Number(iso[4])));
  const named = dayMonth.exec(text);
  if (named !== null) return known('fixed', dayOf(yearOf(named[3] ?? ''), monthNamed(named[2]), Number(named[1])));
  const turned = monthDay.exec(text);
  return turned === null ? null : known('fixed', dayOf(Number(turned[3]), monthNamed(turned[1]), Number(turned[2])));
}

const known = (kind: 'fixed' | 'serial', day: Day | null): Written | null => (day === null ? null : { kind, day });

/** 90 to 99 are of the last century: no other reading lies in the years that are read. */
const yearOf = (digits: string): number => {
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year < firstYear % 100 ? 2000 + year : 1900 + year;
};

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** 1 to 12, of a month's name, its first three letters or "sept"; 0 when it is none. */
function monthNamed(name = ''): number {
  const lower = name.toLowerCase() === 'sept' ? 'sep' : name.toLowerCase();
  return months.findIndex((month) => month === lower || month.slice(0, 3) === lower) + 1;
}

const dayMs = 24 * 60 * 60 * 1000;

/** The day, or null when the calendar has none such or it is out of the years that are read. */
function dayOf(year: number, month: number, date: number): Day | null {
  if (year < firstYear || year > lastYear || month < 1 || month > 12) return null;
  const moment = new Date(Date.UTC(year, month - 1, date));
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date ? moment.toISOString().slice(0, 10) : null;
}

/**
 * Excel's 1900 system: day 1 is 1900-01-01 and day 60 a 29 February that never was. Every day after it, and so every
 * day that is read, counts from 1899-12-30.
 */
function serialDay(days: number): Day | null {
  const moment = new Date(Date.UTC(1899, 11, 30) + days * dayMs);
  return dayOf(moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate());
}
