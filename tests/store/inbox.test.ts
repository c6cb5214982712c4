import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyDigest, recordDigest, sumDigests } from '../../src/domain/digest.ts';
import { basisOf } from '../../src/domain/fold.ts';
import { opId, type DeviceId } from '../../src/domain/ids.ts';
import { project } from '../../src/domain/projection.ts';
import type { SentRecord } from '../../src/protocol/sync.ts';
import { readChanged } from '../../src/store/columns.ts';
import { leaveHistory } from '../../src/store/histories.ts';
import * as inbox from '../../src/store/inbox.ts';
import * as totals from '../../src/store/totals.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { readLacking } from '../../src/store/lacking.ts';
import { readIsReceiving, readProvedEqual, writeProvedEqual } from '../../src/store/sync-meta.ts';
import { readKind, readMyAudits, readRecord, readRecords } from '../../src/store/view.ts';
import { act, allocation, caseValue, edit, hash, hex, laptop, realCipher, recordId, section } from './laptop.ts';
import { somebody, startAudit, type, type Laptop } from './laptop.ts';
import { fakeServer, otherDevice, type FakeServer } from './server.ts';

interface Context extends Laptop {
  readonly server: FakeServer;
  readonly elsewhere: ReturnType<typeof otherDevice>;
}

const test = suite<Context>('the inbox');
const audit = recordId(1);
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };

test.before.each(async (context) => {
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  Object.assign(context, await laptop({ cipher: await realCipher() }), { server, elsewhere });
});

const theirs = (record = audit, auditor: string = somebody) =>
  ({ record, kind: 'audit', unit: 'allocation', value: allocation({ auditor }), base: null }) as const;

async function pull({ store, server }: Context, limit = 100): Promise<string> {
  const asked = await inbox.readCursor(store);
  return inbox.applyPage(store, server.pull(asked, limit), asked);
}

async function push({ store, server }: Context): Promise<void> {
  await settle(store, server.push(await sealBatch(store, all)));
}

test('a page is shown, with its fields joined again from columns and boxes', async (context) => {
  context.elsewhere(theirs());
  context.elsewhere({ record: audit, kind: 'audit', unit: 'case', value: caseValue('C-17'), base: null });
  assert.is(await pull(context), 'applied');
  const shown = await readRecord(context.store, audit);
  assert.equal(shown?.units['case']?.value, caseValue('C-17'));
  assert.equal([shown?.projection, shown?.units['case']?.pending, shown?.unsent], ['full', null, 0]);
});

test('laptops that were not heard from, and what a restore lost, are known from the last page that said so until one does not, or everything goes', async (context) => {
  const { store, server } = context;
  const lacking = { unheard: { laptops: 2, sinceMs: 7, atMs: 9 }, notBack: { changes: 3, noticedMs: 5, atMs: 9 } };
  const nothing = {};
  const receive = async (more: object): Promise<void> => {
    context.elsewhere(theirs());
    const asked = await inbox.readCursor(store);
    assert.is(await inbox.applyPage(store, { ...server.pull(asked, 100), ...more }, asked), 'applied');
  };
  await receive(lacking);
  assert.equal(await readLacking(store), lacking);
  await receive({ last: false });
  assert.equal(await readLacking(store), lacking, 'not the last page');
  await receive({});
  assert.equal(await readLacking(store), nothing);
  await receive(lacking);
  await inbox.dropConfirmed(store);
  assert.equal(await readLacking(store), nothing);
});

test('a page asked for with a cursor that has moved since is stale and changes nothing', async (context) => {
  const { store, server, port } = context;
  context.elsewhere(theirs());
  const late = server.pull(null, 100);
  await pull(context);
  const before = port.dump();
  assert.is(await inbox.applyPage(store, late, null), 'stale');
  assert.equal(port.dump(), before);
});

test('an older version of a record is not put over a newer one of the same history', async (context) => {
  const { store, server, elsewhere } = context;
  elsewhere(theirs());
  const old = server.record(audit) as SentRecord;
  elsewhere({ record: audit, kind: 'audit', unit: 'case', value: caseValue('C-1'), base: null });
  await pull(context);
  await inbox.putOpened(store, old);
  assert.ok((await readRecord(store, audit))?.units['case']);
});

test('accepted rows go when a page brings their version, and the record looks the same before and after', async (context) => {
  const { store } = context;
  await startAudit(store, audit);
  await push(context);
  const before = await readRecord(store, audit);
  await pull(context);
  const after = await readRecord(store, audit);
  const values = (shown: typeof after) => Object.entries(shown?.units ?? {}).map(([unit, { value }]) => [unit, value]);
  assert.equal(values(after).sort(), values(before).sort());
  assert.equal([after?.unsent, after?.sent], [0, 0]);
});

test('between the first page and the last, and during a repair, more is known to be on its way; a record opened says nothing', async (context) => {
  const { store, server, elsewhere } = context;
  for (const n of [1, 2, 3]) elsewhere(theirs(recordId(n)));
  assert.is(await readIsReceiving(store), false);
  const told: boolean[] = [];
  for (let page = 1; page <= 3; page += 1) {
    await pull(context, 1);
    told.push(await readIsReceiving(store));
  }
  assert.equal(told, [true, true, false]);
  const one = server.record(audit) as SentRecord;
  await inbox.putOpened(store, one);
  assert.is(await readIsReceiving(store), false);
  await inbox.repair(store, { put: [one], drop: [] });
  assert.is(await readIsReceiving(store), true);
  await pull(context);
  assert.is(await readIsReceiving(store), false);
});

test('an accepted row stays while the pages have not reached its version', async (context) => {
  const { store, elsewhere } = context;
  elsewhere(theirs(recordId(9)));
  await startAudit(store, audit);
  await push(context);
  await pull(context, 1);
  assert.is((await readRecord(store, audit))?.sent, 2);
  await pull(context, 1);
  assert.is((await readRecord(store, audit))?.sent, 0);
});

test('what somebody else wrote unseen is kept beside, sealed and opened with the unit', async (context) => {
  const { store, server, elsewhere } = context;
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('mine')));
  server.nowMs += 1000;
  elsewhere({ record: audit, kind: 'audit', unit: 'section:risk', value: section('theirs'), base: null });
  await push(context);
  await pull(context);
  const confirmed = (await readRecord(store, audit))?.units['section:risk']?.confirmed;
  assert.equal(confirmed?.value, section('theirs'));
  assert.equal(
    confirmed?.others.map(({ value }) => value),
    [section('mine')],
  );

  const settles = confirmed?.others.map(({ op }) => op) ?? [];
  await act(store, edit(audit, 'section:risk', section('both'), { base: confirmed?.op ?? null, settles }));
  await push(context);
  await pull(context);
  assert.equal((await readRecord(store, audit))?.units['section:risk']?.confirmed?.others, []);
});

test('a version that arrives beneath an unsent text is not what the text stands on, however it is written on', async (context) => {
  const { store, elsewhere } = context;
  elsewhere(theirs());
  const first = elsewhere({ record: audit, kind: 'audit', unit: 'section:risk', value: section('first'), base: null });
  await pull(context);
  const seen = opId(first.device, first.seq);
  const shown = async () => (await readRecord(store, audit))?.units['section:risk'];
  assert.is((await shown())?.pending, null);
  await type(store, edit(audit, 'section:risk', section('mine'), { base: seen }));

  const other = elsewhere({ record: audit, kind: 'audit', unit: 'section:risk', value: section('theirs'), base: seen });
  const arrived = opId(other.device, other.seq);
  await pull(context);
  assert.is((await shown())?.confirmed?.op, arrived);
  assert.equal((await shown())?.pending, { base: seen, seen: [seen] });

  await type(store, edit(audit, 'section:risk', section('mine, longer'), basisOf(await shown())));
  assert.equal((await shown())?.pending, { base: seen, seen: [seen] });
  await act(store, edit(audit, 'section:risk', section('mine'), { ...basisOf(await shown()), settles: [arrived] }));
  assert.equal((await shown())?.pending, { base: seen, seen: [seen, arrived] });
});

test('a change that was accepted and has not come back yet still says what it stands on', async (context) => {
  const { store, elsewhere } = context;
  await startAudit(store, audit);
  await push(context);
  await pull(context);
  elsewhere(theirs(recordId(2)));
  const base = (await readRecord(store, audit))?.units['case']?.confirmed?.op ?? null;
  await act(store, edit(audit, 'case', caseValue('C-2'), { base }));
  await push(context);
  await pull(context, 1);
  const shown = await readRecord(store, audit);
  assert.equal([shown?.unsent, shown?.sent], [0, 1]);
  assert.equal(shown?.units['case']?.pending, { base, seen: [base] });
  await pull(context, 1);
  assert.is((await readRecord(store, audit))?.units['case']?.pending, null);
});

test('count and digests are those of what was stored, in all and by bucket', async (context) => {
  const { store, server, elsewhere } = context;
  for (const number of [0x11, 0x12, 0x21]) elsewhere(theirs(`${number.toString(16)}${hex(number).slice(2)}` as never));
  await pull(context);
  const digests = server.records().map(({ id, units }) => ({ id, digest: recordDigest(hash, id, units) }));
  assert.equal(await totals.localTotal(store), { count: 3, digest: sumDigests(digests.map(({ digest }) => digest)) });
  assert.equal(
    (await totals.localBuckets(store)).map(({ bucket, count }) => [bucket, count]),
    [
      ['11', 1],
      ['12', 1],
      ['21', 1],
    ],
  );
  assert.equal(
    await totals.localBucket(store, '12'),
    digests.filter(({ id }) => id.startsWith('12')),
  );
});

test('the total is kept with every row that comes, changes, is dropped or brought back', async (context) => {
  const { store, server, elsewhere } = context;
  assert.equal(await totals.keptTotal(store), { count: 0, digest: emptyDigest });
  const steps: readonly (() => Promise<unknown>)[] = [
    async () => [1, 2, 3].forEach((number) => elsewhere(theirs(recordId(number)))),
    () => pull(context, 2),
    () => pull(context, 2),
    async () => elsewhere({ record: audit, kind: 'audit', unit: 'case', value: caseValue('C-2'), base: null }),
    () => pull(context),
    () => inbox.putOpened(store, server.record(audit) as SentRecord),
    () => inbox.repair(store, { put: [], drop: [audit, recordId(9)] }),
    () => inbox.repair(store, { put: [server.record(audit) as SentRecord], drop: [recordId(2)] }),
    () => inbox.dropConfirmed(store),
  ];
  const counts: (number | undefined)[] = [];
  for (const step of steps) {
    await step();
    const kept = await totals.keptTotal(store);
    assert.equal(kept, await totals.localTotal(store));
    counts.push(kept?.count);
  }
  assert.equal(counts, [0, 2, 3, 3, 3, 3, 2, 2, 0]);
});

test('rows that were lost beneath the kept total are missed when they are counted, and the count is kept', async (context) => {
  const { store, elsewhere } = context;
  for (const number of [1, 2]) elsewhere(theirs(recordId(number)));
  await pull(context);
  const whole = await totals.keptTotal(store);
  await store.port.write(['confirmed'], 'relaxed', (tx) => tx.delete('confirmed', recordId(2)));
  assert.equal(await totals.keptTotal(store), whole);
  const counted = await totals.localTotal(store);
  assert.is(counted.count, 1);
  assert.equal(await totals.keptTotal(store), counted);
});

test('a count that something was written beside is not kept, nor is the total that it disproved', async (context) => {
  const { store, port, elsewhere } = context;
  for (const number of [1, 2]) elsewhere(theirs(recordId(number)));
  await pull(context);
  await port.write(['confirmed'], 'relaxed', (tx) => tx.delete('confirmed', recordId(2)));
  const plainRead = port.read;
  const readThenSaved: typeof plainRead = async (names, body) => {
    const found = await plainRead(names, body);
    Object.assign(port, { read: plainRead });
    await startAudit(store, recordId(3));
    return found;
  };
  Object.assign(port, { read: readThenSaved });
  assert.is((await totals.localTotal(store)).count, 1);
  assert.is(await totals.keptTotal(store), null);
});

test('a history that was left voids the proof that was made in it', async ({ store }) => {
  await writeProvedEqual(store, 1);
  await leaveHistory(store);
  assert.is(await readProvedEqual(store), null);
});

test('the digest does not depend on the projection', async (context) => {
  const { store, server, elsewhere } = context;
  elsewhere(theirs());
  await pull(context);
  const before = await totals.localTotal(store);
  const full = server.record(audit) as SentRecord;
  await inbox.putOpened(store, {
    ...full,
    projection: 'columns',
    units: project('audit', full.units, 'columns'),
  } as SentRecord);
  assert.is((await readRecord(store, audit))?.projection, 'columns');
  assert.equal(await totals.localTotal(store), before);
});

test('repair puts what is missing and drops what is extra; own unsent work on a dropped record stays', async (context) => {
  const { store, server, elsewhere } = context;
  const [extra, missing] = [recordId(2), recordId(3)];
  elsewhere(theirs(extra));
  elsewhere(theirs(missing));
  await pull(context);
  await act(store, edit(extra, 'section:risk', section('mine')));
  await inbox.repair(store, { put: [], drop: [missing] });
  assert.is(await readRecord(store, missing), null);
  await inbox.repair(store, { put: [server.record(missing) as SentRecord], drop: [extra] });
  assert.ok(await readRecord(store, missing));
  assert.equal(Object.keys((await readRecord(store, extra))?.units ?? {}), ['section:risk']);
});

test('a restored server is offered again what it had accepted, and its older versions are taken', async (context) => {
  const { store, server } = context;
  await startAudit(store, audit);
  await push(context);
  await pull(context);
  const restore = server.backup();
  await act(store, edit(audit, 'section:risk', section('after the backup')));
  await push(context);
  restore();
  await leaveHistory(store);
  await pull(context);
  assert.equal((await readRecord(store, audit))?.unsent, 1);
  await push(context);
  await pull(context);
  assert.equal(server.record(audit)?.units['section:risk']?.value, section('after the backup'));
  assert.is((await readRecord(store, audit))?.unsent, 0);
});

test('what is done next is stamped after everything that was seen', async (context) => {
  const { store, port, server, elsewhere } = context;
  server.nowMs += 40_000;
  elsewhere(theirs());
  await pull(context);
  await act(store, edit(audit, 'section:risk', section('a')));
  assert.equal(port.dump().pending.at(-1)?.claimed, { ms: server.nowMs, count: 1 });
});

test('signing out drops what was confirmed, the cursor and the proof, and keeps own work', async (context) => {
  const { store, elsewhere, port } = context;
  elsewhere(theirs());
  await pull(context);
  await writeProvedEqual(store, 5);
  await startAudit(store, recordId(2));
  await inbox.dropConfirmed(store);
  assert.equal(port.dump().confirmed, []);
  assert.is(await inbox.readCursor(store), null);
  assert.is(await readProvedEqual(store), null);
  assert.is((await readRecord(store, recordId(2)))?.unsent, 2);
});

test('my audits are those whose auditor, as shown, is me: also new ones, and not those I gave away', async (context) => {
  const { store, elsewhere } = context;
  const [mine, notMine, given, fresh] = [1, 2, 3, 4].map(recordId) as [never, never, never, never];
  elsewhere(theirs(mine, store.person));
  elsewhere(theirs(notMine));
  elsewhere(theirs(given, store.person));
  await pull(context);
  await act(store, edit(given, 'allocation', allocation({ auditor: somebody })));
  await startAudit(store, fresh);
  assert.equal((await readMyAudits(store)).map(({ id }) => id).sort(), [mine, fresh]);
  assert.is((await readKind(store, 'audit')).length, 4);
  assert.equal(
    (await readRecords(store, [fresh, recordId(99), mine])).map(({ id }) => id),
    [fresh, mine],
  );
});

test('changed records are read in pages of plain fields, and one that is gone is said to be', async (context) => {
  const { store, port, server, elsewhere } = context;
  const ids = [1, 2, 3].map(recordId);
  for (const id of ids) elsewhere(theirs(id));
  await pull(context);
  const first = await readChanged(port, 0, 2);
  assert.equal([first.records.length, first.more], [2, true]);
  const second = await readChanged(port, first.change, 2);
  assert.equal([second.records.map(({ id }) => id), second.more], [[ids[2]], false]);
  assert.equal(await readChanged(port, second.change, 2), {
    records: [],
    gone: [],
    change: second.change,
    more: false,
  });

  await act(store, edit(audit, 'section:risk', section('secret', 'inadequate')));
  await inbox.repair(store, { put: [], drop: [recordId(2)] });
  const third = await readChanged(port, second.change, 10);
  assert.equal(third.gone, [recordId(2)]);
  assert.equal(third.records[0]?.units['section:risk'], { grade: 'inadequate', notApplicable: false });
  assert.not(JSON.stringify(third).includes('secret'));
  assert.is(server.record(audit)?.units['allocation']?.op, opId(hex(0xee) as DeviceId, 1));
});

test('a large page notes its records together, and each is found by its own number', async (context) => {
  const { store, port, elsewhere } = context;
  const ids = Array.from({ length: 240 }, (_, n) => recordId(n + 1));
  for (const id of ids.slice(0, 230)) elsewhere(theirs(id));
  await pull(context, 1_000);
  assert.equal([port.dump().changes.length, port.dump().together.length], [0, 2]);
  // One that changes again, and one that is new: too few to be noted together.
  elsewhere(theirs(ids[3], store.person));
  elsewhere(theirs(ids[230]));
  await pull(context);
  assert.is(port.dump().changes.length, 2);

  for (const limit of [1, 7, 100, 1_000]) {
    const found: string[] = [];
    let after = 0;
    for (let more = true; more;) {
      const page = await readChanged(port, after, limit);
      assert.ok(page.records.length <= limit);
      found.push(...page.records.map(({ id }) => id));
      [after, more] = [page.change, page.more];
    }
    assert.equal(new Set(found), new Set(ids.slice(0, 231)), `${limit} at a time`);
    assert.equal(found.slice(-2).sort(), [ids[3], ids[230]].sort(), 'the newest come last');
  }
  const half = await readChanged(port, 100, 1_000);
  assert.is(half.records.length, 132);

  await inbox.dropConfirmed(store);
  const { changes, together } = port.dump();
  assert.equal([changes.length, together.length], [2, 2], 'what was noted together before is noted once');
  assert.equal(new Set((await readChanged(port, half.change, 1_000)).gone), new Set(ids.slice(0, 231)));
});

test.run();
