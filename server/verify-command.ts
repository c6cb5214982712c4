/**
 * `npm run verify [-- --anchor FILE]`: reads the whole database of the settings and says whether anything was changed, taken
 * out, put in or moved since it was written. Beside a running server or not. Ends with 1 when something was.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { databaseName } from './backup/data-folder.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { openDatabase } from './db/transact.ts';
import { readAnchors, type Anchor } from './verify/anchors.ts';
import { toldOf } from './verify/told.ts';
import { verifyDatabase } from './verify/verify.ts';

function anchorsIn(args: readonly string[]): Anchor[] {
  const [flag, file, ...more] = args;
  if (flag === undefined) return [];
  if (flag !== '--anchor' || file === undefined || more.length > 0) {
    throw new ConfigError('npm run verify [-- --anchor FILE]');
  }
  if (!existsSync(file)) throw new ConfigError(`There is no ${file}.`);
  const anchors = readAnchors(readFileSync(file, 'utf8'));
  if (anchors.length === 0) throw new ConfigError(`${file} holds no anchor.`);
  return anchors;
}

/** What to say, and whether nothing was found. */
async function verify(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  anchors: readonly Anchor[],
): Promise<{ readonly told: string; readonly isSound: boolean }> {
  const file = join(dataDir, databaseName);
  if (databaseUrl === null && !existsSync(file)) {
    throw new ConfigError(`There is no ${file}. Set DATA_DIR to the server's data folder.`);
  }
  const database = await openDatabase(databaseUrl ?? file);
  try {
    const verified = await database.read((tx) => verifyDatabase(tx, anchors));
    if (verified === null) return { told: 'There is no authority yet.\n', isSound: true };
    return { told: toldOf(verified, anchors.length), isSound: verified.findings.length === 0 };
  } finally {
    await database.close();
  }
}

verify(readConfig(process.env), anchorsIn(process.argv.slice(2))).then(
  ({ told, isSound }) => {
    process.stdout.write(told);
    if (!isSound) process.exitCode = 1;
  },
  (error: unknown) => {
    const said = error instanceof ConfigError ? error.message : `The verification failed. ${String(error)}`;
    process.stderr.write(`${said}\n`);
    process.exitCode = 2;
  },
);
