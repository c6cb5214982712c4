/**
 * Which records changed here by anything but an edit, and in which order: each gets the next change number. A page of a
 * download is noted in a few rows, not in one a record: what IndexedDB takes for a row is taken for each row, and a page
 * would take nearly twice as long.
 *
 *   changes   record -> number            together   number of the last -> kind, records in the order of their numbers
 *
 * A record may stand in several of them: its newest number counts, and whoever reads by number meets that one last.
 */
import type { RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import type { ReadTx, WriteTx } from './port.ts';
import type { ChangeRow } from './rows.ts';
import type { LaptopState } from './state.ts';

/** Fewer are noted one by one, in rows that are replaced when their record changes again. */
const leastTogether = 16;
const mostTogether = 200;

/** Gives each record the next change number; answers the state with the counter moved on. */
export async function markChanged(
  tx: WriteTx,
  state: LaptopState,
  records: ReadonlyMap<RecordId, Kind>,
): Promise<LaptopState> {
  await tx.putMany(
    'changes',
    [...records].map(([record, kind], i) => ({ record, kind, change: state.change + 1 + i })),
  );
  return { ...state, change: state.change + records.size };
}

/** The same for many at once, in a transaction on `together` as well. */
export async function markManyChanged(
  tx: WriteTx,
  state: LaptopState,
  records: ReadonlyMap<RecordId, Kind>,
): Promise<LaptopState> {
  if (records.size < leastTogether) return markChanged(tx, state, records);
  let { change } = state;
  for (const [kind, ids] of byKind(records)) {
    for (let at = 0; at < ids.length; at += mostTogether) {
      const some = ids.slice(at, at + mostTogether);
      change += some.length;
      await tx.put('together', { change, kind, records: some });
    }
  }
  return { ...state, change };
}

function byKind(records: ReadonlyMap<RecordId, Kind>): ReadonlyMap<Kind, RecordId[]> {
  const ids = new Map<Kind, RecordId[]>();
  for (const [record, kind] of records) {
    const same = ids.get(kind);
    if (same === undefined) ids.set(kind, [record]);
    else same.push(record);
  }
  return ids;
}

/** Rows of `together` that are read at once. */
const rowsTogether = 8;

/** The changes after a number, in no order; the first `limit` of them at least, where there are so many. */
export async function changedAfter(tx: ReadTx, after: number, limit = Infinity): Promise<ChangeRow[]> {
  const [single, together] = await Promise.all([
    tx.whereAbove('changes', 'change', after, Number.isFinite(limit) ? { limit } : {}),
    togetherAfter(tx, after, limit),
  ]);
  return [...single, ...together];
}

async function togetherAfter(tx: ReadTx, after: number, limit: number): Promise<ChangeRow[]> {
  const found: ChangeRow[] = [];
  for (let from = after + 1; found.length < limit;) {
    const rows = await tx.all('together', { from, limit: rowsTogether });
    for (const { change, kind, records } of rows) {
      const first = change - records.length + 1;
      found.push(
        ...records.map((record, i) => ({ record, kind, change: first + i })).filter((one) => one.change > after),
      );
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsTogether) break;
    from = last.change + 1;
  }
  return found;
}

/** Notes every record that is noted together anew, with `records`, and drops the rows that said so. */
export async function markAllChanged(
  tx: WriteTx,
  state: LaptopState,
  records: ReadonlyMap<RecordId, Kind>,
): Promise<LaptopState> {
  const rows = await tx.all('together');
  const before = rows.flatMap(({ kind, records: ids }) => ids.map((id) => [id, kind] as const));
  const after = await markManyChanged(tx, state, new Map([...before, ...records]));
  await tx.deleteMany(
    'together',
    rows.map(({ change }) => change),
  );
  return after;
}
