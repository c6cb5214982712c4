/** An index over the changes of case references alone: what a search for one case reads. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('op_of_case')
    .on('op')
    .columns(['authority', 'record', 'device', 'seq'])
    .where(sql.ref('unit'), '=', sql.lit('case'))
    .execute();
}
