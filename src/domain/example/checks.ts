/** Answers to the compliance checks of a section: likelier to be met the better its grade, with days that follow each other. */
import type { Section } from '../tool.ts';
import type { ChecksValue, Day } from '../values.ts';
import { addDays } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Tone } from './topic.ts';

const metShares: Readonly<Record<Tone, number>> = { best: 0.98, good: 0.92, fair: 0.72, poor: 0.42 };
const notApplicableShare = 0.07;
const unansweredShare = 0.02;

/** The answers of a section with these words for its grade; null when it has no checks, or was not applicable. */
export function answerChecks({ checks }: Section, tone: Tone | null, day: Day, chance: Chance): ChecksValue | null {
  if (checks.length === 0 || tone === null) return null;
  let last = addDays(day, -chance.between(60, 150));
  const answers = checks.flatMap(({ id, answer }) => {
    if (chance.happens(unansweredShare)) return [];
    if (chance.happens(notApplicableShare)) return [[id, 'na'] as const];
    if (!chance.happens(metShares[tone])) return [[id, 'no'] as const];
    if (answer === 'yes-no') return [[id, 'yes'] as const];
    last = addDays(last, chance.between(0, 9));
    return [[id, last] as const];
  });
  return { answers: Object.fromEntries(answers) };
}
