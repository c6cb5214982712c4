import type { SyncProblem } from './problem.ts';

/** Whether the server does not hold what it was once proved to hold, or nobody can say so any more. */
export const isDisproof = (problem: SyncProblem | null): boolean =>
  problem?.kind === 'not-equal' || problem?.kind === 'chain' || problem?.kind === 'forked' || problem?.kind === 'epoch';
