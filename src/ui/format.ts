/**
 * How numbers, dates and times are written on screen and on paper.
 *
 * Percentages have no decimals and round half up; dates are "3 March 2026", times "14:02", both as clocks in London show
 * them, whatever zone the laptop is set to. A `Day` is a date on the wall and never passes through a time zone.
 */
import type { Interval } from '../domain/proportion.ts';
import type { Day } from '../domain/values.ts';

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

// Doubles fall a hair short of the half (0.285 * 100 = 28.499...); no base below a billion comes nearer to it than this.
const hair = 1e-9;

/** A share between 0 and 1 as whole percent, half up. */
export const wholePercent = (share: number): number => Math.floor(share * 100 + 0.5 + hair);

/** "25%" */
export const percent = (share: number): string => `${wholePercent(share)}%`;

/** "11% to 47%" */
export const intervalText = ({ lower, upper }: Interval): string => `${percent(lower)} to ${percent(upper)}`;

/** "1,340" */
export const count = (n: number): string => n.toLocaleString('en-GB');

/** "3 March 2026" */
export function dayText(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${monthNames[(month ?? 1) - 1]} ${year}`;
}

/** "March 2026", of a `YYYY-MM`. */
export function monthText(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return `${monthNames[(number ?? 1) - 1]} ${year}`;
}

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function londonParts(ms: number): Readonly<Record<string, string>> {
  return Object.fromEntries(london.formatToParts(ms).map(({ type, value }) => [type, value]));
}

/** The date in London at a moment. */
export function dayAt(ms: number): Day {
  const { year, month, day } = londonParts(ms);
  return `${year}-${month}-${day}`;
}

/** "14:02" */
export function timeText(ms: number): string {
  const { hour, minute } = londonParts(ms);
  return `${hour}:${minute}`;
}

/** `YYYY-MM-DDTHH:MM`, as a date and time field holds it. */
export const localTime = (ms: number): string => `${dayAt(ms)}T${timeText(ms)}`;

/** "3 March 2026 at 14:02" of a moment. */
export const momentText = (ms: number): string => `${dayText(dayAt(ms))} at ${timeText(ms)}`;

/** "3 March 2026 at 14:02" of a `YYYY-MM-DDTHH:MM`. */
export function localTimeText(local: string): string {
  const [day, time] = local.split('T');
  return `${dayText(day ?? '')} at ${time ?? ''}`;
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  const dayMs = 24 * 60 * 60 * 1000;
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}
