/** What one person is sent of the records they may read: projection by projection, and the digests of exactly that. */
import { changeSum, emptyDigest, type Digest } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import { project, projectionFor } from '../../src/domain/projection.ts';
import { mayRead, type AuditFacts, type Standing } from '../../src/domain/rights.ts';
import type { PullReply, SentRecord } from '../../src/protocol/sync.ts';
import { headsWithin, type RecordHead } from '../db/heads.ts';
import { findRecord, recordsById, type FullRecord } from '../db/records.ts';
import { openedAmong } from '../db/opened.ts';
import { sumsFor } from '../db/sums.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { reachableBy } from './standing.ts';

/** The records the person may read, in order of version; after a version and at most `limit` of them when given. */
async function readableHeads(
  tx: Tx,
  { authority }: Asking,
  standing: Standing,
  page?: { readonly after: number; readonly limit: number },
): Promise<RecordHead[]> {
  const heads = await headsWithin(tx, authority.id, reachableBy(standing), page);
  const forbidden = heads.find(({ kind, facts }) => !mayRead(standing, kind, facts));
  if (forbidden) throw new Error(`Record ${forbidden.id} was read beyond the rights of ${standing.person}`);
  return heads;
}

/** Few enough that what a page has no room for costs little, and so many that asking costs little. */
const readTogether = 50;

/** What the person is sent of the records after a version, in order of version, read some at a time. */
export async function* sendRecordsAfter(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  version: number,
): AsyncGenerator<SentRecord> {
  const { authority, person } = asking;
  for (let after = version; ;) {
    const heads = await readableHeads(tx, asking, standing, { after, limit: readTogether });
    const ids = heads.map(({ id }) => id);
    const opened = await openedAmong(tx, authority.id, person, ids);
    for (const record of await recordsById(tx, authority.id, ids)) yield sent(record, asking, opened);
    const last = heads.at(-1);
    if (last === undefined || heads.length < readTogether) return;
    after = last.version;
  }
}

/** One record as the person is sent it, or null when there is none that they may read. */
export async function sendRecord(tx: Tx, asking: Asking, standing: Standing, id: RecordId): Promise<SentRecord | null> {
  const record = await findRecord(tx, asking.authority.id, id);
  if (record === undefined || !mayRead(standing, record.kind, record.facts)) return null;
  return sent(record, asking, await openedAmong(tx, asking.authority.id, asking.person, [id]));
}

function sent(
  { id, kind, version, units, facts, changedMs }: FullRecord,
  asking: Asking,
  opened: ReadonlyMap<RecordId, number>,
): SentRecord {
  const { person, nowMs } = asking;
  const projection = projectionFor({ person, kind, facts, units, openedMs: opened.get(id) ?? null, changedMs, nowMs });
  const shown: SentRecord['units'] = {};
  for (const [unit, state] of Object.entries(project(kind, units, projection))) {
    shown[unit] = { ...state, others: [...state.others] };
  }
  return { id, kind, version, projection, units: shown };
}

/** Id and digest of everything the person is sent. A blind record's digest counts only the units that are sent. */
export async function visibleDigests(
  tx: Tx,
  asking: Asking,
  standing: Standing,
): Promise<{ readonly id: RecordId; readonly digest: Digest }[]> {
  const heads = await readableHeads(tx, asking, standing);
  const digestSent = ({ digest, blind, facts }: RecordHead): Digest =>
    facts?.moderator === asking.person ? (blind ?? digest) : digest;
  return heads.map((head) => ({ id: head.id, digest: digestSent(head) }));
}

/** Count and digest of the same, from the sums that are kept by what rights ask: no record is read. */
export async function visibleTotal(tx: Tx, { authority, person }: Asking, standing: Standing): Promise<Total> {
  let count = 0;
  const [added, taken]: [Digest[], Digest[]] = [[], []];
  for (const sum of await sumsFor(tx, authority.id, person)) {
    const { kind, service, team, auditor, moderator } = sum;
    const may = (who: Pick<AuditFacts, 'auditor' | 'moderator'>): boolean =>
      mayRead(standing, kind, kind === 'audit' ? { service, team, ...who } : null);
    if (!may({ auditor, moderator })) continue;
    // What may be read without being its auditor is among everybody's; without being its moderator, among either.
    const isCounted = moderator !== null ? may({ auditor, moderator: null }) : auditor !== null && may(nobody);
    if (!isCounted) count += sum.count;
    if (!isCounted || moderator !== null) added.push(sum.sent);
    if (isCounted && moderator !== null) taken.push(sum.digest);
  }
  return { count, digest: changeSum(emptyDigest, taken, added) };
}

const nobody = { auditor: null, moderator: null };
export type Total = NonNullable<PullReply['total']>;
