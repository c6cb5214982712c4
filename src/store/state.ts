/**
 * The one row that every write reads and most writes replace: birth id, owner, clock, counters and the device's place in its
 * chain. One row, so that a save costs one read and one write beside its data (FAULTS 38: clock atomic with data).
 *
 * Every write transaction asks for it through `stateIn`, which is where a database that was emptied or replaced under the
 * open app is noticed before anything is written into it (FAULTS 4, L7), and where old code is kept off newer data (13).
 */
import type { Digest } from '../domain/digest.ts';
import type { AuthorityId, DeviceId, PersonId } from '../domain/ids.ts';
import type { Stamp } from '../domain/stamp.ts';
import type { ReadTx, WriteTx } from './port.ts';
import { StoreFailure } from './problems.ts';
import type { MetaRow } from './rows.ts';

export interface LaptopState {
  /** Random, written once when the database is made. */
  readonly birth: string;
  readonly authority: AuthorityId;
  readonly person: PersonId;
  /** Builds older than this may read but not write. */
  readonly minWriter: number;
  /** Counts the times this row was written: what somebody remembers is good while it stands still. */
  readonly writes: number;
  /** Counts changes of records: `changes`, `together` and `pending` rows carry its number. */
  readonly change: number;
  /** The number of the next pending row. */
  readonly nextN: number;
  readonly clock: {
    /** The newest stamp made or seen here. */
    readonly last: Stamp;
    /** The newest stamp the server has given or sent: never far from its own clock. */
    readonly seen: Stamp;
    /** Server time minus this laptop's, in milliseconds, as last measured. */
    readonly offsetMs: number;
  };
  readonly device: DeviceId;
  /** The number and the `prev` of the next op this device seals. */
  readonly nextSeq: number;
  readonly head: string;
  /** No row up to this number takes a keystroke any more: it has been sealed. Absent before the first, and in states of older builds. */
  readonly sealedTo?: number;
  /** The server history the last page came from; null before the first. */
  readonly epoch: string | null;
  /** The last seq of this device that a server has acknowledged; absent before the first, and in states of older builds. */
  readonly acknowledged?: number;
  /** How many histories of the server were left behind; absent for none. It tells versions of two histories of one epoch apart. */
  readonly histories?: number;
  /** Of the confirmed rows, changed with each of them in its transaction; absent where they have not been counted yet. */
  readonly total?: Total;
}

/** How many rows there are, and the sum of their digests. */
export interface Total {
  readonly count: number;
  readonly digest: Digest;
}

export const stateKey = 'laptop';

/** What this build writes; raised when older builds must not write any more. */
export const writerVersion = 2;

/** The state as it stands, or undefined in a database that has just been made. */
export async function readState(tx: ReadTx): Promise<LaptopState | undefined> {
  const row = await tx.get('meta', stateKey);
  return row?.value as LaptopState | undefined;
}

/** The state inside a write transaction of a store opened with `birth`. Fails when this is no longer that database. */
export async function stateIn(tx: ReadTx, { birth }: { readonly birth: string }): Promise<LaptopState> {
  const state = await readState(tx);
  if (state?.birth !== birth) throw new StoreFailure({ kind: 'storage-lost' });
  if (state.minWriter > writerVersion) throw new StoreFailure({ kind: 'build-too-old' });
  return state;
}

/** The state after a write that changed `changes` of it. */
export const nextState = (state: LaptopState, changes: Partial<LaptopState> = {}): LaptopState => ({
  ...state,
  ...changes,
  writes: state.writes + 1,
});

export const stateRow = (state: LaptopState): MetaRow => ({ name: stateKey, value: state });

/** Whether the state row is still the one remembered, of the same database. */
export function isSameState(row: MetaRow | undefined, known: LaptopState): boolean {
  const state = row?.value as LaptopState | undefined;
  return state !== undefined && state.birth === known.birth && state.writes === known.writes;
}

/** Every transaction that changes confirmed or pending rows also writes the state, so that `writes` tells. */
export const writeState = (tx: WriteTx, state: LaptopState): Promise<void> =>
  tx.put('meta', stateRow(nextState(state)));
