/** Rows that are inserted together: as many as there are, in their columns, and once each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { insertAuthority, type Authority } from '../../server/db/authorities.ts';
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
  const authority = { id: 'here', epoch: '1', serverPerson: '2', serverDevice: '3', firstPerson: '4' };
  await context.database.write((tx) => insertAuthority(tx, authority as Authority, 'head', 0));
});
rows.after.each(async ({ database, drop, dataDir }) => {
  await database.close();
  await drop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** With a record that would end a text, or a place in a statement, if it were not kept apart. */
const row = (version: number, head: string) => ({ authority: 'here', version, record: `it's "${version}" $1 ?`, head });
const all = ({ database }: Context) =>
  database.read((tx) => tx.selectFrom('version').selectAll().where('version', '>', 0).orderBy('version').execute());

rows('are all there, also where one statement cannot hold them', async (context) => {
  const many = Array.from({ length: 1_203 }, (_, i) => row(i + 1, `head ${i}`));
  await context.database.write((tx) => insertRows(tx, 'version', many));
  assert.equal(await all(context), many);
  await context.database.write((tx) => insertRows(tx, 'version', []));
  assert.is((await all(context)).length, many.length);
});

rows('take the columns that are named from a new one of the same key, and no others', async (context) => {
  const conflict = { key: ['authority', 'version'], takes: ['head'] } as const;
  await context.database.write((tx) => insertRows(tx, 'version', [row(1, 'a'), row(2, 'b')], conflict));
  const again = [{ ...row(2, 'c'), record: 'another' }, row(3, 'd')];
  await context.database.write((tx) => insertRows(tx, 'version', again, conflict));
  assert.equal(await all(context), [row(1, 'a'), row(2, 'c'), row(3, 'd')]);
  const thrown = await context.database.write((tx) => insertRows(tx, 'version', [row(1, 'e')])).catch((error) => error);
  assert.instance(thrown, Error);
  assert.equal(await all(context), [row(1, 'a'), row(2, 'c'), row(3, 'd')]);
});

rows.run();
