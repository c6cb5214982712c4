/** Runs in the browser, on the address of PouchDB's server: the same documents with PouchDB, as its manual says. */
import { madeUpAudit, type Place } from './made-up.ts';

interface Pouch {
  bulkDocs(docs: readonly object[]): Promise<readonly object[]>;
  info(): Promise<{ readonly doc_count: number }>;
  readonly replicate: {
    to(url: string, options?: object): Promise<Replicated>;
    from(url: string, options?: object): Promise<Replicated>;
  };
}

interface Replicated {
  readonly ok: boolean;
  readonly docs_written: number;
}

export interface PeerBench {
  /** Saves so many whole audits, one document each; answers milliseconds until all are on the server. */
  handIn(audits: number, place: Place, remote: string): Promise<number>;
  /** Receives all documents of a server's database; answers milliseconds. */
  download(count: number, remote: string, batch: number): Promise<number>;
}

declare global {
  interface Window {
    PouchDB: new (name: string) => Pouch;
    peer: PeerBench;
  }
}

const newId = (): string => crypto.randomUUID().replaceAll('-', '');
const savedTogether = 25;

window.peer = {
  async handIn(audits, place, remote) {
    const local = new window.PouchDB(`peer-${newId()}`);
    for (let from = 0; from < audits; from += savedTogether) {
      const numbers = Array.from({ length: Math.min(savedTogether, audits - from) }, (_, at) => from + at);
      await local.bulkDocs(numbers.map((number) => documentOf(number, place)));
    }
    return timed(() => local.replicate.to(`${location.origin}/db/${remote}`), audits);
  },
  async download(count, remote, batch) {
    const local = new window.PouchDB(`peer-${newId()}`);
    return timed(() => local.replicate.from(`${location.origin}/db/${remote}`, { batch_size: batch }), count);
  },
};

function documentOf(number: number, place: Place): object {
  const units = madeUpAudit(number, place, Date.now()).flat();
  return { _id: newId(), kind: 'audit', units: Object.fromEntries(units.map(({ unit, value }) => [unit, value])) };
}

async function timed(work: () => Promise<Replicated>, count: number): Promise<number> {
  const started = performance.now();
  const { ok, docs_written } = await work();
  const ms = performance.now() - started;
  if (!ok || docs_written !== count) throw new Error(`PouchDB wrote ${docs_written} of ${count} documents`);
  return ms;
}
