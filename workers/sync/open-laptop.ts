/** Opens a person's store in this worker, under the key that came with the ticket. The page has made it: a worker never does. */
import type { Hash } from '../../src/domain/chain.ts';
import type { NewId } from '../../src/domain/ids.ts';
import type { Result, StoreProblem } from '../../src/protocol/problem.ts';
import type { SyncTicket } from '../../src/protocol/threads.ts';
import { aesCipher, type RandomBytes } from '../../src/store/cipher.ts';
import { openDexiePort } from '../../src/store/dexie-port.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { sealForServer } from '../../src/store/server-box.ts';

export interface OpenLaptop {
  readonly ticket: SyncTicket;
  readonly key: CryptoKey;
  readonly now: () => number;
  readonly newId: NewId;
  readonly hash: Hash;
  readonly randomBytes: RandomBytes;
}

export async function openLaptop({
  ticket,
  key,
  randomBytes,
  ...rest
}: OpenLaptop): Promise<Result<Store, StoreProblem>> {
  const port = await openDexiePort(ticket.database, { mayCreate: false });
  if (!port.ok) return port;
  const { authority, person, device } = ticket;
  const opened = await openStore({
    ...rest,
    port: port.value,
    cipher: aesCipher(key, randomBytes),
    sealForServer: sealForServer(randomBytes),
    authority,
    person,
    device,
  });
  if (!opened.ok) await port.value.close();
  return opened;
}
