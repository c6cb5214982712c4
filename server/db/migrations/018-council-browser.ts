/** What the browser had when a sign-in with a council account began: it does not send it on its way back from another site. */
import type { Kysely } from 'kysely';

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('council_try').addColumn('session_hash', 'text').execute();
  await schema.alterTable('council_try').addColumn('marks', 'text').execute();
}
