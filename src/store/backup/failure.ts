/** A backup file that cannot be read, thrown through the steps of reading it and answered as data by whoever asked. */
import type { BackupProblem } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { problemOf } from '../problems.ts';

export class BackupFailure extends Error {
  readonly problem: BackupProblem;
  constructor(kind: BackupProblem['kind'], cause?: unknown) {
    super(`The backup file cannot be used: ${kind}`, { cause });
    this.name = 'BackupFailure';
    this.problem = { kind };
  }
}

/** The person called a long job off. */
export interface Cancelled {
  readonly kind: 'cancelled';
}

/** Runs `work`; an expected failure, of the file, of the store or because of `signal`, is answered as data. */
export async function asBackupResult<T>(
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T, BackupProblem | StoreProblem | Cancelled>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof BackupFailure) return { ok: false, problem: error.problem };
    const problem = problemOf(error);
    if (problem !== null) return { ok: false, problem };
    if (signal.aborted && error === signal.reason) return { ok: false, problem: { kind: 'cancelled' } };
    throw error;
  }
}
