/**
 * When what waits was judged last, and as of which version: so that it is judged again when something has changed that it may
 * stand on, and not after every push. What waits from before is asked once more.
 * Time changes some of it: missing ops are found by when they were told of.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  for (const column of ['asked_ms', 'asked_version'])
    await schema
      .alterTable('waiting')
      .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  await schema.createIndex('missing_by_told').on('missing').columns(['authority', 'told_ms']).execute();
}
