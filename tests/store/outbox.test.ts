import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { firstHead, nextHead } from '../../src/domain/chain.ts';
import type { DeviceId, OpId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { opSchema, settlesLimit } from '../../src/protocol/op.ts';
import { parse } from '../../src/protocol/parse.ts';
import { leaveHistory } from '../../src/store/histories.ts';
import { takeNewDevice } from '../../src/store/new-device.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { recordEdits, recordGroups } from '../../src/store/record.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { readDevice, writeClockOffset } from '../../src/store/sync-meta.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../src/store/view.ts';
import {
  act,
  allocation,
  device,
  edit,
  event,
  hash,
  hex,
  laptop,
  realCipher,
  recordId,
  section,
  startAudit,
  type,
} from './laptop.ts';
import type { Laptop } from './laptop.ts';
import { countRows } from './rows-read.ts';
import { fakeServer } from './server.ts';

const test = suite<Laptop>('the outbox');
const audit = recordId(1);
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };
const year = 365 * 86_400_000;

test.before.each(async (context) => {
  Object.assign(context, await laptop({ cipher: await realCipher() }));
});

const seqs = (ops: readonly Op[]): number[] => ops.map(({ seq }) => seq);

function checkChain(ops: readonly Op[], from: DeviceId = device): void {
  let head = firstHead(hash, from);
  ops.forEach((op, i) => {
    assert.is(op.seq, i + 1);
    assert.is(op.prev, head);
    head = nextHead(hash, op.prev, op.leaf);
  });
}

test('a batch is numbered without a gap and chained, in the order in which things were done', async ({ store }) => {
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('one', 'inadequate')));
  await act(store, edit(audit, 'section:risk', section('one', 'good')));
  const ops = await sealBatch(store, all);
  checkChain(ops);
  assert.equal(
    ops.map(({ unit }) => unit),
    ['allocation', 'case', 'section:risk', 'section:risk'],
  );
  assert.equal(ops.at(-1)?.value, section('one', 'good'));
  assert.equal(
    ops.map(({ groupSize }) => groupSize),
    [2, 2, 1, 1],
  );
});

test('asking again answers the same ops, then what came since', async ({ store }) => {
  await startAudit(store, audit);
  const first = await sealBatch(store, all);
  assert.equal(await sealBatch(store, all), first);
  await act(store, edit(audit, 'section:risk', section('one')));
  const second = await sealBatch(store, all);
  assert.equal(second.slice(0, 2), first);
  assert.equal(seqs(second), [1, 2, 3]);
});

test('what comes behind a batch that is on its way is sealed after it, and a retry sends both as they were', async ({
  store,
}) => {
  await startAudit(store, audit);
  for (let n = 1; n <= 40; n += 1) await act(store, edit(audit, `section:s${n}`, section('x'.repeat(400))));
  const limits = { ...all, maxBytes: 12_000 };
  const first = await sealBatch(store, limits);
  const second = await sealBatch(store, { ...limits, behind: first });
  const third = await sealBatch(store, { ...limits, behind: second });
  checkChain([...first, ...second, ...third]);
  assert.ok(first.length > 3 && second.length > 3 && third.length > 3);
  assert.equal(await sealBatch(store, { ...limits, behind: first }), second);
  const server = fakeServer();
  await settle(store, server.push(first));
  assert.equal(await sealBatch(store, limits), second);
  assert.equal(seqs(await sealBatch(store, { ...limits, behind: third })).at(0), (third.at(-1)?.seq ?? 0) + 1);
});

test('behind the last there is nothing', async ({ store }) => {
  await startAudit(store, audit);
  assert.equal(await sealBatch(store, { ...all, behind: await sealBatch(store, all) }), []);
});

test('sealing writes no change a second time, and what is sealed takes no keystroke', async ({ store, port }) => {
  await startAudit(store, audit);
  await type(store, edit(audit, 'section:risk', section('typed')));
  const before = port.dump().pending;
  const ops = await sealBatch(store, all);
  assert.equal(port.dump().pending, before);
  await type(store, edit(audit, 'section:risk', section('typed on')));
  assert.equal((await sealBatch(store, all)).slice(0, ops.length), ops);
  await settle(store, fakeServer().push(ops));
  assert.equal(
    port.dump().pending.map(({ link, typing }) => [link?.leaf, typing]),
    [...ops.map(({ leaf }) => [leaf, false]), [undefined, true]],
  );
});

test('a batch is cut at the border of a group; a group larger than the batch goes alone', async ({ store }) => {
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('x'.repeat(5000))));
  await act(store, edit(audit, 'section:plan', section('y')), edit(audit, 'section:risk', section('y')));
  const limits = { ...all, maxBytes: 3000 };
  const server = fakeServer();
  const units: string[][] = [];
  for (let ops = await sealBatch(store, limits); ops.length > 0; ops = await sealBatch(store, limits)) {
    units.push(ops.map(({ unit }) => unit));
    await settle(store, server.push(ops));
  }
  assert.equal(units, [['allocation', 'case'], ['section:risk'], ['section:plan', 'section:risk']]);
});

test('a row that is being typed into waits, and so does what came after it; but not for ever', async ({
  store,
  clock,
}) => {
  await startAudit(store, audit);
  await type(store, edit(audit, 'section:risk', section('a')));
  await act(store, edit(audit, 'section:plan', section('b')));
  const limits = { maxBytes: 1_000_000, hotMs: 3000, longestMs: 60_000 };
  assert.equal(seqs(await sealBatch(store, limits)), [1, 2]);
  clock.ms += 4000;
  assert.equal(seqs(await sealBatch(store, limits)), [1, 2, 3, 4]);

  await type(store, edit(audit, 'section:risk', section('ab')));
  for (let second = 0; second < 61; second += 1) {
    clock.ms += 1000;
    await type(store, edit(audit, 'section:risk', section('ab'.repeat(second))));
  }
  assert.equal(seqs(await sealBatch(store, limits)), [1, 2, 3, 4, 5]);
});

test('a row typed into by a clock that was set back does not wait', async ({ store, clock }) => {
  await startAudit(store, audit);
  await type(store, edit(audit, 'section:risk', section('a')));
  clock.ms -= year;
  assert.is((await sealBatch(store, { maxBytes: 1_000_000, hotMs: 3000, longestMs: 60_000 })).length, 3);
});

test('keystrokes while a batch is being sealed are not lost: the batch holds what was typed last, or not yet', async ({
  store,
}) => {
  await startAudit(store, audit);
  await type(store, edit(audit, 'section:risk', section('a')));
  const sealing = sealBatch(store, all);
  await type(store, edit(audit, 'section:risk', section('ab')));
  const ops = await sealing;
  checkChain(ops);
  const values = (await sealBatch(store, all)).map(({ value }) => value);
  assert.equal(values.at(-1), section('ab'));
});

test('accepted rows stay laid over until a pull brings them, and count as sent', async ({ store }) => {
  const server = fakeServer();
  await startAudit(store, audit);
  await settle(store, server.push(await sealBatch(store, all)));
  const shown = await readRecord(store, audit);
  assert.equal([shown?.unsent, shown?.sent], [0, 2]);
  assert.equal(await sealBatch(store, all), []);
});

test('settling the same answer again changes nothing', async ({ store, port }) => {
  const server = fakeServer();
  server.refuse = ({ unit }) => (unit === 'section:risk' ? 'not-allowed' : null);
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('a')));
  const reply = server.push(await sealBatch(store, all));
  await settle(store, reply);
  const once = port.dump();
  await settle(store, reply);
  assert.equal(port.dump(), once);
});

test('a held op goes to quarantine with its reason, is not shown any more, and blocks nothing', async ({
  store,
  clock,
}) => {
  const server = fakeServer();
  server.refuse = ({ unit }) => (unit === 'section:risk' ? 'not-allowed' : null);
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('mine')));
  await act(store, edit(audit, 'section:plan', section('fine')));
  await settle(store, server.push(await sealBatch(store, all)));
  const [held] = await readQuarantine(store);
  assert.equal([held?.row.code, held?.row.why, held?.row.heldMs], ['not-allowed', 'refused by the test', clock.ms]);
  assert.equal(held?.value, section('mine'));
  const shown = await readRecord(store, audit);
  assert.equal(Object.keys(shown?.units ?? {}), ['allocation', 'case', 'section:plan']);
  assert.is(shown?.quarantined, 1);
  assert.equal(await readSaveCounts(store), { unsent: 0, sent: 3, quarantined: 1, keptOut: 0, oldestUnsentMs: null });
});

test('an audit whose submission was held can be worked on again', async ({ store }) => {
  const server = fakeServer();
  server.refuse = ({ unit }) => (unit === 'submitted' ? 'not-allowed' : null);
  await startAudit(store, audit);
  await act(store, edit(audit, 'submitted', event()));
  assert.not((await recordEdits(store, [edit(audit, 'section:risk', section('a'))], 'act')).ok);
  await settle(store, server.push(await sealBatch(store, all)));
  await act(store, edit(audit, 'section:risk', section('a')));
});

test('an answer that names another chain head settles nothing', async ({ store, port }) => {
  const server = fakeServer();
  await startAudit(store, audit);
  const reply = server.push(await sealBatch(store, all));
  const before = port.dump();
  const failed = await settle(store, { ...reply, head: hash('another') }).then(
    () => '',
    (error: unknown) => String(error),
  );
  assert.match(failed, 'another chain head');
  assert.equal(port.dump(), before);
});

test('a clock ten years ahead: everything is accepted, and the clock comes back to the server’s once it has answered', async ({
  store,
  port,
  clock,
}) => {
  const server = fakeServer();
  clock.ms += 10 * year;
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('a')));
  const ops = await sealBatch(store, all);
  await act(store, edit(audit, 'section:risk', section('ab')));
  await writeClockOffset(store, server.nowMs - clock.ms);
  await settle(store, server.push(ops));
  const ahead = port.dump().pending.at(-1)?.claimed.ms ?? 0;
  assert.ok(ahead > server.nowMs + 9 * year, 'what is not judged yet keeps the order');

  await settle(store, server.push(await sealBatch(store, all)));
  await act(store, edit(audit, 'section:risk', section('abc')));
  const claimed = port.dump().pending.at(-1)?.claimed;
  assert.ok(claimed !== undefined && claimed.ms <= server.nowMs + 60_000);
  assert.ok(claimed.ms >= server.nowMs + 60_000 - 1, 'never below what the server has given');
});

test('the clock does not go back when nothing was capped', async ({ store, port, clock }) => {
  const server = fakeServer();
  clock.ms = server.nowMs + 30_000;
  await startAudit(store, audit);
  const ops = await sealBatch(store, all);
  const last = ops.at(-1)?.claimed;
  clock.ms -= 3_600_000;
  await settle(store, server.push(ops));
  await act(store, edit(audit, 'section:risk', section('a')));
  assert.equal(port.dump().pending.at(-1)?.claimed, { ms: last?.ms, count: (last?.count ?? 0) + 1 });
});

test('settles no more versions in one op than the wire takes, so that none stops the queue for ever', async ({
  store,
}) => {
  await startAudit(store, audit);
  const versions = (from: number) => Array.from({ length: 40 }, (_, i) => `${hex(0x7000)}:${from + i}` as OpId);
  await type(store, edit(audit, 'section:risk', section('a'), { settles: versions(1) }));
  await type(store, edit(audit, 'section:risk', section('ab'), { settles: versions(100) }));
  await act(store, edit(audit, 'section:plan', section('c'), { settles: [...versions(1), ...versions(100)] }));
  const ops = await sealBatch(store, all);
  assert.equal(
    ops.map((op) => op.settles.length),
    [0, 0, settlesLimit, settlesLimit],
  );
  assert.ok(ops.every((op) => parse(opSchema, op) !== null));
});

test('a queue far longer than a batch leaves whole and in order, group by group', async ({ store, port, clock }) => {
  const server = fakeServer();
  const groups = Array.from({ length: 700 }, (_, at) => {
    const id = recordId(at + 0x100);
    return { edits: [edit(id, 'allocation', allocation()), edit(id, 'section:risk', section(`${at}`))] };
  });
  await recordGroups(store, groups);
  clock.ms += 1;
  await act(store, edit(audit, 'allocation', allocation()));
  assert.equal(await readSaveCounts(store), {
    ...{ unsent: 1401, sent: 0, quarantined: 0 },
    keptOut: 0,
    oldestUnsentMs: clock.ms - 1,
  });
  const sent: Op[] = [];
  for (let ops = await sealBatch(store, all); ops.length > 0; ops = await sealBatch(store, all)) {
    assert.ok(ops.length <= 1_000);
    assert.ok(ops.every(({ group, groupSize }) => ops.filter((op) => op.group === group).length === groupSize));
    sent.push(...ops);
    await settle(store, server.push(ops));
  }
  checkChain(sent);
  assert.is(sent.length, 1401);
  assert.equal(await readSaveCounts(store), {
    unsent: 0,
    sent: 1401,
    quarantined: 0,
    keptOut: 0,
    oldestUnsentMs: null,
  });
  assert.ok(port.dump().pending.every(({ serverVersion }) => serverVersion > 0));
});

test('of 20,000 waiting changes each batch reads a few times what it holds, also where batches are small', async () => {
  const server = fakeServer();
  const { port, read } = countRows(memoryPort());
  const { store } = await laptop({ port });
  const groups = Array.from({ length: 10_000 }, (_, at) => {
    const id = recordId(at + 0x100);
    return { edits: [edit(id, 'allocation', allocation()), edit(id, 'section:risk', section(`${at}`))] };
  });
  await recordGroups(store, groups);
  for (const maxBytes of [252 * 1024, 4 * 1024, 1]) {
    read();
    const ops = await sealBatch(store, { ...all, maxBytes });
    await settle(store, server.push(ops));
    const rows = read();
    assert.ok(rows < 6 * ops.length + 20, `${rows} rows read for ${ops.length} ops`);
  }
});

test('as a new device, what was not accepted is sealed again from the start of its chain, and nothing is lost', async ({
  store,
}) => {
  const server = fakeServer();
  const second = hex(0xdd) as DeviceId;
  await startAudit(store, audit);
  await settle(store, server.push(await sealBatch(store, all)));
  await act(store, edit(audit, 'section:risk', section('a')));
  await sealBatch(store, all);
  await takeNewDevice(store, second);
  await takeNewDevice(store, second);
  assert.is(await readDevice(store), second);
  await act(store, edit(audit, 'section:plan', section('b')));
  const ops = await sealBatch(store, all);
  checkChain(ops, second);
  assert.equal(
    ops.map(({ unit, device: from }) => [unit, from]),
    [
      ['section:risk', second],
      ['section:plan', second],
    ],
  );
  await settle(store, server.push(ops));
  assert.equal(await sealBatch(store, all), []);
});

test('what an earlier device had handed in goes on under the new one when its history is lost', async ({ store }) => {
  const server = fakeServer();
  const second = hex(0xdd) as DeviceId;
  const restore = server.backup();
  await startAudit(store, audit);
  await settle(store, server.push(await sealBatch(store, all)));
  await takeNewDevice(store, second);
  restore();
  await leaveHistory(store);
  await act(store, edit(audit, 'section:risk', section('a')));
  const ops = await sealBatch(store, all);
  checkChain(ops, second);
  await settle(store, server.push(ops));
  assert.equal(await sealBatch(store, all), []);
});

test.run();
