/**
 * Owns every transaction. Query functions take the transaction they run in (`Tx`), never the database, so no request's
 * query can slip into another request's transaction, and none runs outside one.
 *
 *   write  one at a time, over all processes: the authority's writer lock. Those who wait at the same time share a commit
 *          (`shared-commit`). Resolves after the commit is on disk; a throw changes nothing
 *   read   one snapshot: what commits meanwhile is not seen
 *
 * Where the database has undone a transaction, or its connection is lost before the commit, it is done again; likewise each of
 * those whose shared transaction failed. A body may so run more than once, and only the last time counts. When the connection
 * is lost within the commit, or no answer to it comes, nobody can say whether it happened: that throws, and whoever asked asks
 * again.
 */
import { setTimeout } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { newsOf, type News } from './news.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { shareCommits } from './shared-commit.ts';
import type { Tx } from './tables.ts';

export interface Database {
  write<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(body: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls `heard` with what any process told in a transaction that has committed. Answers how to stop. */
  hear(heard: (news: News) => void): () => void;
  /** Whether an error says no more than that the database cannot serve right now: full, busy or away. */
  isUnavailable(error: unknown): boolean;
  close(): Promise<void>;
}

const tries = 4;
const firstPauseMs = 50;

/** Opens a database, making or migrating its tables: PostgreSQL by its address (postgres://...), SQLite by its file. */
export async function openDatabase(place: string): Promise<Database> {
  const engine = /^postgres(ql)?:\/\//.test(place) ? await openPostgres(place) : openSqlite(place);
  const listeners = new Set<(news: News) => void>();
  try {
    await migrate(engine.writer);
    await engine.listen((heard) => {
      const news = newsOf(heard);
      for (const listener of listeners) listener(news);
    });
  } catch (error) {
    await engine.close();
    throw error;
  }
  const { failureOf, undoesUnavailable, markTold } = engine;
  const write = shareCommits({
    once: (body, committing) => writeOnce(engine, body, committing),
    again: (body) => again(engine, (committing) => writeOnce(engine, body, committing), 2),
    failureOf,
    undoesUnavailable,
    markTold,
  });
  return {
    write,
    read: (body) => again(engine, () => readOnce(engine, body)),
    hear: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    isUnavailable: (error) => engine.failureOf(error) !== 'other',
    close: () => engine.close(),
  };
}

const writeOnce = <T>({ writer }: Engine, body: (tx: Tx) => Promise<T>, committing: () => void): Promise<T> =>
  writer.transaction().execute(async (tx) => {
    const result = await body(tx);
    committing();
    return result;
  });

const readOnce = <T>({ reader }: Engine, body: (tx: Tx) => Promise<T>): Promise<T> =>
  reader.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(body);

/** Does a transaction again while that is safe and may help. `first`: the number of this try, 2 where it has failed once. */
async function again<T>(engine: Engine, once: (committing: () => void) => Promise<T>, first = 1): Promise<T> {
  for (let tried = first; ; tried += 1) {
    let isCommitting = false;
    try {
      return await once(() => void (isCommitting = true));
    } catch (error) {
      const failure = engine.failureOf(error);
      const isSafe = failure === 'undone' || (failure === 'lost' && !isCommitting);
      if (!isSafe || tried === tries) throw error;
      await setTimeout(firstPauseMs * 2 ** tried);
    }
  }
}
