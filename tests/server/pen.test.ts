/** A pen of the server writes down the path of everybody's ops, and what is not accepted undoes all of it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findRecord } from '../../server/db/records.ts';
import { serverPen, writeWith, type PenEdit, type PenGroup } from '../../server/sync/pen.ts';
import type { DeviceId, PersonId, RecordId } from '../../src/domain/ids.ts';
import { newId } from './client.ts';
import { addPerson, firstQaLead, grant, startServer, type TestServer } from './example.ts';

const pen = suite<{ server: TestServer }>('a pen of the server');

pen.before.each(async (context) => {
  context.server = await startServer();
});
pen.after.each(({ server }) => server.stop());

const named = (record: string, name: string): PenEdit => ({
  record: record as RecordId,
  kind: 'service',
  unit: 'profile',
  value: { name, from: '2024-01-01', to: null, was: [] },
});

pen('writes groups one upon the other, with the times at which they were done', async ({ server }) => {
  const { database, authority } = server.plumbline.server;
  const [service, other] = [newId(), newId()];
  const groups: PenGroup[] = [
    { atMs: 1_700_000_000_000, edits: [named(service, 'first'), named(other, 'beside')] },
    { atMs: 1_700_000_000_000, edits: [named(service, 'second')] },
    { atMs: 1_700_000_500_000, edits: [named(service, 'third')] },
  ];
  await database.write((tx) => writeWith(tx, authority, serverPen(authority), newId, groups));
  await database.write((tx) =>
    writeWith(tx, authority, serverPen(authority), newId, [
      { atMs: 1_700_000_600_000, edits: [named(service, 'last')] },
    ]),
  );
  const record = await database.read((tx) => findRecord(tx, authority.id, service as RecordId));
  assert.is(record?.units['profile']?.value['name'], 'last');
  assert.equal(record?.units['profile']?.others, [], 'each saw the one before');
  assert.is(record?.changedMs, 1_700_000_600_000);
  const rows = server.rows(`select claimed_ms, claimed_count, received_ms from op where kind = 'service' order by seq`);
  assert.equal(
    rows.map((row) => Object.values(row)),
    [
      [1_700_000_000_000, 0, 1_700_000_500_000],
      [1_700_000_000_000, 1, 1_700_000_500_000],
      [1_700_000_000_000, 2, 1_700_000_500_000],
      [1_700_000_500_000, 0, 1_700_000_500_000],
      [1_700_000_600_000, 0, 1_700_000_600_000],
    ],
  );
});

pen(
  'writes in a person’s name with that person’s rights, and throws at what they may not write',
  async ({ server }) => {
    const { database, authority } = server.plumbline.server;
    const quinn = await firstQaLead(server);
    const alex = await addPerson(quinn, 'Alex', grant('auditor'));
    const before = server.dump();
    const service = newId();
    const writeAs = (person: string) =>
      database.write((tx) =>
        writeWith(tx, authority, { person: person as PersonId, device: newId() as DeviceId }, newId, [
          { atMs: server.clock.ms, edits: [named(service, 'Assessment')] },
        ]),
      );
    await writeAs(alex.session.person).then(
      () => assert.unreachable(),
      (error: Error) => assert.match(error.message, 'held: not-allowed'),
    );
    assert.is(server.dump(), before, 'nothing is left of it');
    await writeAs(quinn.session.person);
    await quinn.pull();
    assert.is(quinn.records.get(service)?.units['profile']?.author, quinn.session.person);
  },
);

pen.run();
