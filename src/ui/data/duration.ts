/** A length of time in the largest whole unit a person would use. */
import { words } from '../words.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export function durationText(ms: number): string {
  if (ms < hourMs) return words.frame.duration.minutes(Math.max(1, Math.round(ms / minuteMs)));
  if (ms < 2 * dayMs) return words.frame.duration.hours(Math.round(ms / hourMs));
  return words.frame.duration.days(Math.round(ms / dayMs));
}
