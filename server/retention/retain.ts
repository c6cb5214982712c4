/**
 * Once a day: erases what is due under the council's own periods, again what a restored database still has, and what came for an
 * erased audit and was decided about later.
 */
import type { RecordId } from '../../src/domain/ids.ts';
import { graceMs } from '../../src/domain/retention.ts';
import { unitValue } from '../../src/domain/record.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import type { ErasedValue, RetentionValue } from '../../src/domain/values.ts';
import type { Server } from '../context.ts';
import { decidedSinceErased } from '../db/erasure.ts';
import { chainTip } from '../db/chain.ts';
import { receivedMs } from '../db/ops.ts';
import { findRecord, findRecords } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from '../sync/context.ts';
import { findDue, stillDue, type Due, type Found } from './due.ts';
import { certify, eraseAudits, erasedTogether } from './erase.ts';

export async function retain(server: Server): Promise<void> {
  await eraseAgain(server);
  await eraseLate(server);
  const asking = { authority: server.authority, nowMs: server.now() };
  const found = await server.database.read(async (tx) => {
    const rule = await ruleInForce(tx, asking);
    return rule && findDue(tx, asking, rule.value);
  });
  if (found === null) return;
  let known: Omit<Found, 'due'> = found;
  for (let at = 0; at < found.due.length; at += erasedTogether)
    known = await eraseDue(server, found.due.slice(at, at + erasedTogether), known);
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

/** What came for an audit after it was erased, was held and has been decided about for good goes too, after the same grace. */
async function eraseLate({ database, authority, newId, now, log }: Server): Promise<void> {
  const nowMs = now();
  const late = await database.read((tx) => decidedSinceErased(tx, authority.id, nowMs - graceMs));
  for (const record of late) {
    const certificate = await database.write(async (tx) => {
      const erased = unitValue<ErasedValue>((await findRecord(tx, authority.id, record))?.units ?? {}, 'erased');
      if (erased === undefined) return null;
      await eraseAudits(tx, { authority, nowMs }, newId, [record], erased);
      return erased.certificate;
    });
    if (certificate !== null) log({ event: 'erased', audits: 1, certificate });
  }
}

/** The period in force, and who set it; null: none yet. */
async function ruleInForce(tx: Tx, { authority, nowMs }: Omit<Asking, 'person'>) {
  const rule = (await findRecord(tx, authority.id, settingsId as RecordId))?.units['retention'];
  // From when it arrived: what was set offline long ago, or by a clock that is behind, erases nothing at once.
  if (rule === undefined || nowMs - (await receivedMs(tx, authority.id, rule.op)) < graceMs) return null;
  return { value: rule.value as unknown as RetentionValue, by: rule.author };
}

/** Those of some that were found which still are due. Answers what is known since. */
async function eraseDue(server: Server, some: readonly Due[], found: Omit<Found, 'due'>): Promise<Omit<Found, 'due'>> {
  const { database, authority, revoked, newId, now, log } = server;
  const asking = { authority, nowMs: now() };
  const done = await database.write(async (tx) => {
    const rule = await ruleInForce(tx, asking);
    if (rule === null) return null;
    const { due, ...known } = await stillDue(tx, asking, rule.value, some, found);
    const ground = { by: rule.by, certificate: newId() };
    const records = due.map(({ record }) => record);
    if (due.length === 0) return { records, known, ...ground };
    const before = await chainTip(tx, authority.id);
    const changes = await eraseAudits(tx, asking, newId, records, ground);
    const days = due.map(({ changedMs }) => new Date(changedMs).toISOString().slice(0, 10)).sort();
    await certify(tx, asking, newId, ground.certificate, {
      at: asking.nowMs,
      by: ground.by,
      audits: due.length,
      changes,
      from: days[0] ?? '',
      to: days.at(-1) ?? '',
      place: before.place,
      head: before.head,
    });
    return { records, known, ...ground };
  });
  if (done === null) return found;
  const { records, by, certificate, known } = done;
  if (records.length === 0) return known;
  revoked.add(...records.map((record) => ({ kind: 'erased', record, by, certificate, atMs: asking.nowMs }) as const));
  log({ event: 'erased', audits: records.length, certificate });
  return known;
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
