/** What a restore did not bring back, for a QA lead: by laptop and record (regather 6). Reads one snapshot. */
import { nothingMissing, type MissingGroup, type MissingList } from '../../src/protocol/missing.ts';
import { isQaLead } from '../auth/people.ts';
import { contradictedMs } from '../db/contradicted.ts';
import { missingOps, one, type ListedMissing } from '../db/missing.ts';
import { restoredMs } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import { countAllWaiting } from '../db/waiting.ts';
import type { Asking } from './context.ts';

/**
 * The first `limit` groups; to anybody but a QA lead as if nothing were missing. What one other person alone says was lost is
 * not in it before it is shown.
 */
export async function missingList(tx: Tx, asking: Asking, limit: number): Promise<MissingList> {
  const { authority, person } = asking;
  const noticedMs = await restoreNoticedMs(tx, asking);
  if (noticedMs === undefined || !(await isQaLead(tx, asking))) return nothingMissing;
  const missing = await missingOps(tx, authority.id, one(person));
  const groups = [...byRecord(missing).values()].map(groupOf);
  return {
    noticedMs,
    changes: missing.filter(({ again }) => !again).length,
    waiting: await countAllWaiting(tx, authority.id),
    groups: groups.sort((a, b) => Number(a.again) - Number(b.again)).slice(0, limit),
  };
}

/** When it was last noticed that this database went back, as far as this person is concerned; undefined for never. */
export const restoreNoticedMs = async (
  tx: Tx,
  { authority, person }: Pick<Asking, 'authority' | 'person'>,
): Promise<number | undefined> =>
  (await restoredMs(tx, authority.id)) ?? (await contradictedMs(tx, authority.id, person));

function byRecord(missing: readonly ListedMissing[]): Map<string, [ListedMissing, ...ListedMissing[]]> {
  const groups = new Map<string, [ListedMissing, ...ListedMissing[]]>();
  for (const op of missing) {
    const key = `${op.device} ${op.person} ${op.record} ${op.again}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [op]);
    else group.push(op);
  }
  return groups;
}

function groupOf(ops: [ListedMissing, ...ListedMissing[]]): MissingGroup {
  const [{ device, person, record, kind, again }] = ops;
  const made = ops.flatMap(({ madeMs }) => madeMs ?? []);
  return {
    device,
    person,
    record,
    kind,
    units: [...new Set(ops.flatMap(({ unit }) => unit ?? []))].sort(),
    changes: ops.length,
    madeMs: made.length === 0 ? null : made.reduce((a, b) => Math.max(a, b)),
    again,
  };
}
