/** Brings the tables up to date at start, one numbered module after the other, each once. */
import { Migrator, type Kysely } from 'kysely';
import * as first from './migrations/001-first.ts';
import * as restored from './migrations/002-restored.ts';
import * as recoveryKey from './migrations/003-recovery-key.ts';
import * as held from './migrations/004-held.ts';
import * as heads from './migrations/005-heads.ts';
import * as signIn from './migrations/006-sign-in.ts';
import * as chain from './migrations/007-chain.ts';
import * as secondFactor from './migrations/008-second-factor.ts';
import * as missing from './migrations/009-missing.ts';
import * as erased from './migrations/010-erased.ts';
import * as councilSignIn from './migrations/011-council-sign-in.ts';
import * as sums from './migrations/012-sums.ts';
import * as cases from './migrations/013-cases.ts';
import * as laptops from './migrations/014-laptops.ts';
import * as found from './migrations/015-found.ts';
import * as confirmed from './migrations/016-confirmed.ts';
import * as misplacedDeposits from './migrations/017-misplaced-deposits.ts';
import * as councilBrowser from './migrations/018-council-browser.ts';
import * as notices from './migrations/019-notices.ts';
import * as contradicted from './migrations/020-contradicted.ts';
import * as asked from './migrations/021-asked.ts';
import type { Tables } from './tables.ts';

const migrations = {
  '001-first': first,
  '002-restored': restored,
  '003-recovery-key': recoveryKey,
  '004-held': held,
  '005-heads': heads,
  '006-sign-in': signIn,
  '007-chain': chain,
  '008-second-factor': secondFactor,
  '009-missing': missing,
  '010-erased': erased,
  '011-council-sign-in': councilSignIn,
  '012-sums': sums,
  '013-cases': cases,
  '014-laptops': laptops,
  '015-found': found,
  '016-confirmed': confirmed,
  '017-misplaced-deposits': misplacedDeposits,
  '018-council-browser': councilBrowser,
  '019-notices': notices,
  '020-contradicted': contradicted,
  '021-asked': asked,
};

/** Throws when a migration fails: the server must not run on half a schema. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw new Error('The database could not be brought up to date.', { cause: error });
}
