/** Rows that are inserted together: as many as there are, in their columns, and once each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { insertRows } from '../../server/db/statements.ts';
import { openDatabase, type Database } from '../../server/db/transact.ts';
import { openTestDatabase } from './test-database.ts';

interface Context {
  dataDir: string;
  database: Database;
  drop(): Promise<void>;
}
const rows = suite<Context>('rows inserted together');

rows.before.each(async (context) => {
  context.dataDir = mkdtempSync(join(tmpdir(), 'plumbline-rows-'));
  const { env, drop } = await openTestDatabase(context.dataDir);
  context.database = await openDatabase(env['DATABASE_URL'] ?? join(context.dataDir, 'plumbline.sqlite'));
  context.drop = drop;
});
rows.after.each(async ({ database, drop, dataDir }) => {
  await database.close();
  await drop();
  rmSync(dataDir, { recursive: true, force: true });
});

const opened = (record: number, last_ms: number) => ({
  authority: 'here',
  person: `it's "quoted" $1 ?`,
  record: String(record),
  first_ms: record,
  last_ms,
});
const all = ({ database }: Context) =>
  database.read((tx) => tx.selectFrom('opened').selectAll().orderBy('first_ms').execute());

rows('are all there, also where one statement cannot hold them', async (context) => {
  const many = Array.from({ length: 1_203 }, (_, i) => opened(i, i));
  await context.database.write((tx) => insertRows(tx, 'opened', many));
  assert.equal(await all(context), many);
  await context.database.write((tx) => insertRows(tx, 'opened', []));
  assert.is((await all(context)).length, many.length);
});

rows('take the columns that are named from a new one of the same key, and no others', async (context) => {
  const conflict = { key: ['authority', 'person', 'record'], takes: ['last_ms'] } as const;
  await context.database.write((tx) => insertRows(tx, 'opened', [opened(1, 1), opened(2, 2)], conflict));
  const again = [
    { ...opened(2, 20), first_ms: 99 },
    { ...opened(3, 30), first_ms: 3 },
  ];
  await context.database.write((tx) => insertRows(tx, 'opened', again, conflict));
  assert.equal(await all(context), [opened(1, 1), opened(2, 20), opened(3, 30)]);
  const thrown = await context.database.write((tx) => insertRows(tx, 'opened', [opened(1, 1)])).catch((error) => error);
  assert.instance(thrown, Error);
});

rows.run();
