/** `npm run backup [-- FILE]`: a backup of the data folder, while its server runs or not. */
import { join, resolve } from 'node:path';
import { backUp } from './backup/back-up.ts';
import { ConfigError, readConfig } from './config.ts';

async function main(): Promise<void> {
  process.umask(0o077);
  const [given, ...more] = process.argv.slice(2);
  if (more.length > 0 || given?.startsWith('-') === true) throw new ConfigError('npm run backup [-- FILE]');
  const { dataDir, databaseUrl } = readConfig(process.env);
  if (databaseUrl !== null) {
    throw new ConfigError(
      `The database of this server is PostgreSQL. Back it up with PostgreSQL's own tools (pg_dump), and the key files beside it. ` +
        'docs/data.md has it step by step.',
    );
  }
  const name = `plumbline-${new Date(Date.now()).toISOString().slice(0, 19).replaceAll(':', '')}.backup`;
  process.stdout.write(await backUp(dataDir, resolve(given ?? join(dataDir, 'backups', name))));
}

main().catch((error: unknown) => {
  const said = error instanceof ConfigError ? error.message : `The backup failed. ${String(error)}`;
  process.stderr.write(`${said}\n`);
  process.exitCode = 1;
});
