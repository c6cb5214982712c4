/** Makes a failing schedule as short as it can: leaves out steps, half of them first and one at a time last, while it fails the same way. */
import type { Ended } from './run-schedule.ts';
import type { Schedule, Step } from './steps.ts';

/** At most so many tries: a long trace that is short enough to read is good enough. */
const longestTries = 250;

export async function shrink(
  schedule: Schedule,
  oracle: string,
  run: (schedule: Schedule) => Promise<Ended>,
): Promise<Schedule> {
  let steps = schedule.steps;
  let tries = 0;
  const fails = async (fewer: readonly Step[]): Promise<boolean> => {
    tries += 1;
    return (await run({ ...schedule, steps: fewer })).violation?.oracle === oracle;
  };
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < steps.length && tries < longestTries;) {
      const fewer = [...steps.slice(0, at), ...steps.slice(at + size)];
      if (await fails(fewer)) steps = fewer;
      else at += size;
    }
  }
  return { ...schedule, steps };
}
