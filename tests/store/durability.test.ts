/**
 * What a person did is flushed to the disk before it is called saved (FAULTS 6): every write of it asks for `strict`, and the
 * browser is asked so. Only what can be had again from the server may be `relaxed`.
 */
import 'fake-indexeddb/auto';
import { readFileSync, readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { applyPage, readCursor } from '../../src/store/inbox.ts';
import { memoryPort } from '../../src/store/memory-port.ts';
import { takeNewDevice } from '../../src/store/new-device.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import type { Durability, Port } from '../../src/store/port.ts';
import { recordGroups, recordOrKeep } from '../../src/store/record.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { act, edit, event, hex, laptop, recordId, section, startAudit, type } from './laptop.ts';
import { pendingRow } from './port-conformance.ts';
import { fakeServer } from './server.ts';

const test = suite('durability');
const audit = recordId(1);
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };

test('everything a person does, and what becomes of it, is written strictly', async () => {
  const port = memoryPort();
  const asked: Durability[] = [];
  const watched: Port = {
    ...port,
    write: (tables, durability, body) => {
      asked.push(durability);
      return port.write(tables, durability, body);
    },
    writeIf: (guard, durability, changes) => {
      asked.push(durability);
      return port.writeIf(guard, durability, changes);
    },
  };
  const { store } = await laptop({ port: watched as never });
  const server = fakeServer();
  await startAudit(store, audit);
  await act(store, edit(audit, 'section:risk', section('one')));
  await type(store, edit(audit, 'section:risk', section('two')));
  await recordGroups(store, [{ edits: [edit(audit, 'section:plan', section('three'))] }]);
  await act(store, edit(audit, 'submitted', event()));
  await recordOrKeep(store, edit(audit, 'section:risk', section('too late')), 'typing');
  await settle(store, server.push(await sealBatch(store, all)));
  await takeNewDevice(store, hex(0x77) as DeviceId);
  assert.ok(asked.length >= 8);
  assert.equal(new Set(asked), new Set(['strict']));
  const cursor = await readCursor(store);
  await applyPage(store, server.pull(cursor, 10), cursor);
  assert.is(asked.at(-1), 'relaxed', 'the control: what the server sends again');
});

test('nothing but what the server can send again is written otherwise', () => {
  const relaxed = readdirSync('src/store', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && /'relaxed'/.test(readFileSync(`src/store/${file}`, 'utf8')),
  );
  // board: the cube, told again. held: the server's decisions, which it says again. retained: rows whose time is over.
  assert.equal(relaxed.sort(), [
    'board.ts',
    'held.ts',
    'inbox.ts',
    'port.ts',
    'retained.ts',
    'sync-meta.ts',
    'totals.ts',
  ]);
});

test('the browser is asked for what was asked of the port', async () => {
  const opened = await openDexiePort('durability');
  if (!opened.ok) throw new Error(opened.problem.kind);
  const port = opened.value;
  const { transaction } = IDBDatabase.prototype;
  const asked: unknown[] = [];
  IDBDatabase.prototype.transaction = function (tables, mode, options) {
    asked.push([mode, options?.durability]);
    return transaction.call(this, tables, mode, options);
  };
  try {
    await port.write(['pending'], 'strict', (tx) => tx.put('pending', pendingRow(1)));
    await port.writeIf({ table: 'pending', key: 1, holds: () => true }, 'strict', [
      { action: 'put', table: 'pending', row: pendingRow(2) },
    ]);
    await port.write(['meta'], 'relaxed', (tx) => tx.put('meta', { name: 'x', value: 1 }));
  } finally {
    IDBDatabase.prototype.transaction = transaction;
    await port.close();
  }
  assert.equal(asked, [
    ['readwrite', 'strict'],
    ['readwrite', 'strict'],
    ['readwrite', 'relaxed'],
  ]);
});

test.run();
