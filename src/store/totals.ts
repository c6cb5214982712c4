/**
 * Count and digest of everything confirmed, always computed from what was stored and never copied from the server: from all
 * rows once in a session, and kept from there with each row, in the transaction that writes it.
 */
import { bucketDigests, changeSum, sumDigests, type BucketDigest, type Digest } from '../domain/digest.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Store } from './open.ts';
import type { ReadTx } from './port.ts';
import type { ConfirmedRow } from './rows.ts';
import { stateIn, writeState, type Total } from './state.ts';

export interface ConfirmedChanges {
  readonly put: readonly ConfirmedRow[];
  /** What is held no more: replaced by one that is put, or dropped. */
  readonly gone: readonly ConfirmedRow[];
}

/** A total after these changes, in the transaction that makes them. */
export const movedTotal = ({ count, digest }: Total, { put, gone }: ConfirmedChanges): Total => ({
  count: count + put.length - gone.length,
  digest: changeSum(
    digest,
    gone.map((row) => row.digest),
    put.map((row) => row.digest),
  ),
});

/**
 * Count and digest of everything confirmed, from the rows themselves. They are kept from here on; where something was written
 * while they were counted they are not, nor is what they disprove.
 */
export async function localTotal(store: Store): Promise<Total> {
  const [before, digests] = await store.port.read(['meta', 'confirmed'], (tx) =>
    Promise.all([stateIn(tx, store), digestsIn(tx)]),
  );
  const total = { count: digests.length, digest: sumDigests(digests.map(({ digest }) => digest)) };
  if (before.total?.count === total.count && before.total.digest === total.digest) return total;
  await store.port.write(['meta'], 'relaxed', async (tx) => {
    const state = await stateIn(tx, store);
    const { total: _disproved, ...uncounted } = state;
    await writeState(tx, state.writes === before.writes ? { ...state, total } : uncounted);
  });
  return total;
}

/** The same as it was kept with every row that was written since they were counted; null where they never were. */
export function keptTotal(store: Store): Promise<Total | null> {
  return store.port.read(['meta'], async (tx) => (await stateIn(tx, store)).total ?? null);
}

export async function localBuckets(store: Store): Promise<BucketDigest[]> {
  return bucketDigests(await localDigests(store));
}

/** The digest of each record of one bucket, by id. */
export const localBucket = (store: Store, bucket: string): Promise<RecordDigest[]> => localDigests(store, bucket);

const digestPage = 500;

interface RecordDigest {
  readonly id: RecordId;
  readonly digest: Digest;
}

/** Id and digest of confirmed rows, all or those of one bucket, a page of rows at a time in one snapshot. */
const localDigests = (store: Store, bucket?: string): Promise<RecordDigest[]> =>
  store.port.read(['confirmed'], (tx) => digestsIn(tx, bucket));

async function digestsIn(tx: ReadTx, bucket?: string): Promise<RecordDigest[]> {
  const digests: RecordDigest[] = [];
  let from = (bucket ?? '') as RecordId;
  for (;;) {
    const rows = await tx.all('confirmed', { from, limit: digestPage });
    const fitting = bucket === undefined ? rows : rows.filter(({ id }) => id.startsWith(bucket));
    digests.push(...fitting.map(({ id, digest }) => ({ id, digest })));
    const last = rows.at(-1);
    if (last === undefined || rows.length < digestPage || fitting.length < rows.length) return digests;
    from = `${last.id}0` as RecordId;
  }
}
