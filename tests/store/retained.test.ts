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
  learnServerKey,
  placeOf,
  retainedAbove,
  retainedDevices,
  retainedMs,
  retainedUpTo,
  sweepRetained,
} from '../../src/store/retained.ts';
import type { RetainedRow } from '../../src/store/rows.ts';
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
    rows.map(({ place, seq, settledMs }) => [place, seq, settledMs]),
    [1, 2].map((seq) => [placeOf(device, seq), seq, 1_000]),
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
    assert.is(settled, retained.length, `request ${failAt}`);
  }
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
    fc.record({ device: fc.integer({ min: 1, max: 4 }), seq: fc.integer({ min: 1, max: 300 }) }),
    { selector: ({ device: of, seq }) => `${of}:${seq}`, maxLength: 120 },
  );
  await fc.assert(
    fc.asyncProperty(places, async (kept) => {
      const port = memoryPort();
      const rows = kept.map(({ device: of, seq }): RetainedRow => {
        const id = hex(of) as DeviceId;
        return {
          place: placeOf(id, seq),
          device: id,
          seq,
          group: hex(9) as GroupId,
          settledMs: 1,
          box: new Uint8Array(),
        };
      });
      await port.write(['retained'], 'relaxed', (tx) => tx.putMany('retained', rows));
      const last = new Map<DeviceId, number>();
      for (const { device: of, seq } of rows) last.set(of, Math.max(seq, last.get(of) ?? 0));
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
  assert.is(port.dump().retained.length, 3);
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
