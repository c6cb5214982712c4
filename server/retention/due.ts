/**
 * Which audits are due to be erased: their period and the grace have passed, they are under no hold, of their own or of their
 * case, and nobody has yet to look at work on them. All audits are read once, outside the writer's lock; within it, only those
 * that were found, and what has changed since.
 */
import type { AuthorityId, RecordId } from '../../src/domain/ids.ts';
import {
  caseKey,
  dueMs,
  erasedReference,
  graceMs,
  holdOf,
  lastChangedMs,
  referenceOf,
} from '../../src/domain/retention.ts';
import type { CaseValue, RetentionValue } from '../../src/domain/values.ts';
import { readTip } from '../db/authorities.ts';
import { auditPages, receivedOf, referencesOf, withOpenWork, type Audit } from '../db/erasure.ts';
import { findRecords } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';

type Judging = Omit<Asking, 'person'>;

export interface Due {
  readonly record: RecordId;
  readonly changedMs: number;
  /** Every case that it is or was said to be of. */
  readonly cases: ReadonlySet<string>;
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
  return { due: due.filter(outside(heldCases)), heldCases, version };
}

const outside =
  (held: ReadonlySet<string>) =>
  ({ cases }: Due): boolean =>
    ![...cases].some((each) => held.has(each));

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
  return { due: due.filter(outside(held)), heldCases: held, version: now.version };
}

/**
 * The cases that are kept whole by audits that have changed since a version. An audit whose hold was lifted keeps its case for
 * the grace: a slip of the hand is put right in time.
 */
async function readHeldCases(tx: Tx, { authority, nowMs }: Judging, since: number): Promise<Set<string>> {
  const held = new Set<string>();
  for await (const page of auditPages(tx, authority.id, since)) {
    const ever = page.filter(({ units }) => units['hold'] !== undefined && referenceOf(units) !== erasedReference);
    const ids = ever.map(({ id }) => id);
    const received = await receivedOf(tx, authority.id, ids);
    const cases = await casesOf(tx, authority.id, ever);
    for (const { id, units } of ever) {
      const isLate = (received.get(id)?.lastMs ?? 0) + graceMs > nowMs;
      if (holdOf(units)?.wholeCase !== true && !isLate) continue;
      for (const each of cases.get(id) ?? []) held.add(each);
    }
  }
  return held;
}

/**
 * Every case that each of some audits is or was said to be of: by its references before they were corrected, by the one that
 * shows and by those beside it. Whoever put a hold on a case may have meant any of them.
 */
async function casesOf(
  tx: Tx,
  authority: AuthorityId,
  audits: readonly Audit[],
): Promise<ReadonlyMap<RecordId, ReadonlySet<string>>> {
  const ids = audits.map(({ id }) => id);
  const written = await referencesOf(tx, authority, ids);
  return new Map(
    audits.map(({ id, units }) => {
      const state = units['case'];
      const standing = state === undefined ? [] : [state, ...state.others];
      const shown = standing.map(({ value }) => (value as Partial<CaseValue>).reference ?? '');
      return [id, new Set([...(written.get(id) ?? []), ...shown].map(caseKey))];
    }),
  );
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
  const due = likely.filter((audit) => isDue(audit, received.get(audit.id)) && !open.has(audit.id));
  const cases = await casesOf(tx, authority.id, due);
  return due.map(({ id, units }) => ({
    record: id,
    changedMs: lastChangedMs(units),
    cases: cases.get(id) ?? new Set(),
  }));
}
