/** When an auditor sits down to an audit, and whether it takes an ordinary course, is extended, exempted or voided. */
import type { Day } from '../values.ts';
import { addDays, minutesLater, monthStart, officeTime, workingDay } from './calendar.ts';
import type { Chance } from './chance.ts';

export interface Course {
  /** When the auditor sits down to it; the last time ends with submitting. Never when empty. */
  readonly sittings: readonly number[];
  readonly fate: Fate;
}

export type Fate =
  { readonly kind: 'ordinary' } | { readonly kind: 'extended' | 'exempt' | 'voided'; readonly atMs: number };

/** What the known auditor has open, whatever day it is: one not begun, one half-way, one as it comes. */
export const drafts = ['not begun', 'half-way', 'as it comes'] as const;

const isNth = (number: number, every: number, at: number): boolean => number % every === at;

/**
 * The course of the programme's `number`-th audit, of the month that begins on `first`. Every so many-th takes another than
 * the ordinary one; the numbers share no factor, so that the courses seldom meet. What is late is done within the next month.
 */
export function courseOf(number: number, first: Day, chance: Chance): Course {
  const at = (day: Day, minutes: number): number => officeTime(workingDay(day, 'after'), minutes);
  if (isNth(number, 47, 13))
    return { sittings: [], fate: { kind: 'exempt', atMs: at(addDays(first, 4), number % 60) } };
  if (isNth(number, 61, 29) && chance.happens(0.5)) {
    return { sittings: [], fate: { kind: 'voided', atMs: at(addDays(first, 2), number % 60) } };
  }
  const isExtended = isNth(number, 23, 7);
  const sittings = sittingsOf(first, isExtended || isNth(number, 7, 3), chance);
  const last = sittings.at(-1) ?? 0;
  if (isNth(number, 61, 29)) return { sittings, fate: { kind: 'voided', atMs: minutesLater(last, 3 * 24 * 60) } };
  if (isExtended) return { sittings, fate: { kind: 'extended', atMs: at(addDays(first, 24), number % 60) } };
  return { sittings, fate: { kind: 'ordinary' } };
}

/** One to three of them, the first in the month's first three weeks or, of a late audit, about its end. */
function sittingsOf(first: Day, isLate: boolean, chance: Chance): readonly number[] {
  const earliest = isLate ? addDays(monthStart(first, 1), -6) : addDays(first, 1);
  const days = [addDays(earliest, chance.between(0, 18))];
  for (let more = chance.between(0, 2); more > 0; more -= 1) {
    days.push(addDays(workingDay(days.at(-1) ?? first, 'after'), chance.between(1, 3)));
  }
  return days.map((day) => officeTime(workingDay(day, 'after'), chance.between(0, 330)));
}

/** The course of something the known auditor has open: what came before `today` of it is all that happens. */
export function draftCourse(draft: (typeof drafts)[number], today: Day, ordinary: Course): Course {
  const fate: Fate = { kind: 'ordinary' };
  switch (draft) {
    case 'not begun':
      return { sittings: [], fate };
    case 'half-way': {
      const lastWorkingDay = officeTime(workingDay(addDays(today, -1), 'before'), 240);
      return { sittings: [lastWorkingDay, Number.POSITIVE_INFINITY], fate };
    }
    case 'as it comes':
      return ordinary;
    default:
      return draft satisfies never;
  }
}
