/**
 * Tells whether readers who follow a cursor miss rows while several write at once. The same loop for our own feed and for the
 * naive one: what differs is only how rows are written and read. Transactions are made to take a random time to commit.
 */
import { Client } from 'pg';

export interface Feed {
  /** Writes a batch and answers the ids of its rows, once they are committed. */
  write(writer: number): Promise<readonly string[]>;
  /** The ids that are new after the reader's cursor, which moves past them. */
  read(reader: number): Promise<readonly string[]>;
}

export interface Followed {
  readonly rows: number;
  readonly missed: number;
  readonly rowsPerSecond: number;
  readonly reads: number;
}

const writers = 8;
const readers = 2;
const readEveryMs = 150;

/** Lets writers write and readers follow for a time, then lets the readers read to the end. */
export async function follow(feed: Feed, seconds: number): Promise<Followed> {
  const started = performance.now();
  const isOver = (): boolean => performance.now() - started > seconds * 1000;
  const written = new Set<string>();
  const seen = Array.from({ length: readers }, () => new Set<string>());
  let [isWriting, reads, tookMs] = [true, 0, 0];

  const write = async (writer: number): Promise<void> => {
    while (!isOver()) for (const id of await feed.write(writer)) written.add(id);
  };
  const read = async (reader: number): Promise<void> => {
    for (;;) {
      const isLast = !isWriting;
      const found = await feed.read(reader);
      for (const id of found) seen[reader]?.add(id);
      reads += 1;
      if (isLast && found.length === 0) return;
      if (!isLast) await new Promise((resolve) => setTimeout(resolve, readEveryMs));
    }
  };
  await Promise.all([
    Promise.all(Array.from({ length: writers }, (_, i) => write(i))).then(() => {
      isWriting = false;
      tookMs = performance.now() - started;
    }),
    ...Array.from({ length: readers }, (_, i) => read(i)),
  ]);
  const missed = seen.reduce((sum, ids) => sum + [...written].filter((id) => !ids.has(id)).length, 0);
  return { rows: written.size, missed, reads, rowsPerSecond: Math.round((written.size * 1000) / tookMs) };
}

/** Makes each transaction that writes to a table take up to `mostMs` longer to commit. */
export async function delayCommits(url: string, table: string, mostMs: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  // Once in a transaction, though it may write many rows.
  await client.query(`
    create or replace function delay_commit() returns trigger language plpgsql as $$
    begin
      if coalesce(current_setting('test.delayed', true), '') <> txid_current()::text then
        perform set_config('test.delayed', txid_current()::text, true);
        perform pg_sleep(random() * ${mostMs / 1000});
      end if;
      return null;
    end $$;
    create constraint trigger delayed after insert on "${table}" deferrable initially deferred
    for each row execute function delay_commit()`);
  await client.end();
}
