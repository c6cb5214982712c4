/** A build that seals in a second way, as a later one would: what the first sealed opens, and is upgraded as it is rewritten. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { opId, type DeviceId } from '../../src/domain/ids.ts';
import { aesCipher, sealWays, type Cipher, type SealWay } from '../../src/store/cipher.ts';
import { applyPage } from '../../src/store/inbox.ts';
import { StoreFailure } from '../../src/store/problems.ts';
import { readRecord } from '../../src/store/view.ts';
import { allocation, edit, hex, laptop, randomBytes, recordId, section, somebody, type as typed } from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('versions of sealing');
const audit = recordId(1);
const place = { table: 'pending', record: audit, unit: 'case' } as const;

const second: SealWay = { version: 2, bindsTo: ({ table, record, unit }) => ['second', record, unit, table] };

/** Two builds with the same key: today's, and one that seals in a second way too. */
async function twoBuilds(): Promise<{ readonly old: Cipher; readonly next: Cipher }> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  return { old: aesCipher(key, randomBytes), next: aesCipher(key, randomBytes, [...sealWays, second]) };
}

const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test('the next build opens what this one sealed, also before boxes said their version', async () => {
  const { old, next } = await twoBuilds();
  const sealed = await old.seal(place, { word: 'teapot' });
  assert.is(sealed.version, 1);
  assert.equal(await next.open(place, sealed), { word: 'teapot' });
  const { iv, data } = sealed;
  for (const build of [old, next]) assert.equal(await build.open(place, { iv, data }), { word: 'teapot' });
});

test('it seals in the newest way, and opens that too', async () => {
  const { next } = await twoBuilds();
  const sealed = await next.seal(place, { word: 'teapot' });
  assert.is(sealed.version, 2);
  assert.equal(await next.open(place, sealed), { word: 'teapot' });
});

test('a build that does not know the version says that it is too old', async () => {
  const { old, next } = await twoBuilds();
  const error = await refusal(old.open(place, await next.seal(place, { word: 'teapot' })));
  assert.ok(error instanceof StoreFailure);
  assert.equal(error.problem, { kind: 'build-too-old' });
});

test('the version of a box cannot be changed: it is bound to it', async () => {
  const { old, next } = await twoBuilds();
  const first = await old.seal(place, { word: 'teapot' });
  const newest = await next.seal(place, { word: 'teapot' });
  for (const forged of [
    { ...first, version: 2 },
    { ...newest, version: 1 },
  ])
    assert.match(String(await refusal(next.open(place, forged))), 'does not open');
});

test('every way has a number of its own, ascending', () => {
  const versions = sealWays.map(({ version }) => version);
  assert.equal(
    versions,
    [...new Set(versions)].sort((a, b) => a - b),
  );
});

test('a laptop of the next build reads its rows, and each is upgraded as it is next written', async () => {
  const { old, next } = await twoBuilds();
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  const before = await laptop({ cipher: old });
  elsewhere({ record: audit, kind: 'audit', unit: 'allocation', value: allocation(), base: null });
  const seen = elsewhere({
    record: audit,
    kind: 'audit',
    unit: 'section:risk',
    value: section('seen'),
    base: null,
  });
  const page = server.pull(null, 10);
  await applyPage(before.store, page, null);
  await typed(before.store, edit(audit, 'section:plan', section('typed')));

  const { store, port } = await laptop({ port: before.port, cipher: next });
  const versions = () => ({
    confirmed: port.dump().confirmed.map(({ units }) => units['section:risk']?.sealed?.version),
    pending: port.dump().pending.map(({ sealed }) => sealed.version),
  });
  const shown = await readRecord(store, audit);
  assert.equal(shown?.units['section:risk']?.value, section('seen'));
  assert.equal(shown?.units['section:plan']?.value, section('typed'));
  assert.equal(versions(), { confirmed: [1], pending: [1] });

  await typed(store, edit(audit, 'section:plan', section('typed on')));
  assert.equal(versions(), { confirmed: [1], pending: [1, 2] });

  elsewhere({
    record: audit,
    kind: 'audit',
    unit: 'section:risk',
    value: section('seen anew'),
    base: opId(seen.device, seen.seq),
  });
  await applyPage(store, server.pull(page.cursor, 10), page.cursor);
  assert.equal(versions(), { confirmed: [2], pending: [1, 2] });
  const after = await readRecord(store, audit);
  assert.equal(after?.units['section:risk']?.value, section('seen anew'));
  assert.equal(after?.units['section:plan']?.value, section('typed on'));
});

test.run();
