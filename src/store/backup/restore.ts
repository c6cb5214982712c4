/** Everything of a backup file into a store that has nothing: counted to the end before anything is written, then all of it. */
import type { BackupProblem } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import type { Store } from '../open.ts';
import { bringIn, countBringIn, type OnProgress } from './bring-in.ts';
import type { Cancelled } from './failure.ts';
import type { OpenedBackup } from './read-backup.ts';

/** Progress runs through the file twice. Called off, it says so; what is in the store then is of no use to anybody. */
export async function restoreInto(
  signal: AbortSignal,
  store: Store,
  backup: OpenedBackup,
  onProgress: OnProgress,
): Promise<Result<null, BackupProblem | StoreProblem | Cancelled>> {
  const half =
    (before: number): OnProgress =>
    (done, all) =>
      onProgress(before * all + done, 2 * all);
  const counted = await countBringIn(signal, store, backup, { kind: 'restore' }, half(0));
  if (!counted.ok) return counted;
  const brought = await bringIn(signal, store, backup, { kind: 'restore' }, half(1));
  if (!brought.ok) return brought;
  return brought.value.isPart ? { ok: false, problem: { kind: 'cancelled' } } : { ok: true, value: null };
}
