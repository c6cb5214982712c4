/** What a laptop seals for its server: the server opens it, and nobody else, the laptop included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverKey } from '../../server/sync/server-key.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import { sealForServer } from '../../src/store/server-box.ts';
import { authority, device, hex, randomBytes } from './laptop.ts';

const test = suite('boxes for the server');
const folder = mkdtempSync(join(tmpdir(), 'plumbline-keys-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const key = serverKey(join(folder, 'server.key'), undefined);
const other = serverKey(join(folder, 'other.key'), undefined);
const place = (seq: number, of = device) => ({ authority, device: of, seq });
const seal = sealForServer(randomBytes);

test('are opened by the server, each in its place', async () => {
  const parcels = [1, 2, 3].map((seq) => ({ place: place(seq), text: JSON.stringify({ seq, text: 'ä sentence' }) }));
  const boxes = await seal(key.publicKey, parcels);
  assert.equal(
    boxes.map((box, i) => key.open(place(i + 1), box)),
    parcels.map(({ text }) => text),
  );
});

test('are not opened with another key, for another place, or damaged anywhere', async () => {
  const [box = new Uint8Array()] = await seal(key.publicKey, [{ place: place(1), text: 'sentinel' }]);
  assert.throws(() => other.open(place(1), box));
  assert.throws(() => key.open(place(2), box));
  assert.throws(() => key.open(place(1, hex(9) as DeviceId), box));
  for (let at = 0; at < box.length; at += 1) {
    const damaged = box.slice();
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    assert.throws(() => key.open(place(1), damaged), undefined, `byte ${at}`);
  }
  assert.throws(() => key.open(place(1), box.subarray(0, 40)));
});

test('show nothing of what is in them, and never share a key', async () => {
  const text = 'sentinel sentinel sentinel';
  const [one] = await seal(key.publicKey, [{ place: place(1), text }]);
  const [two] = await seal(key.publicKey, [{ place: place(1), text }]);
  assert.not.match(Buffer.from(one ?? []).toString('latin1'), 'sentinel');
  assert.not.equal(one?.subarray(1, 66), two?.subarray(1, 66));
});

test('the key is the same when it is read again; a receipt is bound to all it names', () => {
  const again = serverKey(join(folder, 'server.key'), key.publicKey);
  const op = { authority, device, seq: 7, leaf: 'a'.repeat(64) } as Op;
  const stamp = { ms: 5, count: 1 };
  const receipt = again.receipt(op, stamp);
  assert.ok(key.isReceipt(op, stamp, receipt));
  assert.not.ok(other.isReceipt(op, stamp, receipt));
  for (const wrong of [
    { ...op, seq: 8 },
    { ...op, leaf: 'b'.repeat(64) },
    { ...op, device: hex(9) as DeviceId },
  ]) {
    assert.not.ok(key.isReceipt(wrong, stamp, receipt));
  }
  assert.not.ok(key.isReceipt(op, { ms: 6, count: 1 }, receipt));
  assert.not.ok(key.isReceipt(op, stamp, ''));
});

test.run();
