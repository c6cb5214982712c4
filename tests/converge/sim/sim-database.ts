/**
 * The server's database in memory: the product's own SQLite, migrations and queries on one connection, so that a run costs
 * no disk. Adds what a simulator needs: begin again from the template, take a copy, go back to it, fail a commit.
 */
import SqliteFile from 'better-sqlite3';
import { CompiledQuery, sql, type Kysely } from 'kysely';
import { migrate } from '../../../server/db/migrate.ts';
import { newsOf, type News } from '../../../server/db/news.ts';
import { openSqlite } from '../../../server/db/sqlite.ts';
import type { Tables, Tx } from '../../../server/db/tables.ts';
import type { Database } from '../../../server/db/transact.ts';

export interface SimDatabase extends Database {
  /** Keeps all rows as they are now, under a name. */
  keep(name: 'template' | 'copy'): Promise<void>;
  /** Goes back to the rows kept under that name. */
  goBack(name: 'template' | 'copy'): Promise<void>;
  /** While it is set a write does its work and is then undone instead of committed: the disk is full, or the power goes. */
  refusesCommits: boolean;
}

export class CommitFailed extends Error {}

export async function openSimDatabase(): Promise<SimDatabase> {
  prepareOnce();
  const engine = openSqlite(':memory:');
  const db = engine.writer;
  await migrate(db);
  const listeners = new Set<(news: News) => void>();
  await engine.listen((heard) => listeners.forEach((listener) => listener(newsOf(heard))));
  const tables = await tablesOf(db);
  const run = (text: string) => db.executeQuery(CompiledQuery.raw(text));
  for (const name of ['template', 'copy']) {
    await run(`attach ':memory:' as ${name}`);
    for (const table of tables) await run(`create table ${name}.${table} as select * from main.${table} where 0`);
  }
  const copyAll = (from: string, to: string): Promise<void> =>
    db.transaction().execute(async (tx) => {
      for (const table of [...tables].reverse()) await tx.executeQuery(CompiledQuery.raw(`delete from ${to}.${table}`));
      for (const table of tables)
        await tx.executeQuery(CompiledQuery.raw(`insert into ${to}.${table} select * from ${from}.${table}`));
    });
  const database: SimDatabase = {
    refusesCommits: false,
    write: (body) =>
      db.transaction().execute(async (tx) => {
        const result = await body(tx);
        if (!database.refusesCommits) return result;
        throw new CommitFailed('The disk refused the commit');
      }),
    // The connection is held until the body ends, so nothing is written meanwhile: a snapshot without its begin and commit.
    read: (body) => db.connection().execute((own) => body(own as unknown as Tx)),
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isUnavailable: (error) => error instanceof CommitFailed,
    close: () => engine.close(),
    keep: (name) => copyAll('main', name),
    goBack: (name) => copyAll(name, 'main'),
  };
  return database;
}

/** In the order in which they were made: what refers to another table comes after it. */
async function tablesOf(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ readonly name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'kysely%' and name not like 'sqlite%' order by rowid
  `.execute(db);
  return rows.map(({ name }) => name);
}

/** A statement is prepared once per process: the same few are run a thousand times per schedule. */
function prepareOnce(): void {
  const prepare = SqliteFile.prototype.prepare;
  const prepared = new WeakMap<SqliteFile.Database, Map<string, SqliteFile.Statement>>();
  SqliteFile.prototype.prepare = function (this: SqliteFile.Database, text: string) {
    const own = prepared.get(this) ?? new Map<string, SqliteFile.Statement>();
    prepared.set(this, own);
    const known = own.get(text);
    if (known !== undefined) return known;
    const statement = prepare.call(this, text);
    own.set(text, statement);
    return statement;
  } as typeof prepare;
}
