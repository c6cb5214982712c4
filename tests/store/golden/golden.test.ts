/**
 * The database of every schema version that was released, opened by the present code: what a laptop has not sent yet is there
 * as it was, also when the upgrade breaks off at any step and is begun again (FAULTS 14). Of the second version there is one
 * from before the links of what is sealed had a row of their own, and one from after.
 */
import 'fake-indexeddb/auto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import Dexie from 'dexie';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { changedAfter } from '../../../src/store/changed.ts';
import { openDexiePort } from '../../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../../src/store/open.ts';
import { sealBatch } from '../../../src/store/outbox.ts';
import { retainedAbove } from '../../../src/store/retained.ts';
import { schemaVersion, schemaVersions } from '../../../src/store/schema.ts';
import { readQuarantine, readRecord, readSaveCounts } from '../../../src/store/view.ts';
import { act, authority, countedIds, device, edit, hash, me, nullCipher, recordId, section } from '../laptop.ts';
import { loadDump, readDump, type Dump } from './dump.ts';

const folder = 'tests/store/golden';
const test = suite('golden databases');

const golden = readdirSync(folder).flatMap((file) => {
  const [, name, version] = /^(version-(\d+)(?:-[a-z]+)?)\.json$/.exec(file) ?? [];
  if (name === undefined) return [];
  return [{ name, version: Number(version), dump: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Dump }];
});

let made = 0;
const freshName = () => `golden-${(made += 1)}`;

async function openGolden(name: string): Promise<Store> {
  const port = await openDexiePort(name);
  if (!port.ok) throw new Error(`The port did not open: ${port.problem.kind}`);
  const deps = { cipher: nullCipher, authority, person: me, device, hash, newId: countedIds(0x7000) };
  const opened = await openStore({ ...deps, port: port.value, now: () => 1_760_000_000_000 });
  if (!opened.ok) throw new Error(`The store did not open: ${opened.problem.kind}`);
  return opened.value;
}

interface Sealed {
  readonly leaf: string;
}

/** The links of what is sealed and not settled, which lie beside the changes in a row of their own. */
function linksIn({ tables }: Dump): readonly Sealed[] {
  const meta = (tables['meta']?.rows ?? []) as { readonly name: string; readonly value: unknown }[];
  const links = (meta.find(({ name }) => name === 'links')?.value ?? []) as (readonly [number, Sealed])[];
  return links.map(([, link]) => link);
}

/** What must outlive any upgrade, whatever becomes of the rest. */
const unsentIn = (dump: Dump) => [dump.tables['pending']?.rows, dump.tables['quarantine']?.rows, linksIn(dump)];

interface DumpedBox {
  readonly seq: number;
  readonly group: string;
  readonly box: { readonly $bytes: string };
}

interface DumpedRetained extends DumpedBox {
  readonly behind?: readonly DumpedBox[];
}

const retainedRows = ({ tables }: Dump): readonly DumpedRetained[] =>
  (tables['retained']?.rows ?? []) as readonly DumpedRetained[];

const boxesIn = ({ behind = [], ...first }: DumpedRetained) =>
  [first, ...behind].map(({ seq, group, box }) => [seq, group, Buffer.from(box.$bytes, 'hex').toString()]);

/** Each record that changed, with its newest number: a row of several says that of its last. */
function changedIn({ tables }: Dump): ReadonlyMap<string, number> {
  const single = (tables['changes']?.rows ?? []) as readonly { readonly record: string; readonly change: number }[];
  const together = (tables['together']?.rows ?? []) as readonly {
    readonly records: readonly string[];
    readonly change: number;
  }[];
  const said = together.flatMap(({ records, change }) =>
    records.map((record, i) => ({ record, change: change - records.length + 1 + i })),
  );
  return newestOf([...single, ...said]);
}

const newestOf = (said: readonly { readonly record: string; readonly change: number }[]): Map<string, number> =>
  new Map([...said].sort((a, b) => a.change - b.change).map(({ record, change }) => [record, change]));

test('there is one of every version, and the newest is what this code makes', () => {
  for (const { version } of schemaVersions)
    assert.ok(existsSync(`${folder}/version-${version}.json`), `version ${version}`);
  assert.is(schemaVersion, schemaVersions.at(-1)?.version);
  assert.ok(
    golden.some(({ dump }) => linksIn(dump).length > 0),
    'links in a row of their own',
  );
  const newest = golden.filter(({ version }) => version === schemaVersion);
  const retained = newest.flatMap(({ dump }) => retainedRows(dump));
  assert.ok(
    retained.some(({ behind }) => behind !== undefined && behind.length > 0),
    'ops that share a row',
  );
  assert.ok(
    retained.some(({ behind }) => behind === undefined),
    'one that is alone in it, as an older build wrote it',
  );
  assert.ok(
    newest.some(({ dump }) => (dump.tables['together']?.rows.length ?? 0) > 0),
    'records that share a row',
  );
});

for (const { name: which, version, dump } of golden) {
  test(`${which}: its tables are made today as they were when it was released`, async () => {
    const name = freshName();
    const db = new Dexie(name);
    for (const one of schemaVersions.filter((each) => each.version <= version))
      db.version(one.version).stores(one.tables);
    await db.open();
    db.close();
    const shape = ({ version: of, tables }: Dump) => [
      of,
      Object.entries(tables).map(([table, { rows: _rows, ...rest }]) => [table, rest]),
    ];
    assert.equal(shape(await readDump(name)), shape(dump));
  });

  test(`${which}: opens with everything that was not sent as it was`, async () => {
    const name = freshName();
    await loadDump(name, dump);
    const store = await openGolden(name);
    assert.equal(await readSaveCounts(store).then(({ unsent, quarantined }) => [unsent, quarantined]), [5, 1]);
    assert.is(
      (await readRecord(store, recordId(1)))?.units['section:risk']?.value['evidence'],
      'on the server, é and 漢',
    );
    assert.is((await readRecord(store, recordId(3)))?.units['section:risk']?.value['evidence'], 'not sealed');
    assert.is((await readRecord(store, recordId(3)))?.units['section:plan']?.value['evidence'], 'still being typed');
    const [held] = await readQuarantine(store);
    assert.equal([held?.row.code, held?.value['evidence']], ['not-allowed', 'held']);
    await store.port.close();
    assert.equal(unsentIn(await readDump(name)), unsentIn(dump), 'opening alone changes none of it');
  });

  test(`${which}: what is retained and which records changed are read, whatever rows they share`, async () => {
    const name = freshName();
    await loadDump(name, dump);
    const store = await openGolden(name);
    const boxes = await retainedAbove(store, device, 0, 1_000);
    const found = boxes.map(({ seq, group, box }) => [seq, group, new TextDecoder().decode(box)]);
    assert.equal(found, retainedRows(dump).flatMap(boxesIn));
    const changed = await store.port.read(['changes', 'together'], (tx) => changedAfter(tx, 0));
    assert.equal(newestOf(changed), changedIn(dump));
    await store.port.close();
  });

  test(`${which}: what had been sealed is sent as it was sealed, and new work joins after it`, async () => {
    const name = freshName();
    await loadDump(name, dump);
    const store = await openGolden(name);
    await act(store, edit(recordId(3), 'section:risk', section('written by this build')));
    const ops = await sealBatch(store, { maxBytes: 1_000_000, hotMs: 0, longestMs: 0 });
    const pending = (dump.tables['pending']?.rows ?? []) as {
      readonly link: Sealed | null;
      readonly serverVersion: number;
    }[];
    const links = [
      ...pending.flatMap(({ link, serverVersion }) => (serverVersion === 0 && link !== null ? [link] : [])),
      ...linksIn(dump),
    ];
    assert.ok(links.length > 0);
    assert.equal(
      ops.slice(0, links.length).map(({ leaf }) => leaf),
      links.map(({ leaf }) => leaf),
    );
    assert.is(ops.at(-1)?.value['evidence'], 'written by this build');
    await store.port.close();
  });

  test(`${which}: an upgrade that breaks off at any step leaves it as it was, and works when begun again`, async () => {
    const name = freshName();
    await loadDump(name, dump);
    const rows = dump.tables['pending']?.rows.length ?? 0;
    for (let step = 0; step <= rows; step += 1) {
      const db = new Dexie(name);
      for (const one of schemaVersions) db.version(one.version).stores(one.tables);
      db.version(schemaVersion + 1)
        .stores({ later: 'id' })
        .upgrade(async (tx) => {
          let at = 0;
          await tx
            .table('pending')
            .toCollection()
            .modify((row: { added?: number }) => {
              if (at === step) throw new Error('The browser has died');
              row.added = at += 1;
            });
          throw new Error('The browser has died');
        });
      assert.ok(
        await db.open().then(
          () => false,
          () => true,
        ),
        `step ${step}`,
      );
      db.close();
      const left = await readDump(name);
      assert.equal([left.version, unsentIn(left)], [dump.version, unsentIn(dump)], `step ${step}`);
    }
    const store = await openGolden(name);
    await act(store, edit(recordId(3), 'section:risk', section('after all that')));
    await store.port.close();
  });
}

test.run();
