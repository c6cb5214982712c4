/**
 * Which audits are due to be erased: their period and the grace have passed, they are under no hold, of their own or of their
 * case, and nobody has yet to look at work on them. All audits are read once, outside the writer's lock; within it, only those
 * that were found, and what has changed since.
 */
import type { RecordId } from '../../src/domain/ids.ts';
import {
  caseKey,
  dueMs,
  erasedReference,
  graceMs,
  holdOf,
  lastChangedMs,
  referenceOf,
} from '../../src/domain/retention.ts';
import type { RetentionValue } from '../../src/domain/values.ts';
import { readTip } from '../db/authorities.ts';
import { auditPages, receivedOf, referencesOf, withOpenWork, type Audit } from '../db/erasure.ts';
import { findRecords } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';

type Judging = Omit<Asking, 'person'>;

export interface Due {
  readonly record: RecordId;
  readonly changedMs: number;
  readonly key: string;
}

/** What was found by reading every audit, as of a version. */
export interface Found {
  readonly due: readonly Due[];
  /** The cases that a hold keeps whole. */
  readonly heldCases: ReadonlySet<string>;
  readonly version: number;
}

export async function findDue(tx: Tx, judging: Judging, rule: RetentionValue): Promise<Found> {
  const { version } = await readTip(tx, judging.authority.id);
  const heldCases = await readHeldCases(tx, judging, 0);
  const due: Due[] = [];
  for await (const page of auditPages(tx, judging.authority.id)) due.push(...(await dueOf(tx, judging, rule, page)));
  return { due: due.filter(({ key }) => !heldCases.has(key)), heldCases, version };
}

/** Which of some that were found still are due, as of now. */
export async function stillDue(
  tx: Tx,
  judging: Judging,
  rule: RetentionValue,
  some: readonly Due[],
  { heldCases, version }: Omit<Found, 'due'>,
): Promise<Found> {
  const now = await readTip(tx, judging.authority.id);
  const held = new Set([...heldCases, ...(await readHeldCases(tx, judging, version))]);
  const audits = await findRecords(
    tx,
    judging.authority.id,
    some.map(({ record }) => record),
  );
  const due = await dueOf(tx, judging, rule, audits);
  return { due: due.filter(({ key }) => !held.has(key)), heldCases: held, version: now.version };
}

/**
 * By the audits that have changed since a version, each under every reference it ever had: whoever put a hold on a case may have
 * meant either. An audit whose hold was lifted keeps its case for the grace: a slip of the
 * hand is put right in time.
 */
async function readHeldCases(tx: Tx, { authority, nowMs }: Judging, since: number): Promise<Set<string>> {
  const held = new Set<string>();
  for await (const page of auditPages(tx, authority.id, since)) {
    const ever = page.filter(({ units }) => units['hold'] !== undefined && referenceOf(units) !== erasedReference);
    const ids = ever.map(({ id }) => id);
    const received = await receivedOf(tx, authority.id, ids);
    const called = await referencesOf(tx, authority.id, ids);
    for (const { id, units } of ever) {
      const isLate = (received.get(id)?.lastMs ?? 0) + graceMs > nowMs;
      if (holdOf(units)?.wholeCase !== true && !isLate) continue;
      for (const reference of called.get(id) ?? []) held.add(caseKey(reference));
    }
  }
  return held;
}

/** Those of some audits that are due by themselves. */
async function dueOf(
  tx: Tx,
  { authority, nowMs }: Judging,
  rule: RetentionValue,
  audits: readonly Audit[],
): Promise<Due[]> {
  const never = { lastMs: 0, closedMs: 0 };
  const isDue = ({ units }: Audit, received = never): boolean => {
    const at = dueMs(units, rule, received);
    return at !== null && at <= nowMs;
  };
  // By what it says itself first: most are not.
  const likely = audits.filter((audit) => isDue(audit) && holdOf(audit.units) === null);
  const ids = likely.map(({ id }) => id);
  const received = await receivedOf(tx, authority.id, ids);
  const open = await withOpenWork(tx, authority.id, ids);
  return likely
    .filter((audit) => isDue(audit, received.get(audit.id)) && !open.has(audit.id))
    .map(({ id, units }) => ({ record: id, changedMs: lastChangedMs(units), key: caseKey(referenceOf(units)) }));
}
