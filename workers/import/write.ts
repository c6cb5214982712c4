/**
 * Writes an import: its own record, what has to be made for it, a group for each row, and at the very end `finished`.
 *
 * Promises:
 *  - a row is written whole or not at all, and never twice: what is here already is passed over
 *  - every group is on disk before the next ones are made; memory does not grow with the file but for a key of each row
 *  - a stop is heard between two batches; the same plan again goes on where it ended
 */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { auditReader } from '../../src/domain/import/apply.ts';
import { auditUnits, type AuditsOfImport } from '../../src/domain/import/audit-units.ts';
import { placeOf } from '../../src/domain/import/decided-places.ts';
import { rowKeys } from '../../src/domain/import/row-key.ts';
import type { EventValue } from '../../src/domain/values.ts';
import type { FileRow } from '../../src/protocol/import.ts';
import type { ImportPlan, ImportProgress, ImportStop, ImportWritten } from '../../src/protocol/import-job.ts';
import type { Result } from '../../src/protocol/problem.ts';
import { readImportedRows, type ImportedRows } from '../../src/store/imported.ts';
import type { Store } from '../../src/store/open.ts';
import { recordGroups, type Edit } from '../../src/store/record.ts';
import type { FileLike } from './bytes.ts';
import { openingGroups } from './opening.ts';
import { rows } from './read-csv.ts';

export interface WriteDeps {
  readonly store: Store;
  readonly onProgress: (progress: ImportProgress) => void;
}

type Group = readonly Edit[];

/** Changes recorded in one transaction: a quarter of a second's work or so, so that a stop is soon heard. */
const batchEdits = 500;

export async function writeImport(
  signal: AbortSignal,
  file: FileLike,
  plan: ImportPlan,
  { store, onProgress }: WriteDeps,
): Promise<Result<ImportWritten, ImportStop>> {
  const beganMs = store.now();
  const known = await readImportedRows(store);
  const opened = await record(store, await openingGroups(store, plan));
  if (!opened.ok) return opened;
  let written = 0;
  for await (const batch of batches(signal, file, plan, groupMaker(store, plan, known))) {
    if (!batch.ok) return batch.problem.kind === 'cancelled' ? stopped(written) : batch;
    const { groups, doneBytes, totalBytes } = batch.value;
    const saved = await record(store, groups);
    if (!saved.ok) return saved;
    written += groups.length;
    onProgress({ doneBytes, totalBytes, written });
    if (signal.aborted) return stopped(written);
  }
  const closed = await record(store, [[finished(store, plan, plan.atMs + store.now() - beganMs)]]);
  return closed.ok ? { ok: true, value: { outcome: 'finished', written } } : closed;
}

const stopped = (written: number): Result<ImportWritten, never> => ({
  ok: true,
  value: { outcome: 'stopped', written },
});

async function record(store: Store, groups: readonly Group[]): Promise<Result<null, ImportStop>> {
  if (groups.length === 0) return { ok: true, value: null };
  const saved = await recordGroups(
    store,
    groups.map((edits) => ({ edits })),
  );
  return saved.ok ? { ok: true, value: null } : saved;
}

interface Batch {
  readonly groups: readonly Group[];
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** The groups of the rows that are to be written, as many together as are recorded at once. */
async function* batches(
  signal: AbortSignal,
  file: FileLike,
  { layout }: ImportPlan,
  groupOf: (row: FileRow) => Group | 'undecided' | null,
): AsyncGenerator<Result<Batch, ImportStop>> {
  for await (const page of rows(signal, file, layout)) {
    if (!page.ok) return yield page;
    const { doneBytes, totalBytes } = page.value;
    let groups: Group[] = [];
    let edits = 0;
    for (const row of page.value.rows) {
      const group = groupOf(row);
      if (group === 'undecided') return yield { ok: false, problem: { kind: 'look-again' } };
      if (group === null) continue;
      groups.push(group);
      edits += group.length;
      if (edits < batchEdits) continue;
      yield { ok: true, value: { groups, doneBytes, totalBytes } };
      groups = [];
      edits = 0;
    }
    yield { ok: true, value: { groups, doneBytes, totalBytes } };
  }
}

/** Makes the group of a row: null for one that is no audit or is here already. Called for every row, in order. */
function groupMaker(
  { hash, newId }: Store,
  plan: ImportPlan,
  known: ImportedRows,
): (row: FileRow) => Group | 'undecided' | null {
  const { mapping, places } = plan;
  const read = auditReader(mapping);
  const keyOf = rowKeys(hash);
  const columns = mapping.graded.map(({ column }) => column).filter((column) => column !== mapping.overall);
  const common: AuditsOfImport = { ...plan, import: plan.record, columns };
  return ({ row, cells }) => {
    const key = keyOf(cells);
    const applied = read(cells);
    if (known.has(key) || !applied.ok) return null;
    const place = placeOf(places, applied.audit);
    if (place === null) return 'undecided';
    const id = newId() as RecordId;
    const units = auditUnits(common, { row, key, audit: applied.audit, place });
    return units.map(({ unit, value }): Edit => ({ record: id, kind: 'audit', unit, value, base: null }));
  };
}

function finished({ person }: Store, { record: id }: ImportPlan, atMs: number): Edit {
  const value: EventValue = { by: person, at: atMs, reason: '' };
  return { record: id, kind: 'import', unit: 'finished', value: value as object as JsonObject, base: null };
}
