/** Makes a database that was put back another history of its authority: what laptops knew of the old one contradicts it. */
import type { AuthorityId, NewId } from '../../src/domain/ids.ts';
import { epochEntry } from '../../src/domain/server-chain.ts';
import { appendEntries } from './chain.ts';
import { noteRestored } from './restored.ts';
import type { Tx } from './tables.ts';

/**
 * A new epoch, and another device for the server's own pen: what it wrote after the backup is in its old chain, and no op may
 * have the id of another. `newKey` when the key file is gone: laptops are told another public key with the new epoch.
 */
export async function beginHistory(
  tx: Tx,
  { newId, nowMs, newKey }: { readonly newId: NewId; readonly nowMs: number; readonly newKey: boolean },
): Promise<string | undefined> {
  const found = await tx.selectFrom('authority').select('id').executeTakeFirst();
  if (found === undefined) return undefined;
  const epoch = newId();
  await tx.updateTable('authority').set({ epoch, server_device: newId() }).where('id', '=', found.id).execute();
  await noteRestored(tx, found.id as AuthorityId, nowMs);
  // The chain goes on from where the backup was made: what came after it is in another history.
  await appendEntries(tx, found.id as AuthorityId, [epochEntry(epoch)]);
  if (newKey) await tx.deleteFrom('server_key').where('authority', '=', found.id).execute();
  return epoch;
}
