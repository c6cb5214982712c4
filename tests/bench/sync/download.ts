/**
 * A first download: everything a QA lead may read, in columns, onto an empty laptop. Beside it the same rows written bare,
 * and the same JSON received by PouchDB.
 */
import { project } from '../../../src/domain/projection.ts';
import type { Units } from '../../../src/domain/record.ts';
import { inFreshProfile } from '../page.ts';
import type { BenchServer } from './bench-server.ts';
import type { Peer } from './peer.ts';
import { watchWorkerHeap } from './worker-heap.ts';

export interface Download {
  readonly audits: number;
  /** From the start of the sync worker until laptop and server were proved equal. */
  readonly ms: number;
  /** In transactions that wrote records, the waiting of the thread for itself among it. */
  readonly writeMs: number;
  readonly transactions: number;
  /** The same rows bare, with the same indexes and with none. */
  readonly bareMs: number;
  readonly bareUnindexedMs: number;
  /** The most that the sync worker's heap held; 0 where the browser does not say. */
  readonly peakHeapBytes: number;
  /** What the browser says the database takes. */
  readonly storedBytes: number;
}

export async function downloadOurs({ laptopAddress, person }: BenchServer, audits: number): Promise<Download> {
  return inFreshProfile(laptopAddress, async (page) => {
    const heap = await watchWorkerHeap(page);
    const { email, password } = person;
    await page.evaluate((account) => window.laptop.signIn(account), { email, password });
    const { ms, seen } = await page.evaluate(() => window.laptop.sync());
    const peakHeapBytes = await heap.stop();
    const writes = seen.filter(({ putRecords }) => putRecords > 0);
    const records = writes.reduce((sum, { putRecords }) => sum + putRecords, 0);
    if (records < audits) throw new Error(`${records} of ${audits} audits were written`);
    const storedBytes = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
    const batches = writes.map(({ putRecords }) => putRecords);
    const bare = (indexed: boolean): Promise<number> =>
      page.evaluate(([sizes, like]) => window.laptop.bareWrites(sizes, like), [batches, indexed] as const);
    return {
      audits,
      ms,
      writeMs: writes.reduce((sum, write) => sum + write.ms, 0),
      transactions: writes.length,
      bareMs: await bare(true),
      bareUnindexedMs: await bare(false),
      peakHeapBytes,
      storedBytes,
    };
  });
}

/** PouchDB's own default, and one that suits it better. */
export const peerBatches = [100, 500] as const;

/** Milliseconds by batch size. */
export async function downloadPeer(
  { url }: Peer,
  database: string,
  audits: number,
): Promise<Readonly<Record<number, number>>> {
  const times: Record<number, number> = {};
  for (const batch of peerBatches) {
    times[batch] = await inFreshProfile(url, (page) =>
      page.evaluate(([count, name, size]) => window.peer.download(count, name, size), [
        audits,
        database,
        batch,
      ] as const),
    );
  }
  return times;
}

/** The JSON that our server sends of an audit, as a document of the peer. */
export const peerDocument = (id: string, units: Units): object => ({
  _id: id,
  kind: 'audit',
  projection: 'columns',
  units: project('audit', units, 'columns'),
});

const putTogether = 500;

export async function fillPeer(peer: Peer, database: string, documents: readonly object[]): Promise<void> {
  for (let at = 0; at < documents.length; at += putTogether) {
    await peer.put(database, documents.slice(at, at + putTogether));
  }
}
