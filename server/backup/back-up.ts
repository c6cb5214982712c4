/** Makes a backup of a data folder while its server runs: one file with everything that it takes to start again from it. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from '../config.ts';
import { readBackupFile, writeBackupFile } from '../db/backup-file.ts';
import { databaseName, partNames } from './data-folder.ts';

/** Writes the backup, looks it through, and answers what to say of it. Throws a ConfigError. */
export async function backUp(dataDir: string, file: string): Promise<string> {
  const database = join(dataDir, databaseName);
  if (!existsSync(database))
    throw new ConfigError(`There is no ${database}. Set DATA_DIR to the server's data folder.`);
  if (existsSync(file)) throw new ConfigError(`${file} is there already. A backup never takes the place of another.`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.half`;
  rmSync(half, { force: true });
  const parts = partNames
    .map((name) => ({ name, path: join(dataDir, name) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => ({ name, content: readFileSync(path) }));
  await writeBackupFile(database, half, parts);
  chmodSync(half, 0o600);
  const content = readBackupFile(half);
  if (typeof content === 'string') throw new Error(`The backup ${half} does not read back: ${content}`);
  renameSync(half, file);
  return told(
    file,
    content.version,
    parts.map(({ name }) => name),
  );
}

const told = (file: string, version: number, parts: readonly string[]): string => `The backup is ${file}
It was read back and is whole: the database up to version ${version}, with ${parts.join(', ') || 'no other files'}.

Whoever has this file has everything that is on the server: every audit with its evidence, and the keys that open what
laptops have deposited. It is not encrypted. Keep it as safe as the server itself, and on another computer.
To go back to it: stop the server, then  npm run restore -- ${file}
`;
