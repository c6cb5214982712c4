/**
 * A server that goes back to a backup, by the command or by a copied file: the laptops bring back what it lost, in whatever
 * order they return, and what nobody has any more is named (FAULTS 34, promise P5).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordId } from '../../src/domain/ids.ts';
import { localTotal } from '../../src/store/totals.ts';
import { listMissing } from '../../server/backup/list-missing.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import { newId } from '../server/client.ts';
import { allocation, caseOf, event, section, service } from '../server/example.ts';
import { acceptedOps, act, openCouncil, recordsOf, settleAll, signInAnew, type Council } from './council.ts';
import type { RealLaptop } from './real-laptop.ts';

const test = suite<{ council: Council }>('a server that was restored');
test.before.each(async (context) => {
  context.council = await openCouncil();
});
test.after.each(({ council }) => council.stop());

const audit = (council: Council, auditor: RealLaptop, id: string) => [
  caseOf(id),
  allocation(id, { auditor: auditor.person, service: council.serviceId, team: council.teamId }),
];

/** Work after the backup: a new audit for each auditor, graded, one of them submitted; and one of before, graded by both. */
async function work(council: Council, before: string): Promise<string[]> {
  const { quinn, alex, bo, lee } = council;
  const [one, two] = [newId(), newId()];
  await act(quinn, ...audit(council, alex, one));
  await act(quinn, ...audit(council, bo, two));
  await settleAll([quinn, alex, bo, lee]);
  await act(alex, section(before, 'good', 'after the backup'));
  await act(alex, section(one, 'inadequate', 'seen'));
  await act(alex, event(one, 'submitted', alex.person));
  await act(bo, section(two, 'good', 'first'));
  await act(bo, section(two, 'inadequate', 'then'));
  await settleAll([alex, bo, quinn, lee]);
  return [one, two];
}

/** Every order of a list; the test takes some of them, a third or a sixth. */
function orders<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, i) =>
    orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}

for (const how of ['command', 'copy'] as const) {
  test(`restored by ${how}: in whatever order they return, all ops are back and all digests equal`, async ({
    council,
  }) => {
    const before = newId();
    await act(council.quinn, ...audit(council, council.alex, before));
    await settleAll(council.laptops);
    const backup = await council.backUp();
    await work(council, before);
    for (const order of orders([0, 1, 2, 3]).filter((_, i) => i % (how === 'command' ? 3 : 6) === 0)) {
      const [records, ops, total] = [recordsOf(council), acceptedOps(council), await localTotal(council.lee.store)];
      await council.restore(backup, how);
      assert.ok(acceptedOps(council).length < ops.length);
      await settleAll(order.map((i) => council.laptops[i]).filter((laptop) => laptop !== undefined));
      assert.equal(acceptedOps(council), ops, order.join());
      assert.equal(recordsOf(council), records, order.join());
      assert.equal(await localTotal(council.lee.store), total);
      for (const laptop of council.laptops) {
        assert.equal(await readQuarantine(laptop.store), []);
        const { unsent, sent } = await readSaveCounts(laptop.store);
        assert.equal([unsent, sent], [0, 0]);
      }
      assert.equal(council.server.rows('select * from waiting'), []);
    }
  });
}

test('one laptop wiped: only what it handed in since the backup is missing, and it is listed', async ({ council }) => {
  const { quinn, alex, bo, lee } = council;
  const before = newId();
  await act(quinn, ...audit(council, alex, before));
  await settleAll(council.laptops);
  const backup = await council.backUp();
  const [one = ''] = await work(council, before);
  const ops = acceptedOps(council);
  await council.restore(backup);
  // Alex's laptop is gone: the others go on without it.
  await settleAll([lee, bo, quinn]);
  const gone = ops.filter((op) => !acceptedOps(council).includes(op));
  const device = alex.port.dump().retained[0]?.device ?? '';
  assert.is(gone.length, 3);
  assert.ok(gone.every((op) => op.startsWith(device)));
  const listed = await listMissing({ dataDir: council.dataDir, databaseUrl: null });
  assert.match(listed, `- laptop ${device.slice(0, 8)} of Alex: 3 changes`);
  for (const record of [before, one]) assert.match(listed, record);
  assert.is((await readRecord(lee.store, one as RecordId))?.units['submitted'], undefined);
  // It was only at the bottom of a drawer.
  await settleAll([alex, lee, bo, quinn]);
  assert.equal(acceptedOps(council), ops);
  assert.match(await listMissing({ dataDir: council.dataDir, databaseUrl: null }), 'Nothing is missing');
});

test('new work on an audit that was lost waits, is Sent and never proved, and fits once the audit is back', async ({
  council,
}) => {
  const { quinn, alex, bo, lee } = council;
  const backup = await council.backUp();
  const lost = newId();
  await act(quinn, ...audit(council, bo, lost));
  await settleAll([quinn, bo]);
  await council.restore(backup);
  await act(bo, section(lost, 'good', 'on ground that was lost'));
  await act(bo, section(lost, 'inadequate', 'and more'));
  for (let i = 0; i < 3; i += 1) {
    const end = await bo.cycle();
    assert.is(end.provedEqualMs, null);
  }
  assert.equal((({ unsent, sent }) => [unsent, sent])(await readSaveCounts(bo.store)), [0, 2]);
  assert.equal(await readQuarantine(bo.store), []);
  assert.is((await readRecord(bo.store, lost as RecordId))?.units['section:risk']?.value['evidence'], 'and more');
  assert.equal(
    council.server.rows('select why from waiting').map(({ why }) => why),
    ['allocation', 'allocation'],
  );
  await settleAll([quinn, bo, lee, alex]);
  assert.is((await readRecord(lee.store, lost as RecordId))?.units['section:risk']?.value['evidence'], 'and more');
  assert.equal(council.server.rows('select * from waiting'), []);
});

test('what waits is held for a person after 30 days', async ({ council }) => {
  const { quinn, bo, lee } = council;
  const backup = await council.backUp();
  const lost = newId();
  await act(quinn, ...audit(council, bo, lost));
  await settleAll([quinn, bo]);
  await council.restore(backup);
  await act(bo, section(lost, 'good', 'waits'));
  await bo.cycle();
  assert.is(council.server.rows('select * from waiting').length, 1);
  council.server.clock.ms += 31 * 24 * 3_600_000;
  await signInAnew(council);
  await council.hand.write(service(newId(), 'Another'));
  assert.equal(council.server.rows('select * from waiting'), []);
  assert.is(council.server.rows('select * from held').length, 1);
  await bo.cycle();
  assert.equal(
    (await readQuarantine(bo.store)).map(({ value }) => value['evidence']),
    ['waits'],
  );
  assert.is((await readRecord(lee.store, lost as RecordId))?.units['section:risk'], undefined);
});

test('waiting is no way around rights: on ground that came back, a change is judged like any other', async ({
  council,
}) => {
  const { quinn, alex, bo, lee } = council;
  const backup = await council.backUp();
  const others = newId();
  await act(quinn, ...audit(council, bo, others));
  await settleAll([quinn, bo]);
  await act(quinn, ...audit(council, alex, others).slice(1));
  await settleAll([quinn, alex]);
  await council.restore(backup);
  await act(bo, section(others, 'good', 'not mine any more'));
  await bo.cycle();
  assert.is(council.server.rows('select * from waiting').length, 1);
  await settleAll([quinn, alex, lee]);
  assert.equal(council.server.rows('select * from waiting'), []);
  assert.equal(
    council.server.rows('select code from held').map(({ code }) => code),
    ['not-allowed'],
  );
  await bo.cycle();
  assert.is((await readQuarantine(bo.store)).length, 1);
  assert.is((await readRecord(lee.store, others as RecordId))?.units['section:risk'], undefined);
});

test('a damaged box blocks nothing, and its place is listed', async ({ council }) => {
  const { quinn, alex, lee } = council;
  const before = newId();
  await act(quinn, ...audit(council, alex, before));
  await settleAll(council.laptops);
  const backup = await council.backUp();
  for (const id of ['s1', 's2', 's3']) {
    await act(alex, section(before, 'good', id, id));
    await settleAll([alex, lee]);
  }
  const box = alex.port.dump().retained.at(-2);
  if (box === undefined) throw new Error('Nothing was kept');
  await alex.port.write(['retained'], 'strict', (tx) =>
    tx.put('retained', { ...box, box: box.box.map((byte) => byte ^ 1) }),
  );
  await council.restore(backup);
  await settleAll([alex, lee, quinn]);
  const units = (await readRecord(lee.store, before as RecordId))?.units ?? {};
  assert.equal(
    [units['section:s1']?.value['evidence'], units['section:s2'], units['section:s3']?.value['evidence']],
    ['s1', undefined, 's3'],
  );
  assert.match(await listMissing({ dataDir: council.dataDir, databaseUrl: null }), 'Alex: 1 change, of audit');
  assert.ok(council.server.log.some((line) => line.includes('"offered"') && line.includes('"unreadable":1')));
  await act(alex, section(before, 'inadequate', 'goes on', 's2'));
  await settleAll([alex, lee]);
});

test('what was held before is held again, and the laptop and the server agree on it', async ({ council }) => {
  const { quinn, alex, bo } = council;
  const before = newId();
  await act(quinn, ...audit(council, bo, before));
  await settleAll(council.laptops);
  const backup = await council.backUp();
  await act(quinn, ...audit(council, alex, before).slice(1));
  await settleAll([quinn, alex]);
  await act(bo, section(before, 'good', 'not mine'));
  await bo.cycle();
  assert.is((await readQuarantine(bo.store)).length, 1);
  await council.restore(backup);
  await settleAll([bo, alex, quinn]);
  assert.is((await readQuarantine(bo.store)).length, 1);
  assert.equal(council.server.rows('select code, why from held'), [{ code: 'not-allowed', why: '' }]);
});

test('a copied file, and laptops that know only cursor and acknowledged seq: they go on, and two of them show what is missing', async ({
  council,
}) => {
  const { quinn, bo, lee } = council;
  const before = newId();
  await act(quinn, ...audit(council, bo, before));
  await settleAll(council.laptops);
  const backup = await council.backUp();
  for (const id of ['s1', 's2']) await act(bo, section(before, 'good', id, id));
  await settleAll([bo, lee, quinn]);
  for (const { port } of [bo, lee, quinn]) {
    const kept = port.dump().retained.map((row) => row.place);
    await port.write(['retained'], 'strict', (tx) => tx.deleteMany('retained', kept));
  }
  await council.restore(backup, 'copy');
  const logged = (event: string): number => council.server.log.filter((line) => line.includes(`"${event}"`)).length;
  await bo.cycle();
  assert.equal([logged('restore-claimed'), logged('restore-noticed')], [1, 0]);
  const text = await listMissing({ dataDir: council.dataDir, databaseUrl: null });
  assert.match(text, 'Nothing is missing that a laptop has seen');
  assert.match(text, '2 changes that one person alone has told of');
  await act(bo, section(before, 'inadequate', 'goes on', 's3'));
  await settleAll([bo]);
  await lee.cycle();
  assert.equal([logged('restore-claimed'), logged('restore-noticed')], [2, 1]);
  assert.match(await listMissing({ dataDir: council.dataDir, databaseUrl: null }), 'of Bo: 2 changes, of audit');
  await settleAll([bo, lee, quinn]);
  assert.is((await readRecord(lee.store, before as RecordId))?.units['section:s3']?.value['evidence'], 'goes on');
});

test.run();
