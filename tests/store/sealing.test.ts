import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { project } from '../../src/domain/projection.ts';
import type { SentRecord } from '../../src/protocol/sync.ts';
import { applyPage, putOpened } from '../../src/store/inbox.ts';
import type { MemoryPort } from '../../src/store/memory-port.ts';
import { sealBatch, settle } from '../../src/store/outbox.ts';
import { readRecord } from '../../src/store/view.ts';
import type { Cipher } from '../../src/store/cipher.ts';
import {
  act,
  allocation,
  caseValue,
  edit,
  hex,
  laptop,
  nullCipher,
  realCipher,
  recordId,
  section,
  somebody,
} from './laptop.ts';
import { fakeServer, otherDevice } from './server.ts';

const test = suite('sealing');
const audit = recordId(1);
const place = { table: 'pending', record: audit, unit: 'case' } as const;

const rejects = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    () => true,
  );

test('a box opens in its own place only: not in another record, unit or table', async () => {
  const cipher = await realCipher();
  const sealed = await cipher.seal(place, { word: 'teapot' });
  assert.equal(await cipher.open(place, sealed), { word: 'teapot' });
  for (const moved of [{ record: recordId(2) }, { unit: 'concern' }, { table: 'confirmed' as const }]) {
    assert.ok(await rejects(cipher.open({ ...place, ...moved }, sealed)));
  }
});

test('a box that was changed, or sealed under another key, does not open', async () => {
  const cipher = await realCipher();
  const sealed = await cipher.seal(place, { word: 'teapot' });
  const changed = Uint8Array.from(sealed.data, (byte, i) => (i === 0 ? byte ^ 1 : byte));
  assert.ok(await rejects(cipher.open(place, { ...sealed, data: changed })));
  assert.ok(await rejects((await realCipher()).open(place, sealed)));
});

test('every box has its own IV, also for the same words', async () => {
  const cipher = await realCipher();
  const boxes = await Promise.all(Array.from({ length: 2000 }, () => cipher.seal(place, { word: 'teapot' })));
  assert.is(new Set(boxes.map(({ iv }) => Buffer.from(iv).toString('hex'))).size, 2000);
  assert.ok(boxes.every(({ iv }) => iv.length === 12));
});

test('a unit of which nothing is sealed has no box, and shows what it was sent with', async () => {
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  const { store } = await laptop({ cipher: await realCipher() });
  const values = { allocation: allocation(), 'section:risk': section('seen'), case: caseValue('C-1') };
  for (const [unit, value] of Object.entries(values)) {
    elsewhere({ record: audit, kind: 'audit', unit, value: value as unknown as JsonObject, base: null });
  }
  const [full] = server.pull(null, 10).records;
  if (full === undefined) throw new Error('The server has no record');
  const units = project('audit', full.units, 'columns');
  await putOpened(store, { ...full, projection: 'columns', units } as SentRecord);
  const [row] = await store.port.read(['confirmed'], (tx) => tx.all('confirmed'));
  const boxed = Object.entries(row?.units ?? {}).filter(([, { sealed }]) => sealed !== null);
  assert.equal(
    boxed.map(([unit]) => unit),
    ['case'],
  );
  const shown = await readRecord(store, audit);
  for (const unit of Object.keys(values)) assert.equal(shown?.units[unit]?.value, units[unit]?.value);
});

/** A sentinel in every field of every audit unit that is not a plain column. */
const sentinels = (mark: string): Record<string, JsonObject> => ({
  allocation: allocation({ extensionReason: `${mark} extension`, exemptionReason: `${mark} exemption` }),
  case: {
    reference: `${mark} reference`,
    initials: `${mark.slice(0, 2)}Z`,
    ageBand: '5-9',
    header: { worker: `${mark} header` },
  },
  'section:risk': {
    grade: 'good',
    notApplicable: false,
    notApplicableReason: `${mark} not applicable`,
    evidence: `${mark} evidence`,
    rationale: `${mark} rationale`,
    newerField: `${mark} newer`,
  },
  overall: { suggested: null, chosen: 'good', rule: '', reason: `${mark} overall` },
  'voice:child': { obtained: true, words: `${mark} words`, because: `${mark} because` },
  concern: { raised: true, told: `${mark} told`, toldAt: null, how: `${mark} how` },
});

/** Sentinels through every table: pending, quarantine, confirmed and others. */
async function fill(cipher: Cipher): Promise<{ port: MemoryPort; ops: number }> {
  const { store, port } = await laptop({ cipher });
  const server = fakeServer();
  const elsewhere = otherDevice(server, somebody, hex(0xee) as DeviceId);
  server.refuse = ({ unit, person }) => (unit === 'concern' && person !== somebody ? 'not-allowed' : null);
  for (const [unit, value] of Object.entries(sentinels('QXMINE'))) await act(store, edit(audit, unit, value));
  for (const [unit, value] of Object.entries(sentinels('QXTHEIRS'))) {
    elsewhere({ record: audit, kind: 'audit', unit, value, base: null });
  }
  const ops = await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 });
  await settle(store, server.push(ops));
  await applyPage(store, server.pull(null, 100), null);
  for (const [unit, value] of Object.entries(sentinels('QXMINE'))) await act(store, edit(audit, unit, value));
  assert.ok((await readRecord(store, audit))?.units['section:risk']?.confirmed?.others.length === 1);
  return { port, ops: ops.length };
}

function dumpText(port: MemoryPort): string {
  return JSON.stringify(port.dump(), (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
}

test('what is typed into a field that is not a plain column is nowhere in any table', async () => {
  const { port, ops } = await fill(await realCipher());
  assert.is(ops, 6);
  const dump = port.dump();
  assert.ok(dump.confirmed.length > 0 && dump.pending.length > 0 && dump.quarantine.length > 0);
  const text = dumpText(port);
  // Two letters alone stand in a few thousand random bytes by chance, now and then.
  assert.not(/QX[A-Z]{4}/.test(text));
  assert.ok(text.includes('"grade":"good"'), 'plain columns are there');
});

test('the same words are found with sealing off, in each table: the search would have found them', async () => {
  const { port } = await fill(nullCipher);
  for (const rows of [port.dump().confirmed, port.dump().pending, port.dump().quarantine]) {
    const text = JSON.stringify(rows, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    assert.ok(text.includes('QX'));
  }
  for (const word of ['evidence', 'rationale', 'reference', 'words', 'told', 'header', 'newer']) {
    assert.ok(dumpText(port).includes(`QXMINE ${word}`));
  }
});

test('a salt is never beside its leaf in clear', async () => {
  const { store, port } = await laptop({ cipher: await realCipher() });
  await act(store, edit(audit, 'allocation', allocation()));
  const [op] = await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 });
  assert.match(op?.salt ?? '', /^[0-9a-f]{32}$/);
  assert.not(dumpText(port).includes(op?.salt ?? 'no op'));
  assert.ok(dumpText(port).includes(op?.leaf ?? 'no op'));
});

test.run();
