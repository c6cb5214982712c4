/** Acknowledged ops on a laptop: written with what settles them, kept 30 days, unreadable here, under a pinned key. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nextHead } from '../../src/domain/chain.ts';
import type { DeviceId, GroupId } from '../../src/domain/ids.ts';
import type { PullReply } from '../../src/protocol/sync.ts';
import { leaveHistory } from '../../src/store/histories.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { sealBatch } from '../../src/store/outbox.ts';
import {
  besideHeld,
  learnServerKey,
  placeOf,
  retain,
  retainedAbove,
  retainedDevices,
  retainedIn,
  retainedMs,
  retainedUpTo,
  sweepRetained,
} from '../../src/store/retained.ts';
import type { RetainedBox, RetainedRow } from '../../src/store/rows.ts';
import type { SealForServer } from '../../src/store/server-box.ts';
import { readSaveCounts } from '../../src/store/view.ts';
import { laptopStore } from '../../workers/sync/laptop-store.ts';
import { act, device, edit, hex, laptop, recordId, section, startAudit } from './laptop.ts';
import { fakeServer } from './server.ts';

const test = suite('what is retained');
const audit = recordId(1);
const all = { maxBytes: 1e6, hotMs: 0, longestMs: 0 };
const keys = ['04' + 'a'.repeat(128), '04' + 'b'.repeat(128)] as const;

/** Says under which key it was sealed, instead of sealing. */
const openBoxes: SealForServer = async (key, parcels) =>
  parcels.map(({ text }) => new TextEncoder().encode(`${key.slice(2, 3)}${text}`) as Uint8Array<ArrayBuffer>);

async function start(port = memoryPort()) {
  const opened = await laptop({ port, sealForServer: openBoxes });
  const server = fakeServer();
  const store = laptopStore(opened.store);
  const push = async (serverMs = 1_000): Promise<void> => {
    const ops = await sealBatch(opened.store, all);
    await store.settle({ ...server.push(ops), serverKey: keys[0] }, ops, serverMs);
  };
  await startAudit(opened.store, audit);
  return { ...opened, syncing: store, server, push };
}

const textOf = (box: Uint8Array): string => new TextDecoder().decode(box);

test('each op goes in with its answer, in the order of its chain', async () => {
  const { store, port, push } = await start();
  await push();
  const rows = port.dump().retained;
  assert.equal(
    rows.map(({ place, settledMs, ...row }) => [
      place,
      settledMs,
      retainedIn({ place, settledMs, ...row }).map(({ seq }) => seq),
    ]),
    [[placeOf(device, 1), 1_000, [1, 2]]],
  );
  const content = JSON.parse(textOf(rows[0]?.box ?? new Uint8Array()).slice(1)) as { op: object; result: object };
  assert.equal(Object.keys(content), ['op', 'result']);
  assert.equal(await retainedDevices(store), [device]);
  assert.equal(
    (await retainedAbove(store, device, 1, 10)).map(({ seq }) => seq),
    [2],
  );
});

test('a crash leaves an op unsettled or retained, never settled and not retained', async () => {
  for (let failAt = 1; failAt < 40; failAt += 1) {
    let count = 0;
    let armed = false;
    const port = memoryPort({
      onRequest: () => {
        if (armed && ++count === failAt) throw new Error('power cut');
      },
    });
    const { push } = await start(port);
    armed = true;
    await push().catch(() => undefined);
    armed = false;
    const { pending, retained } = port.dump();
    const settled = pending.filter(({ serverVersion }) => serverVersion > 0).length;
    assert.is(settled, retained.flatMap(retainedIn).length, `request ${failAt}`);
  }
});

test('those of a device above any seq are found, whatever rows they share', async () => {
  const { store, port, syncing, server } = await start();
  for (let n = 0; n < 80; n += 1) await act(store, edit(audit, 'section:risk', section(`${n}`)));
  // As an older build kept it.
  const [first] = await sealBatch(store, { ...all, maxBytes: 1 });
  if (first === undefined) throw new Error('Nothing was sealed');
  const box = new TextEncoder().encode('alone') as Uint8Array<ArrayBuffer>;
  const { device: of, seq, group } = first;
  await port.write(['retained'], 'strict', (tx) =>
    tx.put('retained', { place: placeOf(of, seq), device: of, seq, group, settledMs: 1, box }),
  );
  const ops = await sealBatch(store, all);
  const reply = server.push(ops);
  const settleSome = async (from: number, to: number): Promise<void> => {
    const results = reply.results.slice(from, to);
    const rows = await retain(store, ops, results, 1_000);
    await port.write(['retained'], 'strict', (tx) => tx.putMany('retained', rows));
  };
  await syncing.settle({ ...reply, serverKey: keys[0], results: reply.results.slice(0, 1) }, ops, 1);
  await settleSome(2, ops.length);
  // Acknowledged again in other pieces, so that rows overlap.
  await settleSome(1, 20);
  assert.ok(port.dump().retained.length < ops.length / 10);
  const seqs = ops.map((op) => op.seq);
  for (let above = 0; above <= ops.length; above += 1) {
    for (const limit of [1, 7, 1_000]) {
      const found = (await retainedAbove(store, of, above, limit)).map((one) => one.seq);
      assert.equal(found, seqs.filter((one) => one > above).slice(0, limit), `${limit} above ${above}`);
    }
  }
});

/** Twelve ops, acknowledged in one answer in which the first of them waits. */
async function firstWaits() {
  const all12 = await start();
  const { store, syncing, server } = all12;
  for (let n = 0; n < 10; n += 1) await act(store, edit(audit, 'section:risk', section(`${n}`)));
  const ops = await sealBatch(store, all);
  const reply = server.push(ops);
  const waits = reply.results.map((result, i) => (i === 0 ? { seq: result.seq, outcome: 'waiting' as const } : result));
  await syncing.settle({ ...reply, serverKey: keys[0], results: waits }, ops, 1_000);
  const outcomes = async (): Promise<unknown[]> =>
    (await retainedAbove(store, device, 0, 1_000)).map(({ seq, box }) => [
      seq,
      (JSON.parse(textOf(box).slice(1)) as { result: { outcome: string } }).result.outcome,
    ]);
  const expected = (first: string) => ops.map(({ seq }, i) => [seq, i === 0 ? first : 'accepted']);
  assert.equal(await outcomes(), expected('waiting'));
  return { ...all12, ops, reply, outcomes, expected };
}

test('an op that waited and is answered alone does not take those with it that shared its row', async () => {
  const { syncing, ops, reply, outcomes, expected } = await firstWaits();
  await syncing.settleWaiting(device, ops, reply.results.slice(0, 1), 2_000);
  assert.equal(await outcomes(), expected('accepted'));
});

test('nor does one that is acknowledged alone after a history was left', async () => {
  const { store, syncing, reply, outcomes, expected } = await firstWaits();
  await leaveHistory(store);
  const [op] = await sealBatch(store, { ...all, maxBytes: 1 });
  if (op === undefined) throw new Error('Nothing to push');
  const head = nextHead(store.hash, op.prev, op.leaf);
  await syncing.settle({ acceptedTo: op.seq, head, results: reply.results.slice(0, 1) }, [op], 2_000);
  assert.equal(await outcomes(), expected('accepted'));
});

test('whatever is acknowledged again in whatever pieces, nothing is missing, and the newest answer is offered', async () => {
  const pieces = fc.array(
    fc.record({
      seq: fc.integer({ min: 1, max: 60 }),
      lengths: fc.array(fc.integer({ min: 1, max: 32 }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  );
  const group = hex(9) as GroupId;
  await fc.assert(
    fc.asyncProperty(pieces, async (answers) => {
      const { store, port } = await laptop({ port: memoryPort() });
      const answered = new Map<number, string>();
      for (const [at, { seq, lengths }] of answers.entries()) {
        const boxOf = (one: number): RetainedBox => {
          answered.set(one, `${one} in answer ${at}`);
          return { seq: one, group, box: new TextEncoder().encode(answered.get(one)) as Uint8Array<ArrayBuffer> };
        };
        let next = seq;
        const rows = lengths.map((length): RetainedRow => {
          const [first, ...behind] = Array.from({ length }, (_, n) => boxOf(next + n));
          if (first === undefined) throw new Error('A row holds one op at least');
          next += length;
          return { ...first, place: placeOf(device, first.seq), device, settledMs: at + 1, behind };
        });
        await port.write(['retained'], 'relaxed', async (tx) => tx.putMany('retained', await besideHeld(tx, rows)));
      }
      const inOrder = [...answered].sort(([a], [b]) => a - b);
      for (const above of [0, 1, 17, 31, 32, 60]) {
        for (const limit of [1, 7, 1_000]) {
          const found = await retainedAbove(store, device, above, limit);
          const expected = inOrder.filter(([seq]) => seq > above).slice(0, limit);
          assert.equal(
            found.map(({ seq, box }) => [seq, textOf(box)]),
            expected,
            `${limit} above ${above}`,
          );
        }
      }
      assert.equal(await port.read(['retained'], retainedUpTo), [{ device, seq: inOrder.at(-1)?.[0] }]);
    }),
  );
});

test('a full disk settles without keeping', async () => {
  let isFull = false;
  const port = memoryPort({
    onRequest: ({ action, table }) => {
      if (isFull && action === 'put' && table === 'retained') throw new DOMException('full', 'QuotaExceededError');
    },
  });
  const { push, store } = await start(port);
  isFull = true;
  await push();
  assert.is((await readSaveCounts(store)).unsent, 0);
  assert.equal(port.dump().retained, []);
});

test('how far each device is kept is found without reading everything, whatever gaps there are', async () => {
  const places = fc.uniqueArray(
    fc.record({
      device: fc.integer({ min: 1, max: 4 }),
      seq: fc.integer({ min: 1, max: 300 }),
      behind: fc.nat({ max: 31 }),
    }),
    { selector: ({ device: of, seq }) => `${of}:${seq}`, maxLength: 120 },
  );
  await fc.assert(
    fc.asyncProperty(places, async (kept) => {
      const port = memoryPort();
      const rows = kept.map(({ device: of, seq, behind }): RetainedRow => {
        const id = hex(of) as DeviceId;
        const [group, box] = [hex(9) as GroupId, new Uint8Array()];
        return {
          place: placeOf(id, seq),
          device: id,
          seq,
          settledMs: 1,
          group,
          box,
          behind: Array.from({ length: behind }, (_, n) => ({ seq: seq + n + 1, group, box })),
        };
      });
      await port.write(['retained'], 'relaxed', (tx) => tx.putMany('retained', rows));
      const last = new Map<DeviceId, number>();
      for (const row of rows) {
        for (const { device: of, seq } of retainedIn(row)) last.set(of, Math.max(seq, last.get(of) ?? 0));
      }
      const found = await port.read(['retained'], retainedUpTo);
      assert.equal(new Map(found.map(({ device: of, seq }) => [of, seq])), last);
    }),
  );
});

test('they go after 30 days, and no earlier', async () => {
  const { store, port, push } = await start();
  await push(1_000);
  await act(store, edit(audit, 'section:risk', section('later')));
  await push(5_000);
  await sweepRetained(store, retainedMs + 999);
  assert.is(port.dump().retained.flatMap(retainedIn).length, 3);
  await sweepRetained(store, retainedMs + 1_000);
  assert.equal(
    port.dump().retained.map(({ settledMs }) => settledMs),
    [5_000],
  );
});

test('another key is taken with another history alone', async () => {
  const { store, port, push, syncing } = await start();
  const keyOf = (): string => textOf(port.dump().retained.at(-1)?.box ?? new Uint8Array()).slice(0, 1);
  const page = (serverKey: string, epoch: string) => ({ serverKey, cursor: { epoch } }) as unknown as PullReply;
  await push();
  await syncing.learnServerKey(page(keys[0], 'e1'));
  await syncing.learnServerKey(page(keys[1], 'e1'));
  await learnServerKey(store, keys[1], null);
  await act(store, edit(audit, 'section:risk', section('one')));
  await push();
  assert.is(keyOf(), 'a');
  await syncing.learnServerKey(page(keys[1], 'e2'));
  await act(store, edit(audit, 'section:risk', section('two')));
  await push();
  assert.is(keyOf(), 'b');
});

test('nothing is retained where there is no server to seal to', async () => {
  const { store, port } = await laptop();
  const server = fakeServer();
  await startAudit(store, audit);
  const ops = await sealBatch(store, all);
  await laptopStore(store).settle({ ...server.push(ops), serverKey: keys[0] }, ops, 1);
  assert.equal(port.dump().retained, []);
});

test('leaving a history makes unsent what was accepted and never seen, and what waits', async () => {
  const { store, push, syncing } = await start();
  await push();
  await act(store, edit(audit, 'section:risk', section('waits')));
  const ops = await sealBatch(store, all);
  const [op] = ops;
  if (op === undefined) throw new Error('Nothing to push');
  const head = nextHead(store.hash, op.prev, op.leaf);
  await syncing.settle({ acceptedTo: op.seq, head, results: [{ seq: op.seq, outcome: 'waiting' }] }, ops, 1);
  assert.equal((({ unsent, sent }) => [unsent, sent])(await readSaveCounts(store)), [0, 3]);
  assert.equal(
    (await syncing.waiting()).map(({ seq }) => seq),
    [3],
  );
  await leaveHistory(store);
  assert.equal((({ unsent, sent }) => [unsent, sent])(await readSaveCounts(store)), [3, 0]);
});

test.run();
