/** Which audits were touched last on this laptop, and whether a case already has an open audit with a tool. */
import { auditState, type AuditState } from '../../domain/audit.ts';
import { shownValue } from '../../domain/fold.ts';
import type { RecordId, ToolId } from '../../domain/ids.ts';
import type { AllocationValue, CaseValue } from '../../domain/values.ts';
import { readChanged, type PlainRecord } from '../../store/columns.ts';
import type { Store } from '../../store/open.ts';
import { readState } from '../../store/state.ts';
import { readRecords, type ShownRecord } from '../../store/view.ts';

export interface RecentAudit {
  readonly id: RecordId;
  readonly reference: string;
  readonly allocation: AllocationValue;
  readonly state: AuditState;
  readonly record: ShownRecord;
}

/** How many of the audits that changed last are looked through for the newest allocations. */
const lookedThrough = 60;
/** Records passed over on the way to them: a large import may lie in between. */
const passedOver = 20_000;
const pageSize = 1_000;

/** The newest allocations, newest first. What came in with an import was allocated by nobody. */
export async function readRecentAllocations(store: Store, limit: number): Promise<readonly RecentAudit[]> {
  const audits = (await readRecords(store, await changedLast(store))).flatMap(recentOf);
  return audits.sort((a, b) => allocatedMs(b) - allocatedMs(a)).slice(0, limit);
}

/** The allocated audits that changed last, looking back further and further through what changed. */
async function changedLast(store: Store): Promise<readonly RecordId[]> {
  const ids = new Set<RecordId>();
  let upTo = (await store.port.read(['meta'], readState))?.change ?? 0;
  let passed = 0;
  for (let span = pageSize; upTo > 0 && ids.size < lookedThrough && passed < passedOver; span *= 2) {
    const from = Math.max(0, upTo - span);
    const found: RecordId[] = [];
    for (let after = from; after < upTo && passed < passedOver;) {
      const page = await readChanged(store.port, after, pageSize);
      found.push(...page.records.filter(isAllocated).map(({ id }) => id));
      passed += page.records.length;
      after = page.more ? page.change : upTo;
    }
    for (const id of found.reverse()) ids.add(id);
    upTo = from;
  }
  return [...ids].slice(0, lookedThrough);
}

const isAllocated = ({ kind, units }: PlainRecord): boolean =>
  kind === 'audit' && units['allocation'] !== undefined && units['imported'] === undefined;

function recentOf(record: ShownRecord): RecentAudit[] {
  const allocation = shownValue<AllocationValue>(record.units, 'allocation');
  const reference = shownValue<CaseValue>(record.units, 'case')?.reference;
  if (allocation === undefined || reference === undefined) return [];
  return [{ id: record.id, reference, allocation, state: auditState(record.units, allocation), record }];
}

/** An allocation the server has not confirmed yet is newer than all that it has. */
const allocatedMs = ({ record }: RecentAudit): number =>
  record.units['allocation']?.pending
    ? Number.MAX_SAFE_INTEGER
    : (record.units['allocation']?.confirmed?.stamp.ms ?? 0);

/** Whether this laptop knows an audit of the case with the tool that is neither submitted nor voided. */
export async function hasOpenAudit(store: Store, reference: string, tool: ToolId): Promise<boolean> {
  const wanted = sameReference(reference);
  for (let after = 0; ;) {
    const page = await readChanged(store.port, after, pageSize);
    const open = page.records.filter((record) => isOpenWith(record, tool)).map(({ id }) => id);
    for (const { units } of await readRecords(store, open)) {
      if (sameReference(shownValue<CaseValue>(units, 'case')?.reference ?? '') === wanted) return true;
    }
    if (!page.more) return false;
    after = page.change;
  }
}

const sameReference = (reference: string): string => reference.replace(/\s+/g, '').toLowerCase();

function isOpenWith({ kind, units }: PlainRecord, tool: ToolId): boolean {
  const allocation = units['allocation'] as unknown as AllocationValue | undefined;
  if (kind !== 'audit' || allocation?.tool !== tool) return false;
  const state = auditState(units, allocation);
  return state === 'allocated' || state === 'in progress';
}
