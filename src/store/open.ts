/**
 * Opens one person's store on one port. The first opening of a database writes its birth id, owner and clock; every later
 * one finds them. A database of somebody else, or of a newer build that shuts this one out, is refused.
 */
import type { Hash } from '../domain/chain.ts';
import { firstHead } from '../domain/chain.ts';
import { emptyDigest } from '../domain/digest.ts';
import type { AuthorityId, DeviceId, NewId, PersonId } from '../domain/ids.ts';
import { zeroStamp } from '../domain/stamp.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import type { Cipher } from './cipher.ts';
import { newDesk, type Desk } from './desk.ts';
import type { Port, WriteTx } from './port.ts';
import { asResult } from './problems.ts';
import type { SealForServer } from './server-box.ts';
import { readState, writerVersion, writeState, type LaptopState } from './state.ts';

export interface StoreDeps {
  readonly port: Port;
  readonly cipher: Cipher;
  readonly authority: AuthorityId;
  readonly person: PersonId;
  /** The device a new database begins as. The one in use is `readDevice(store)`: a fork may have changed it. */
  readonly device: DeviceId;
  readonly now: () => number;
  readonly newId: NewId;
  readonly hash: Hash;
  /** Absent where no server acknowledges anything: then nothing is kept for one. */
  readonly sealForServer?: SealForServer;
}

export interface Store extends StoreDeps {
  /** Written when the database was made. A write that does not find it again saves nothing: `storage-lost`. */
  readonly birth: string;
  /** This tab's memory of what it is saving. */
  readonly desk: Desk;
}

/** Opens the store of `deps.person`, making it when the database is new. */
export function openStore(deps: StoreDeps): Promise<Result<Store, StoreProblem>> {
  return asResult(async () => {
    const state = await deps.port.write(['meta'], 'strict', async (tx) => {
      const found = await readState(tx);
      if (found !== undefined) return shutOut(tx, found);
      const fresh = firstState(deps);
      await writeState(tx, fresh);
      return fresh;
    });
    if (state.minWriter > writerVersion) return { ok: false, problem: { kind: 'build-too-old' } };
    if (state.authority !== deps.authority || state.person !== deps.person) {
      return { ok: false, problem: { kind: 'storage-failed', why: 'This database belongs to someone else' } };
    }
    return { ok: true, value: { ...deps, birth: state.birth, desk: newDesk() } };
  });
}

/** From now on builds that are too old for what this one writes do not write here any more. */
async function shutOut(tx: WriteTx, found: LaptopState): Promise<LaptopState> {
  if (found.minWriter >= writerVersion) return found;
  const state = { ...found, minWriter: writerVersion };
  await writeState(tx, state);
  return state;
}

function firstState({ authority, person, device, newId, hash }: StoreDeps): LaptopState {
  return {
    birth: newId(),
    authority,
    person,
    minWriter: writerVersion,
    writes: 0,
    change: 0,
    nextN: 1,
    clock: { last: zeroStamp, seen: zeroStamp, offsetMs: 0 },
    device,
    nextSeq: 1,
    head: firstHead(hash, device),
    epoch: null,
    total: { count: 0, digest: emptyDigest },
  };
}
