import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeviceId, RecordId } from '../../../src/domain/ids.ts';
import { standingOf, type Standing } from '../../../src/domain/rights.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import { bringIn, type BringInReport } from '../../../src/store/backup/bring-in.ts';
import { applyPage, readCursor } from '../../../src/store/inbox.ts';
import { sealBatch, settle } from '../../../src/store/outbox.ts';
import type { Store } from '../../../src/store/open.ts';
import { readKeptOut, readQuarantine, readRecord, readSaveCounts } from '../../../src/store/view.ts';
import { act, allocation, edit, hash, hex, laptop, me, recordId, section, somebody, startAudit } from '../laptop.ts';
import { fakeServer, otherDevice, type FakeServer } from '../server.ts';
import { fileOf, fileOfLines, open, whoOf } from './files.ts';

const test = suite('a backup file of the same person’s work');
const audit = recordId(1);
const everything = { maxBytes: 10_000_000, hotMs: 0, longestMs: 0 };
const as = (...roles: RoleName[]): Standing =>
  standingOf(
    me,
    roles.map((role) => ({ role, services: [], teams: [], from: '2020-01-01', to: null })),
    '2026-01-01',
    new Map(),
  );

async function sync(store: Store, server: FakeServer): Promise<void> {
  const ops = await sealBatch(store, everything);
  if (ops.length > 0) await settle(store, server.push(ops));
  await applyPage(store, server.pull(await readCursor(store), 1000), await readCursor(store));
}

/** A laptop with one audit on the server, and another laptop of the same person that has it too. */
async function twoLaptops() {
  const server = fakeServer();
  const old = await laptop();
  await startAudit(old.store, audit);
  await act(old.store, edit(audit, 'section:risk', section('on the server')));
  await sync(old.store, server);
  const fresh = await laptop({ device: hex(0xdd) as DeviceId });
  await sync(fresh.store, server);
  return { server, old, fresh };
}

const baseOf = async (store: Store, unit: string) =>
  (await readRecord(store, audit))?.units[unit]?.confirmed?.op ?? null;

async function bring(store: Store, file: Blob, standing: Standing | null = as('auditor')): Promise<BringInReport> {
  const backup = await open(file);
  const done = await bringIn(new AbortController().signal, store, backup, { kind: 'same', standing }, () => undefined);
  assert.ok(done.ok, JSON.stringify(done));
  return done.value.report;
}

const shown = async (store: Store, unit = 'section:risk') => (await readRecord(store, audit))?.units[unit];

test('brings back what was not sent, standing on what its writer saw: nobody is shown two versions', async () => {
  const { server, old, fresh } = await twoLaptops();
  old.clock.ms += 1000;
  await act(
    old.store,
    edit(audit, 'section:risk', section('never sent'), { base: await baseOf(old.store, 'section:risk') }),
  );
  const file = await fileOf(old.store, { who: whoOf({ home: 'server' }) });
  assert.equal([...(await bring(fresh.store, file)).comes], [['audit', { records: 1, changes: 1 }]]);
  await sync(fresh.store, server);
  const unit = await shown(fresh.store);
  assert.is(unit?.value['evidence'], 'never sent');
  assert.equal(unit?.confirmed?.others, []);
  assert.equal([...(await bring(fresh.store, file)).comes], []);
});

test('what somebody else has written over since is kept with its words, once, and not sent', async () => {
  const { server, old, fresh } = await twoLaptops();
  old.clock.ms += 1000;
  await act(
    old.store,
    edit(audit, 'section:risk', section('mine, older'), { base: await baseOf(old.store, 'section:risk') }),
  );
  const file = await fileOf(old.store, { who: whoOf({ home: 'server' }) });
  server.nowMs += 60_000;
  const base = await baseOf(fresh.store, 'section:risk');
  otherDevice(
    server,
    somebody,
    hex(0xee) as DeviceId,
  )({ record: audit, kind: 'audit', unit: 'section:risk', value: section('theirs, newer'), base });
  await sync(fresh.store, server);
  for (const time of ['first', 'second']) {
    const report = await bring(fresh.store, file);
    assert.equal([...report.comes], [], time);
    assert.equal([...(report.out.get('overtaken') ?? [])], [['audit', { records: 1, changes: 1 }]]);
    assert.equal(
      (await readKeptOut(fresh.store)).map(({ row, value }) => [row.why, value['evidence']]),
      [['overtaken', 'mine, older']],
    );
  }
  assert.is((await readSaveCounts(fresh.store)).unsent, 0);
  assert.is((await shown(fresh.store))?.value['evidence'], 'theirs, newer');
});

test('what may not be written any more is kept and not sent; what may comes in beside it', async () => {
  const { old, fresh } = await twoLaptops();
  await act(old.store, edit(audit, 'section:plan', section('may not')));
  await startAudit(old.store, recordId(2));
  const file = await fileOf(old.store, { who: whoOf({ home: 'server' }) });
  const report = await bring(fresh.store, file, as('qa-lead'));
  assert.equal([...report.comes], [['audit', { records: 1, changes: 2 }]]);
  assert.equal([...(report.out.get('not-allowed') ?? [])], [['audit', { records: 1, changes: 1 }]]);
  assert.equal(
    (await readKeptOut(fresh.store)).map(({ value }) => value['evidence']),
    ['may not'],
  );
});

test('a change that the server has refused here since is not offered to it again', async () => {
  const { server, old } = await twoLaptops();
  await act(old.store, edit(audit, 'section:plan', section('refused later')));
  const file = await fileOf(old.store, { who: whoOf({ home: 'server' }) });
  server.refuse = ({ unit }) => (unit === 'section:plan' ? 'not-allowed' : null);
  await sync(old.store, server);
  assert.is((await readQuarantine(old.store)).length, 1);
  const report = await bring(old.store, file);
  assert.equal([[...report.comes], [...report.out]], [[], []]);
  assert.is((await readSaveCounts(old.store)).unsent, 0);
});

test('a record that is something else here stays out', async () => {
  const { fresh } = await twoLaptops();
  const lines = [
    whoOf({ home: 'server' }),
    { is: 'record', id: audit, kind: 'service' },
    {
      ...{
        is: 'change',
        group: hex(1),
        unit: 'profile',
        claimed: { ms: 1, count: 0 },
        base: null,
        settles: [],
        held: null,
      },
      value: { name: 'Not an audit', from: '2026-01-01', to: null, was: [] },
    },
  ].map((line) => JSON.stringify(line));
  let digest = '';
  for (const line of lines) digest = hash(digest + line);
  const file = await fileOfLines(...lines, JSON.stringify({ is: 'end', records: 1, units: 0, changes: 1, digest }));
  const report = await bring(fresh.store, file, as('qa-lead'));
  assert.equal([...report.comes], []);
  assert.equal([...(report.out.get('not-allowed') ?? [])], [['service', { records: 1, changes: 1 }]]);
  assert.is((await readRecord(fresh.store, audit as RecordId))?.kind, 'audit');
});

test('an audit given to somebody else meanwhile keeps what was written in it here', async () => {
  const { server, old, fresh } = await twoLaptops();
  await act(old.store, edit(audit, 'section:plan', section('written while away')));
  const file = await fileOf(old.store, { who: whoOf({ home: 'server' }) });
  const base = await baseOf(fresh.store, 'allocation');
  const value = allocation({ auditor: somebody });
  otherDevice(
    server,
    somebody,
    hex(0xee) as DeviceId,
  )({ record: audit, kind: 'audit', unit: 'allocation', value, base });
  await sync(fresh.store, server);
  const report = await bring(fresh.store, file);
  assert.equal([...report.out.keys()], ['not-allowed']);
  assert.equal(
    (await readKeptOut(fresh.store)).map(({ value: kept }) => kept['evidence']),
    ['written while away'],
  );
});

test.run();
