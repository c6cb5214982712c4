/**
 * `npm run restore -- FILE` puts a backup in the place of a stopped server's database. `-- --new-epoch` after a restore by
 * other means (PostgreSQL's own), and `-- --missing` lists what was lost and has not come back.
 */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { listMissing } from './backup/list-missing.ts';
import { beginEpoch, restoreBackup } from './backup/restore.ts';
import { ConfigError, readConfig } from './config.ts';

const onPostgres = `The database of this server is PostgreSQL. Restore it with PostgreSQL's own tools (pg_restore), put the key files back, and
then run  npm run restore -- --new-epoch  before any server starts. docs/data.md has it step by step.`;

async function main(): Promise<void> {
  process.umask(0o077);
  const [what, ...more] = process.argv.slice(2);
  const config = readConfig(process.env);
  const deps = { newId: () => randomBytes(16).toString('hex'), nowMs: Date.now() };
  if (what === undefined || more.length > 0) throw new ConfigError('npm run restore -- FILE | --new-epoch | --missing');
  if (what === '--missing') process.stdout.write(await listMissing(config));
  else if (what === '--new-epoch') process.stdout.write(await beginEpoch(config, deps));
  else if (config.databaseUrl === null) {
    process.stdout.write(await restoreBackup(config.dataDir, resolve(what), deps));
  } else throw new ConfigError(onPostgres);
}

main().catch((error: unknown) => {
  const said = error instanceof ConfigError ? error.message : `The restore failed. ${String(error)}`;
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
});
