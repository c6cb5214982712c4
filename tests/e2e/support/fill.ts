/**
 * A quick way to fill a council's server: records, versions and heads as a push leaves them, without the ops behind them, which
 * no pull reads.
 */
import { join } from 'node:path';
import { opId, type DeviceId, type PersonId, type RecordId } from '../../../src/domain/ids.ts';
import type { Units } from '../../../src/domain/record.ts';
import { advanceTip, findAuthority, readTip, type VersionEntry } from '../../../server/db/authorities.ts';
import { saveRecords, type RecordChange } from '../../../server/db/records.ts';
import { openDatabase } from '../../../server/db/transact.ts';
import { sha256 } from '../../../server/sync/context.ts';
import { recordOf } from '../../../server/sync/full-record.ts';
import { nextTip } from '../../../server/sync/history.ts';
import { madeUpAudit, type Place } from '../../bench/sync/made-up.ts';
import { newId } from '../../server/client.ts';
import type { CouncilServer } from './council-server.ts';

const dayMs = 86_400_000;
/** Old enough to be sent as columns, and spread over ten years. */
const [newestAgeMs, oldestAgeMs] = [60 * dayMs, 3_650 * dayMs];
const auditors = 100;
const recordsTogether = 2_000;

interface Filling extends Pick<Place, 'service' | 'team'> {
  readonly from: number;
  readonly to: number;
}

/** Adds the audits numbered `from` to `to`, without the last, to a server that is stopped. Tells each that it adds. */
export async function fill(
  { folder }: Pick<CouncilServer, 'folder'>,
  { from, to, ...place }: Filling,
  onRecord: (id: string, units: Units) => void = () => undefined,
): Promise<void> {
  const database = await openDatabase(join(folder, 'plumbline.sqlite'));
  const people = Array.from({ length: auditors }, () => newId() as PersonId);
  const device = newId() as DeviceId;
  const nowMs = Date.now();
  let seq = 0;
  const unitsOf = (number: number, author: PersonId, atMs: number): Units =>
    Object.fromEntries(
      madeUpAudit(number, { ...place, auditor: author }, atMs)
        .flat()
        .map(({ unit, value }) => {
          const stamp = { ms: atMs, count: 0 };
          return [unit, { op: opId(device, (seq += 1)), value, author, stamp, others: [] }];
        }),
    );
  for (let at = from; at < to; at += recordsTogether) {
    await database.write(async (tx) => {
      const authority = await findAuthority(tx);
      if (authority === undefined) throw new Error('A server without an authority cannot be filled');
      let tip = await readTip(tx, authority.id);
      const records: RecordChange[] = [];
      const versions: VersionEntry[] = [];
      for (let number = at; number < Math.min(to, at + recordsTogether); number++) {
        const author = people[number % auditors];
        if (author === undefined) continue;
        const changedMs = nowMs - newestAgeMs - ((number * 7919) % (oldestAgeMs - newestAgeMs));
        const id = newId() as RecordId;
        const units = unitsOf(number, author, changedMs);
        tip = nextTip(sha256, tip, id, units);
        versions.push({ ...tip, record: id });
        records.push({ before: undefined, after: recordOf(id, tip.version, changedMs, { kind: 'audit', units }) });
        onRecord(id, units);
      }
      await saveRecords(tx, authority.id, records);
      await advanceTip(tx, authority.id, versions, tip);
    });
  }
  await database.close();
}
