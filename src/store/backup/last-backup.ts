/** When this laptop was last saved into a backup file, and how much has been done since. */
import type { Store } from '../open.ts';
import { stateIn } from '../state.ts';
import type { BackupMark } from '../take-out.ts';

const lastBackupKey = 'last-backup';

interface LastBackup extends BackupMark {
  readonly atMs: number;
}

export interface BackupAge {
  /** By this laptop's clock; null when there never was one. */
  readonly atMs: number | null;
  /** Changes since, or ever. Words typed on into one box for a while are one. */
  readonly since: number;
}

export async function writeLastBackup(store: Store, mark: BackupMark): Promise<void> {
  const value: LastBackup = { ...mark, atMs: store.now() };
  await store.port.write(['meta'], 'strict', async (tx) => {
    await stateIn(tx, store);
    await tx.put('meta', { name: lastBackupKey, value });
  });
}

export function readBackupAge(store: Store): Promise<BackupAge> {
  return store.port.read(['meta'], async (tx) => {
    const [state, row] = await Promise.all([stateIn(tx, store), tx.get('meta', lastBackupKey)]);
    const last = row?.value as LastBackup | undefined;
    if (last === undefined) return { atMs: null, since: state.nextN - 1 };
    const typedOn = state.change > last.change ? 1 : 0;
    return { atMs: last.atMs, since: Math.max(state.nextN - last.nextN, typedOn) };
  });
}

const weekMs = 7 * 24 * 60 * 60 * 1000;
const manyChanges = 50;

/**
 * Whether somebody whose only copy is on this laptop should be reminded. `firstMs` is when they began; null when they have not.
 */
export function isBackupDue({ atMs, since }: BackupAge, firstMs: number | null, nowMs: number): boolean {
  const sinceMs = atMs ?? firstMs;
  if (sinceMs === null || since === 0) return false;
  return since >= manyChanges || nowMs - sinceMs >= weekMs;
}
