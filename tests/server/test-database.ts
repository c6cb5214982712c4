/**
 * The database of a test's server: an SQLite file, or, where the run has started a PostgreSQL for it, a database of its own
 * there. So each suite that starts a server runs on both, and looks into either in the same way.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Client } from 'pg';
import { openDatabase } from '../../server/db/transact.ts';
import { postgresPrograms, type Postgres } from '../run/postgres.ts';

export interface TestDatabase {
  /** What a server is told of it. */
  readonly env: Readonly<Record<string, string>>;
  rows(sql: string): Record<string, unknown>[];
  /** Does what somebody with the database in their hands could do: no rule of the tables stops it. */
  damage(sql: string): void;
  /** Every row of every table, as one text. */
  dump(): string;
  drop(): Promise<void>;
}

/** Where the run's PostgreSQL is; undefined when suites run on SQLite. */
export const testPostgres = process.env['TEST_POSTGRES'];

/** A database with the tables of today and nothing in them. Each that the run's tests ask for is a copy of it. */
const template = 'plumbline_template';

/** Makes it. Where tests start a PostgreSQL of their own there is none, and the server makes its tables itself. */
export async function makeTemplate(postgres: Postgres): Promise<void> {
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  await (await openDatabase(postgres.url(template))).close();
}

/** The database that belongs to a data folder, made when there is none yet; on `server` when one is given. */
export const openTestDatabase = (dataDir: string, server = testPostgres): Promise<TestDatabase> =>
  server === undefined ? Promise.resolve(sqliteOf(dataDir)) : postgresOf(dataDir, server);

/** Where `openDatabase` opens it, beside the server. */
export const placeOf = async (dataDir: string): Promise<string> =>
  (await openTestDatabase(dataDir)).env['DATABASE_URL'] ?? join(dataDir, 'plumbline.sqlite');

function sqliteOf(dataDir: string): TestDatabase {
  const query = <T>(read: (file: SqliteFile.Database) => T): T => {
    const file = new SqliteFile(join(dataDir, 'plumbline.sqlite'), { readonly: true });
    try {
      return read(file);
    } finally {
      file.close();
    }
  };
  return {
    env: {},
    rows: (sql) => query((file) => file.prepare(sql).all() as Record<string, unknown>[]),
    damage(sql) {
      const file = new SqliteFile(join(dataDir, 'plumbline.sqlite'));
      file.pragma('foreign_keys = OFF');
      file.exec(sql);
      file.close();
    },
    dump: () =>
      query((file) => {
        const tables = file.prepare(`select name from sqlite_schema where type = 'table' order by name`).pluck().all();
        return JSON.stringify(tables.map((table) => [table, file.prepare(`select * from "${String(table)}"`).all()]));
      }),
    drop: () => Promise.resolve(),
  };
}

async function postgresOf(dataDir: string, server: string): Promise<TestDatabase> {
  const name = `test_${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const url = new URL(server);
  url.pathname = name;
  const admin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    // It is there already when a server is started again on its folder.
    const there = await client.query('select 1 from pg_database where datname = $1', [name]);
    if ((there.rowCount ?? 0) > 0 !== sql.startsWith('create')) await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name}${server === testPostgres ? ` template ${template}` : ''}`);
  return {
    env: { DATABASE_URL: url.href },
    rows: (sql) => readRows(url.href, sql),
    damage: (sql) => void psql(url.href, `set session_replication_role = replica; ${sql}`),
    dump() {
      const tables = readRows(
        url.href,
        `select tablename from pg_tables where schemaname = 'public' order by tablename`,
      );
      const each = tables.map(
        ({ tablename }) => `select '${String(tablename)}' as name, t::text as row from "${String(tablename)}" t`,
      );
      return JSON.stringify(readRows(url.href, `${each.join(' union all ')} order by name, row`));
    },
    drop: () => admin(`drop database ${name} with (force)`),
  };
}

function readRows(url: string, sql: string): Record<string, unknown>[] {
  return JSON.parse(psql(url, `select coalesce(json_agg(found), '[]') from (${sql}) found`)) as Record<
    string,
    unknown
  >[];
}

// By psql, so that a test that looks need not wait: the client of Node has no other way.
const psql = (url: string, sql: string): string =>
  execFileSync(join(postgresPrograms() ?? '', 'psql'), ['-XAtqc', sql, url], { encoding: 'utf8', maxBuffer: 2 ** 30 });
