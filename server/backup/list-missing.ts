/** Names what was lost with a database and nobody has brought back: which laptop, whose, how many changes, of which records. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonId } from '../../src/domain/ids.ts';
import { readProfile } from '../auth/people.ts';
import { ConfigError, type Config } from '../config.ts';
import { findAuthority } from '../db/authorities.ts';
import { anybody, countMissing, everybody, missingOps, type Missing } from '../db/missing.ts';
import type { Tx } from '../db/tables.ts';
import { openDatabase } from '../db/transact.ts';
import { countAllWaiting } from '../db/waiting.ts';
import { databaseName } from './data-folder.ts';

/** The list as text for the person at the server. */
export async function listMissing({ dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<string> {
  const file = join(dataDir, databaseName);
  if (databaseUrl === null && !existsSync(file)) {
    throw new ConfigError(`There is no ${file}. Set DATA_DIR to the server's data folder.`);
  }
  const database = await openDatabase(databaseUrl ?? file);
  try {
    return await database.read(async (tx) => {
      const authority = await findAuthority(tx);
      if (authority === undefined) return 'There is no authority yet.\n';
      const missing = await missingOps(tx, authority.id, everybody);
      const waiting = await countAllWaiting(tx, authority.id);
      const lines = [];
      for (const ops of byDevice(missing).values()) lines.push(await line(tx, authority, ops));
      const alone = (await countMissing(tx, authority.id, anybody)) - missing.length;
      const waits = waiting === 0 ? '' : `${changes(waiting)} that came back wait for something that has not.\n`;
      const more =
        alone === 0
          ? waits
          : `${waits}${changes(alone)} that one person alone has told of ${alone === 1 ? 'is' : 'are'} not counted: nothing else shows a loss.\n`;
      if (lines.length === 0) return `Nothing is missing that a laptop has seen.\n${more}`;
      return `${changes(missing.length)} that laptops have seen are missing:\n${lines.join('')}${more}`;
    });
  } finally {
    await database.close();
  }
}

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);

function byDevice(missing: readonly Missing[]): Map<string, Missing[]> {
  const devices = new Map<string, Missing[]>();
  for (const op of missing) devices.set(op.device, [...(devices.get(op.device) ?? []), op]);
  return devices;
}

async function line(
  tx: Tx,
  authority: NonNullable<Awaited<ReturnType<typeof findAuthority>>>,
  ops: readonly Missing[],
): Promise<string> {
  const person = ops.find((op) => op.person !== null)?.person as PersonId | undefined;
  const profile = person === undefined ? undefined : await readProfile(tx, authority, person);
  const whose = profile === undefined ? `person ${person ?? 'not known'}` : profile.name;
  const records = new Set(ops.flatMap(({ kind, record }) => (record === null ? [] : [`${kind ?? ''} ${record}`])));
  const of = records.size === 0 ? 'of records that nobody has seen' : `of ${[...records].sort().join(', ')}`;
  return `- laptop ${ops[0]?.device.slice(0, 8) ?? ''} of ${whose}: ${changes(ops.length)}, ${of}\n`;
}
