/** How an editor of one audit saves: into the store, or sealed beside it, and counted at once as not sent. */
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import { recordOrKeep } from '../../store/record.ts';
import type { How } from './draft.ts';
import type { UnitEdit } from './unit-editor.ts';

type Saving = Pick<Laptop, 'store' | 'unsaved' | 'recount'>;

export function saveIn({ store, unsaved, recount }: Saving, id: RecordId) {
  return async (edit: UnitEdit, how: How): Promise<Result<unknown, StoreProblem>> => {
    const whole = { record: id, kind: 'audit', ...edit } as const;
    const saved = await unsaved.saving(whole, async () => {
      try {
        return await recordOrKeep(store, whole, how);
      } catch (cause) {
        // A fault of ours must not stop the saves after it, nor look like one that worked.
        return { ok: false, problem: { kind: 'storage-failed', why: String(cause) } };
      }
    });
    if (saved.ok) recount();
    return saved;
  };
}
