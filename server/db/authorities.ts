/** The authority of this server, its epoch, and the version its history has reached. */
import type { AuthorityId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import { epochEntry } from '../../src/domain/server-chain.ts';
import { appendEntries } from './chain.ts';
import { insertRows } from './statements.ts';
import type { AuthorityTable, Tx } from './tables.ts';

export interface Authority {
  readonly id: AuthorityId;
  /** Of this history: a new one is given when a server has been restored from a backup. */
  readonly epoch: string;
  readonly serverPerson: PersonId;
  readonly serverDevice: DeviceId;
  readonly firstPerson: PersonId;
}

/** The newest version given, and the history head there. */
export interface Tip {
  readonly version: number;
  readonly head: string;
}

/** The one that this database was made for: the first. */
export async function findAuthority(tx: Tx): Promise<Authority | undefined> {
  const row = await tx.selectFrom('authority').selectAll().orderBy('created_ms').orderBy('id').executeTakeFirst();
  return row && authorityOf(row);
}

const authorityOf = (row: AuthorityTable): Authority => ({
  id: row.id as AuthorityId,
  epoch: row.epoch,
  serverPerson: row.server_person as PersonId,
  serverDevice: row.server_device as DeviceId,
  firstPerson: row.first_person as PersonId,
});

export async function insertAuthority(tx: Tx, authority: Authority, head: string, nowMs: number): Promise<void> {
  const { id, epoch, serverPerson, serverDevice, firstPerson } = authority;
  await tx
    .insertInto('authority')
    .values({
      id,
      epoch,
      server_person: serverPerson,
      server_device: serverDevice,
      first_person: firstPerson,
      version: 0,
      head,
      created_ms: nowMs,
      recovery_key: null,
    })
    .execute();
  await tx.insertInto('version').values({ authority: id, version: 0, record: '', head }).execute();
  await appendEntries(tx, id, [epochEntry(epoch)]);
}

export async function readTip(tx: Tx, authority: AuthorityId): Promise<Tip> {
  return tx.selectFrom('authority').select(['version', 'head']).where('id', '=', authority).executeTakeFirstOrThrow();
}

/** A version, the record it was given to, and the head there. */
export interface VersionEntry extends Tip {
  readonly record: string;
}

/** Moves the tip over these versions to the last of them, and remembers the head at each. */
export async function advanceTip(
  tx: Tx,
  authority: AuthorityId,
  versions: readonly VersionEntry[],
  { version, head }: Tip,
): Promise<void> {
  if (versions.length === 0) return;
  await insertRows(
    tx,
    'version',
    versions.map((entry) => ({ authority, ...entry })),
  );
  await tx.updateTable('authority').set({ version, head }).where('id', '=', authority).execute();
}

/** The history head at a version, or undefined when this history has no such version. */
export async function headAt(tx: Tx, authority: AuthorityId, version: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('version')
    .select('head')
    .where('authority', '=', authority)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.head;
}

export async function recoveryKeyMark(tx: Tx, authority: AuthorityId): Promise<string | null> {
  const row = await tx
    .selectFrom('authority')
    .select('recovery_key')
    .where('id', '=', authority)
    .executeTakeFirstOrThrow();
  return row.recovery_key;
}

export async function saveRecoveryKeyMark(tx: Tx, authority: AuthorityId, mark: string): Promise<void> {
  await tx.updateTable('authority').set({ recovery_key: mark }).where('id', '=', authority).execute();
}
