/**
 * Counts and sums of digests, kept with the records (`db/sums`), and beside each audit the digest of what its moderator is sent
 * while they are blind to it: so nobody reads all records to prove what they may see. Filled from the records as they are.
 */
import { hash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { auditFacts } from '../../../src/domain/facts.ts';
import type { AuthorityId, RecordId } from '../../../src/domain/ids.ts';
import { blindDigest } from '../../../src/domain/projection.ts';
import type { Units } from '../../../src/domain/record.ts';
import { headOf } from '../heads.ts';
import { recountSums } from '../sums.ts';
import type { Tables, Tx } from '../tables.ts';

/** Audits read together: their units are the whole text of them. */
const auditsTogether = 200;
const sha256 = (text: string): string => hash('sha256', text, 'hex');

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.alterTable('record').addColumn('blind', 'text').execute();
  await schema
    .createTable('record_sum')
    .addColumn('authority', 'text', (c) => c.notNull().references('authority.id'))
    .addColumn('auditor', 'text', (c) => c.notNull())
    .addColumn('moderator', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('service', 'text', (c) => c.notNull())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('count', 'integer', (c) => c.notNull())
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('sent', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('record_sum_key', ['authority', 'auditor', 'moderator', 'kind', 'service', 'team'])
    .execute();
  // It holds all that a pull asks of a record before it reads the record itself: that too, now.
  await schema.dropIndex('record_heads').execute();
  const asked = ['id', 'kind', 'service', 'team', 'auditor', 'moderator', 'digest', 'blind', 'changed_ms'];
  await schema
    .createIndex('record_heads')
    .on('record')
    .columns(['authority', 'version', ...asked])
    .execute();

  const tables = db as unknown as Tx & Kysely<Tables>;
  const authorities = await tables.selectFrom('authority').select('id').execute();
  for (const { id } of authorities) {
    await fillBlind(tables, id);
    // The columns as they are at this step: later steps may add to what a head is.
    const heads = await tables
      .selectFrom('record')
      .select(['id', 'kind', 'version', 'changed_ms', 'digest', 'blind', 'service', 'team', 'auditor', 'moderator'])
      .where('authority', '=', id)
      .execute();
    await recountSums(tables, id as AuthorityId, heads.map(headOf));
  }
}

async function fillBlind(db: Kysely<Tables>, authority: string): Promise<void> {
  for (let after = 0; ;) {
    const rows = await db
      .selectFrom('record')
      .select(['id', 'version', 'units'])
      .where('authority', '=', authority)
      .where('moderator', 'is not', null)
      .where('version', '>', after)
      .orderBy('version')
      .limit(auditsTogether)
      .execute();
    for (const { id, units } of rows) {
      const audit = JSON.parse(units) as Units;
      const blind = blindDigest(sha256, id as RecordId, audit, auditFacts(audit));
      await db.updateTable('record').set({ blind }).where('authority', '=', authority).where('id', '=', id).execute();
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.version;
  }
}
