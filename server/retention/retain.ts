/** Once a day: erases what is due under the council's own periods, and again what a restored database still has. */
import type { PersonId, RecordId } from '../../src/domain/ids.ts';
import {
  caseKey,
  dueMs,
  erasedReference,
  graceMs,
  holdOf,
  lastChangedMs,
  referenceOf,
} from '../../src/domain/retention.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { RetentionValue } from '../../src/domain/values.ts';
import type { Server } from '../context.ts';
import { chainTip } from '../db/chain.ts';
import { auditPages } from '../db/erasure.ts';
import { receivedMs } from '../db/ops.ts';
import { findRecord, findRecords } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { certify, eraseAudits, erasedTogether } from './erase.ts';

interface Due {
  readonly record: RecordId;
  readonly changedMs: number;
}

export async function retain(server: Server): Promise<void> {
  await eraseAgain(server);
  for (;;) {
    const done = await eraseDue(server);
    if (done < erasedTogether) return;
  }
}

/** A database that was put back has what was erased since: what is listed outside it is erased again. Also at every start. */
export async function eraseAgain(server: Server): Promise<void> {
  const { database, authority, revoked, newId, now, log } = server;
  const listed = revoked.list().flatMap((each) => (each.kind === 'erased' ? [each] : []));
  for (let at = 0; at < listed.length; at += erasedTogether) {
    const some = listed.slice(at, at + erasedTogether);
    const records = some.map(({ record }) => record);
    const left = await database.read(async (tx) => {
      const found = await findRecords(tx, authority.id, records);
      return found.filter(({ units }) => units['erased'] === undefined).map(({ id }) => id as string);
    });
    for (const { record, by, certificate } of some.filter((each) => left.includes(each.record))) {
      await database.write((tx) => eraseAudits(tx, { authority, nowMs: now() }, newId, [record], { by, certificate }));
      log({ event: 'erased', audits: 1, certificate });
    }
  }
}

async function eraseDue(server: Server): Promise<number> {
  const { database, authority, revoked, newId, now, log } = server;
  const asking = { authority, nowMs: now() };
  const done = await database.write(async (tx) => {
    const rule = (await findRecord(tx, authority.id, settingsId as RecordId))?.units['retention'];
    // From when it arrived: what was set offline long ago, or by a clock that is behind, erases nothing at once.
    if (rule === undefined || asking.nowMs - (await receivedMs(tx, authority.id, rule.op)) < graceMs) return null;
    const due = (await dueAudits(tx, server, rule.value as unknown as RetentionValue)).slice(0, erasedTogether);
    if (due.length === 0) return null;
    const ground = { by: rule.author, certificate: newId() };
    const records = due.map(({ record }) => record);
    const before = await chainTip(tx, authority.id);
    const changes = await eraseAudits(tx, asking, newId, records, ground);
    const days = due.map(({ changedMs }) => new Date(changedMs).toISOString().slice(0, 10)).sort();
    await certify(tx, asking, newId, ground.certificate, {
      at: asking.nowMs,
      by: ground.by as PersonId,
      audits: due.length,
      changes,
      from: days[0] ?? '',
      to: days.at(-1) ?? '',
      place: before.place,
      head: before.head,
    });
    return { records, ...ground };
  });
  if (done === null) return 0;
  const { records, by, certificate } = done;
  revoked.add(
    ...records.map(
      (record) => ({ kind: 'erased', record, by: by as PersonId, certificate, atMs: asking.nowMs }) as const,
    ),
  );
  log({ event: 'erased', audits: records.length, certificate });
  return records.length;
}

/** The audits that are due and under no hold, of their own or of their case. */
async function dueAudits(
  tx: Tx,
  { authority, now }: Pick<Server, 'authority' | 'now'>,
  retention: RetentionValue,
): Promise<Due[]> {
  const due: (Due & { readonly key: string })[] = [];
  const heldCases = new Set<string>();
  for await (const page of auditPages(tx, authority.id)) {
    for (const { id, units } of page) {
      const hold = holdOf(units);
      const reference = referenceOf(units);
      if (hold?.wholeCase === true && reference !== erasedReference) heldCases.add(caseKey(reference));
      const at = dueMs(units, retention);
      if (at !== null && at <= now() && hold === null)
        due.push({ record: id, changedMs: lastChangedMs(units), key: caseKey(reference) });
    }
  }
  return due.filter(({ key }) => !heldCases.has(key));
}

/** What a laptop brings back of audits that were erased is erased as it comes: an id that is listed stays erased. */
export async function keepErased(tx: Tx, server: Server, records: readonly RecordId[]): Promise<void> {
  if (records.length === 0) return;
  const { authority, revoked, newId, now } = server;
  const asked = new Set<string>(records);
  const listed = revoked.list().flatMap((each) => (each.kind === 'erased' && asked.has(each.record) ? [each] : []));
  for (const { record, by, certificate } of listed)
    await eraseAudits(tx, { authority, nowMs: now() }, newId, [record], { by, certificate });
}
