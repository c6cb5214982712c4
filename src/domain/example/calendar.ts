/** Days, months and office hours of the example, in plain UTC arithmetic on `YYYY-MM-DD`. */
import type { Day } from '../values.ts';

const dayMs = 24 * 60 * 60 * 1000;
const minuteMs = 60 * 1000;
const opensAtMinute = 8 * 60 + 30;

export const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
export const dayOf = (ms: number): Day => new Date(ms).toISOString().slice(0, 10);
export const addDays = (day: Day, days: number): Day => dayOf(startOf(day) + days * dayMs);

/** The first day of the month that lies `months` after the month of `day`. */
export function monthStart(day: Day, months: number): Day {
  const date = new Date(startOf(day));
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
}

/** 1 for January. */
export const monthNumber = (day: Day): number => Number(day.slice(5, 7));

const monthNames = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
export const monthName = (day: Day): string => monthNames.format(startOf(day));

const isWorkingDay = (day: Day): boolean => ![0, 6].includes(new Date(startOf(day)).getUTCDay());

/** The day itself when it is worked on, else the nearest one before or after. */
export function workingDay(day: Day, way: 'before' | 'after'): Day {
  return isWorkingDay(day) ? day : workingDay(addDays(day, way === 'before' ? -1 : 1), way);
}

/** A time on a day, in minutes after the office opens. */
export const officeTime = (day: Day, minutes: number): number => startOf(day) + (opensAtMinute + minutes) * minuteMs;

export const minutesLater = (ms: number, minutes: number): number => ms + minutes * minuteMs;
