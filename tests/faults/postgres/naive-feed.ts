/** The feed that comes to mind first, and loses rows: a sequence gives the numbers, and readers ask for what is beyond theirs. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { Feed } from './feed.ts';

const rowsInBatch = 40;
export const naiveTable = 'naive';

export async function openNaiveFeed(url: string): Promise<Feed & { close(): Promise<void> }> {
  const pool = new Pool({ connectionString: url, max: 12 });
  // It says that it has ended before its connections have: dropping the database cuts off the last of them.
  pool.on('error', () => undefined);
  await pool.query(`create table ${naiveTable} (position bigserial primary key, id text not null)`);
  const cursors = new Map<number, number>();
  return {
    async write() {
      const ids = Array.from({ length: rowsInBatch }, () => randomUUID());
      await pool.query(`insert into ${naiveTable} (id) select unnest($1::text[])`, [ids]);
      return ids;
    },
    async read(reader) {
      const { rows } = await pool.query<{ position: string; id: string }>(
        `select position, id from ${naiveTable} where position > $1 order by position`,
        [cursors.get(reader) ?? 0],
      );
      const last = rows.at(-1);
      if (last) cursors.set(reader, Number(last.position));
      return rows.map(({ id }) => id);
    },
    close: () => pool.end(),
  };
}
