/**
 * How figures, dates and times are written on screen and on paper.
 *
 * Percentages have no decimals and round half up, but never to none or all of something that is neither; dates are "3 March 2026", times "14:02", both as clocks in London show
 * them, whatever zone the laptop is set to. A `Day` is a date on the wall and never passes through a time zone.
 */
import type { Interval } from '../domain/proportion.ts';
import type { Day } from '../domain/values.ts';

// Doubles fall a hair short of the half (0.285 * 100 = 28.499...); no base below a billion comes nearer to it than this.
const hair = 1e-9;

/** A share between 0 and 1 as whole percent, half up. */
export const wholePercent = (share: number): number => Math.floor(share * 100 + 0.5 + hair);

/** "25%", "under 1%", "over 99%" */
export function percent(share: number): string {
  const whole = wholePercent(share);
  if (whole === 0 && share > 0) return 'under 1%';
  return whole === 100 && share < 1 ? 'over 99%' : `${whole}%`;
}

/** "11% to 47%" */
export const intervalText = ({ lower, upper }: Interval): string => `${percent(lower)} to ${percent(upper)}`;

const written = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const writtenMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const londonDay = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const londonTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const atMidnight = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** "3 March 2026" */
export const dayText = (day: Day): string => written.format(atMidnight(day));

/** "March 2026", of a `YYYY-MM`. */
export const monthText = (month: string): string => writtenMonth.format(atMidnight(`${month}-01`));

/** The day in London at a moment. */
export const dayAt = (ms: number): Day => londonDay.format(ms);

/** "14:02" */
export const timeText = (ms: number): string => londonTime.format(ms);

/** "3 March 2026 at 14:02", of a moment. */
export const momentText = (ms: number): string => `${dayText(dayAt(ms))} at ${timeText(ms)}`;

/** `YYYY-MM-DDTHH:MM` in London, as a date and time field holds a moment. */
export const localTime = (ms: number): string => `${dayAt(ms)}T${timeText(ms)}`;

/** "3 March 2026 at 14:02", of a `YYYY-MM-DDTHH:MM`. */
export function localTimeText(local: string): string {
  const [day = '', time = ''] = local.split('T');
  return `${dayText(day)} at ${time}`;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => Math.round((atMidnight(to) - atMidnight(from)) / dayMs);
