/** Everything that is held of one audit that a search has found, from a place in its history on. Reads one snapshot. */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { isBlind } from '../../src/domain/projection.ts';
import type { Kind } from '../../src/domain/record.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { DiscloseAsk, DiscloseReply, HeldChange } from '../../src/protocol/subject-access.ts';
import { findRecord } from '../db/records.ts';
import { countMissing, everybody } from '../db/missing.ts';
import {
  decisionsAbout,
  historyOf,
  openedBy,
  wasFound,
  type DecidedAbout,
  type StoredChange,
} from '../db/subject-access.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';

/** A page of history ends after so much; one change of it at least is sent. */
export const pageLimitBytes = 256 * 1024;

export interface Told {
  readonly reply: DiscloseReply;
  /** Something of it was accepted: there is a record that can be opened. */
  readonly isRecord: boolean;
}

/** Null when the search is not this person's own or did not find the audit, when there is none, and when it is kept from them. */
export async function disclose(
  tx: Tx,
  { authority, person }: Asking,
  { search, record, from }: DiscloseAsk,
): Promise<Told | null> {
  const settings = await findRecord(tx, authority.id, settingsId as RecordId);
  if (settings?.units[`search:${search}`]?.value['by'] !== person) return null;
  if (!(await wasFound(tx, authority.id, search, record))) return null;
  const audit = await findRecord(tx, authority.id, record);
  if (audit?.facts != null && isBlind(person, audit.facts, audit.units)) return null;
  const history = await historyOf(tx, authority.id, record);
  const decisions = await decisionsAbout(tx, authority.id, record);
  // Of another kind, it holds nothing of a case. A change of another kind to what is an audit was never accepted, and is told.
  const isAudit = audit === undefined ? history.some(({ kind }) => kind === 'audit') : audit.kind === 'audit';
  if (!isAudit && (history.length > 0 || decisions.length === 0)) return null;
  const page: HeldChange[] = [];
  for (let bytes = 0; from + page.length < history.length && (page.length === 0 || bytes < pageLimitBytes);) {
    const row = history[from + page.length];
    if (row === undefined) break;
    bytes += Buffer.byteLength(row.value);
    page.push(changeOf(row));
  }
  const next = from + page.length;
  const reply: DiscloseReply = {
    units: from === 0 && audit !== undefined ? { ...audit.units } : null,
    history: page,
    next: next < history.length ? next : null,
    decisions: from === 0 ? decisions.map(toldOf) : [],
    openedBy: (await openedBy(tx, authority.id, record)).map(({ person: by, first_ms, last_ms }) => ({
      person: by as PersonId,
      firstMs: first_ms,
      lastMs: last_ms,
    })),
    missing: await countMissing(tx, authority.id, everybody, record),
  };
  return { reply, isRecord: audit !== undefined };
}

const changeOf = (row: StoredChange): HeldChange => ({
  unit: row.unit,
  kind: row.kind as Kind,
  value: JSON.parse(row.value) as JsonObject,
  person: row.person as PersonId,
  device: row.device as DeviceId,
  claimedMs: row.claimed_ms,
  receivedMs: row.received_ms,
  state: row.state,
  erased: row.value_hash !== null,
});

const toldOf = ({
  author,
  decision: { what, by, why, atMs },
  content,
}: DecidedAbout): DiscloseReply['decisions'][number] => ({
  what,
  author,
  by,
  why,
  atMs,
  content: content.map(({ unit, value }) => ({ unit, value })),
});
