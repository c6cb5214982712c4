/** What an import writes before its audits: its own record, then the tool, the services and the teams that are not there yet. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import { basisOf, shownValue } from '../../src/domain/fold.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { ImportSourceValue } from '../../src/domain/values.ts';
import type { ImportPlan } from '../../src/protocol/import-job.ts';
import type { Store } from '../../src/store/open.ts';
import type { Edit } from '../../src/store/record.ts';
import { readRecord, readRecords } from '../../src/store/view.ts';

/** New services and teams in one group: far below what a group may weigh. */
const placesTogether = 20;

/** In groups, in order; none where everything is there, as when an import goes on. */
export async function openingGroups(store: Store, plan: ImportPlan): Promise<readonly (readonly Edit[])[]> {
  const source = await sourceEdit(store, plan);
  const tool = newRecord(plan.tool.id, 'tool', 'definition', { tool: plan.tool });
  const places = plan.make.map(({ kind, id, value }) => newRecord(id, kind, 'profile', value));
  const ids = [tool, ...places].map(({ record }) => record);
  const there = new Set((await readRecords(store, ids)).map(({ id }) => id));
  const missing = places.filter(({ record }) => !there.has(record));
  return [
    ...(source === null ? [] : [[source]]),
    ...(there.has(tool.record) ? [] : [[tool]]),
    ...Array.from({ length: Math.ceil(missing.length / placesTogether) }, (_, at) =>
      missing.slice(at * placesTogether, (at + 1) * placesTogether),
    ),
  ];
}

const newRecord = (id: string, kind: Edit['kind'], unit: string, value: object): Edit => ({
  record: id as RecordId,
  kind,
  unit,
  value: value as JsonObject,
  base: null,
});

/** null when the record says already what the plan says. One that goes on keeps who began it and when. */
async function sourceEdit(store: Store, plan: ImportPlan): Promise<Edit | null> {
  const { record, file, digest, rows, tool, by, atMs, readAs } = plan;
  const shown = (await readRecord(store, record))?.units;
  const before = shown === undefined ? undefined : shownValue<ImportSourceValue>(shown, 'source');
  if (before !== undefined && before.rows === rows && before.mapping === readAs) return null;
  const begun = { by: before?.by ?? by, at: before?.at ?? atMs };
  const value: ImportSourceValue = { file, digest, rows, tool: tool.id, ...begun, mapping: readAs };
  return {
    record,
    kind: 'import',
    unit: 'source',
    value: value as object as JsonObject,
    ...basisOf(shown?.['source']),
  };
}
