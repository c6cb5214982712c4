/** What lies in a server's data folder: the names of its files, and who has it open. */
import { join } from 'node:path';

export const databaseName = 'plumbline.sqlite';
export const recoveryKeyName = 'recovery.key';
export const serverKeyName = 'server.key';
export const revokedName = 'revoked.jsonl';
/** Heads of the chain, a line a day: not in a backup, which is what they are kept against. */
export const anchorsName = 'anchors.jsonl';
const lockName = 'in-use.lock';

/** The small files that belong to the database, and go into its backup. */
export const partNames = [recoveryKeyName, serverKeyName, revokedName] as const;

export const lockPath = (dataDir: string): string => join(dataDir, lockName);
