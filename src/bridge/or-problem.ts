/** What the store throws, as data for whoever shows it. */
import type { StoreProblem } from '../protocol/problem.ts';
import { asResult } from '../store/problems.ts';

/** A problem the store rejected with, as data; a bug is thrown on. */
export async function orProblem<P>(work: () => Promise<P | null>): Promise<P | StoreProblem | null> {
  const done = await asResult(async () => ({ ok: true, value: await work() }) as const);
  return done.ok ? done.value : done.problem;
}
