/** Days and moments in London: what a date on paper is as a moment. */
import type { Day } from './values.ts';

const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
const hourMs = 60 * 60 * 1000;

/** Noon in London on a day, in milliseconds since 1970: whichever clock looks at it, it is that day. */
export function londonNoon(day: Day): number {
  const noonMs = Date.parse(`${day}T12:00:00Z`);
  return noonMs - (Number(londonHour.format(noonMs)) - 12) * hourMs;
}
