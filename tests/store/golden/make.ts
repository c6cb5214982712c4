/**
 * Writes a golden database of the present schema version: a laptop in the middle of everything, made by the store's own
 * code. Run once, when a version is about to be released, and again, with a word for it, when the same tables hold something
 * else than before; a file that is there is never written again.
 *
 *   node --import tsx tests/store/golden/make.ts [WORD]
 */
import 'fake-indexeddb/auto';
import { existsSync, writeFileSync } from 'node:fs';
import type { DeviceId } from '../../../src/domain/ids.ts';
import { openDexiePort } from '../../../src/store/dexie-port.ts';
import { applyPage, readCursor } from '../../../src/store/inbox.ts';
import { writeKeptMark } from '../../../src/store/kept-mark.ts';
import { openStore } from '../../../src/store/open.ts';
import { sealBatch, settle } from '../../../src/store/outbox.ts';
import { learnServerKey, placeOf, retain, retainedIn } from '../../../src/store/retained.ts';
import type { RetainedRow } from '../../../src/store/rows.ts';
import { schemaVersion } from '../../../src/store/schema.ts';
import { writeProvedEqual } from '../../../src/store/sync-meta.ts';
import {
  act,
  authority,
  countedIds,
  device,
  edit,
  hash,
  hex,
  laptop,
  me,
  nullCipher,
  recordId,
  section,
  startAudit,
  type,
} from '../laptop.ts';
import { fakeServer } from '../server.ts';
import { readDump } from './dump.ts';

const name = [`version-${schemaVersion}`, ...process.argv.slice(2)].join('-');
const file = `tests/store/golden/${name}.json`;
if (existsSync(file)) throw new Error(`${file} is there: what was released is not made again`);

const port = await openDexiePort('golden');
if (!port.ok) throw new Error(port.problem.kind);
let ms = 1_750_000_000_000;
const opened = await openStore({
  ...{ port: port.value, cipher: nullCipher, authority, person: me, device, hash },
  ...{ newId: countedIds(), now: () => (ms += 1_000) },
  // Hidden no more than the rest.
  sealForServer: async (_key, parcels) =>
    parcels.map(({ text }) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>),
});
if (!opened.ok) throw new Error(opened.problem.kind);
const store = opened.value;
const all = { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 };
const server = fakeServer();
const [settled, sent, open] = [recordId(1), recordId(2), recordId(3)];

await writeKeptMark(store, { run: hash('run').slice(0, 32), keptMs: null });
// Audits that another of this person's laptops began: they come with one page and share a row.
const other = await laptop({ device: hex(0xd2) as DeviceId, newId: countedIds(0x5000) });
for (let n = 0x20; n < 0x34; n += 1) await startAudit(other.store, recordId(n));
server.push(await sealBatch(other.store, all));
await learnServerKey(store, `04${'a'.repeat(128)}`, null);

/** Pushes all there is. Answers what is retained of it. */
async function push(): Promise<readonly RetainedRow[]> {
  const ops = await sealBatch(store, all);
  const reply = server.push(ops);
  const rows = await retain(store, ops, reply.results, ms);
  await settle(store, reply, rows);
  return rows;
}

await startAudit(store, settled);
await act(store, edit(settled, 'section:risk', section('on the server, é and 漢', 'inadequate')));
await push();
const cursor = await readCursor(store);
await applyPage(store, server.pull(cursor, 100), cursor);
await writeProvedEqual(store, ms);
server.refuse = ({ unit }) => (unit === 'section:plan' ? 'not-allowed' : null);
await startAudit(store, sent);
await act(store, edit(settled, 'section:plan', section('held')));
const rows = await push();
// As builds of the second version kept it, which is found beside the others.
const [{ settledMs } = { settledMs: ms }] = rows;
const alone = rows
  .flatMap(retainedIn)
  .map((one): RetainedRow => ({ ...one, place: placeOf(one.device, one.seq), settledMs }));
await store.port.write(['retained'], 'strict', (tx) => tx.putMany('retained', alone));
await startAudit(store, open);
await act(store, edit(open, 'section:risk', section('sealed, and not answered')));
await sealBatch(store, all);
await act(store, edit(open, 'section:risk', section('not sealed', 'requires-improvement')));
await type(store, edit(open, 'section:plan', section('still being typed')));
await store.port.close();

writeFileSync(file, `${JSON.stringify(await readDump('golden'), null, 1)}\n`);
console.log(`${file} is written`);
process.exit(0);
