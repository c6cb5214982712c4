/**
 * The one file that knows PostgreSQL. Several servers may share a database: their writers queue for one lock, so that versions
 * are given in the order of the commits (FAULTS 21), and what one tells all of them hear. A commit is answered when it is on
 * disk (`synchronous_commit`, FAULTS 48).
 *
 * Each process holds at most ten connections: one that writes, eight that read, one that listens. Readers never wait for
 * writers, nor a write within a read for a connection: the two have pools of their own. Every wait ends.
 */
import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  sql,
  type DatabaseConnection,
  type PostgresDialectConfig,
  type TransactionSettings,
} from 'kysely';
import { Pool, types, type PoolConfig } from 'pg';
import type { Engine } from './engine.ts';
import { failureOf } from './postgres-failures.ts';
import { openEar } from './postgres-ear.ts';
import type { Tables } from './tables.ts';

const readers = 8;
/** How long to wait for a free connection: a reader, and a writer, who queues for those before it. */
const readerWaitMs = 10_000;
const writerWaitMs = 30_000;
/** The longest that any answer may take; beyond that the connection is given up. */
const answerMs = 60_000;

/** Plumbline's own number among the database's advisory locks. */
const writerLock = '7236277146';
const channel = 'plumbline';
const int8 = 20;

/** Said on each connection. A process that hangs must not keep the writer's lock. */
const settings = `
  set synchronous_commit to on;
  set lock_timeout to ${writerWaitMs};
  set statement_timeout to ${answerMs - 5_000};
  set idle_in_transaction_session_timeout to ${answerMs};
  set tcp_keepalives_idle to 30`;

class PlumblineDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, asked: TransactionSettings): Promise<void> {
    if (asked.accessMode === 'read only') return super.beginTransaction(connection, asked);
    // Each statement sees all that had committed before it. One snapshot for the whole transaction would be taken before the
    // lock is had, and would miss what the writer before this one has just committed.
    await super.beginTransaction(connection, { isolationLevel: 'read committed' });
    try {
      await connection.executeQuery(CompiledQuery.raw(`select pg_advisory_xact_lock(${writerLock})`));
    } catch (error) {
      await this.rollbackTransaction(connection);
      throw error;
    }
  }

  // It fails when the connection is gone, and the transaction with it. What counts is the error before this one.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}

class PlumblineDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;
  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver(): PostgresDriver {
    return new PlumblineDriver(this.#config);
  }
}

/** Opens the database at `url` (postgres://...). Throws what the connection throws when it cannot be reached. */
export async function openPostgres(url: string): Promise<Engine> {
  const writer = openPool(url, { max: 1, connectionTimeoutMillis: writerWaitMs });
  const reader = openPool(url, { max: readers, connectionTimeoutMillis: readerWaitMs });
  const ear = openEar(url, channel);
  const close = async (): Promise<void> => {
    await ear.close();
    await reader.destroy();
    await writer.destroy();
  };
  try {
    await writer.transaction().execute(async (tx) => {
      await sql`
        create or replace function tell(news text) returns void language sql
        as $$ select pg_notify('${sql.raw(channel)}', news) $$`.execute(tx);
    });
  } catch (error) {
    await close();
    throw error;
  }
  return {
    writer,
    reader,
    failureOf,
    // A commit that it could not finish in time may have happened all the same.
    undoesUnavailable: false,
    markTold: () => () => undefined,
    listen: (heard) => ear.listen(heard),
    close,
  };
}

function openPool(url: string, limits: PoolConfig): Kysely<Tables> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'plumbline',
    keepAlive: true,
    query_timeout: answerMs,
    // With this a query that takes too long ends its connection, and no later query waits behind it.
    pipeline: true,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : types.getTypeParser(oid, format)) },
    ...limits,
  });
  // Who uses a connection that breaks hears of it by their query; the pool opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const onCreateConnection = async (connection: DatabaseConnection): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(settings));
  };
  return new Kysely<Tables>({ dialect: new PlumblineDialect({ pool, onCreateConnection }) });
}
