/**
 * Syncing measured: a backlog handed in, a first download, the worker's memory meanwhile, and how soon another person sees a
 * change. In a real Chromium on a profile on disk, with the app's own worker and the real server as a process of its own;
 * the peer is PouchDB with its server, in turn with ours.
 */
import { run } from '../run/steps.ts';
import { quantile, table } from './figures.ts';
import { startBenchServer, type BenchServer } from './sync/bench-server.ts';
import { downloadOurs, downloadPeer, fillPeer, peerBatches, peerDocument, type Download } from './sync/download.ts';
import { handInOurs, handInPeer, type HandIn } from './sync/hand-in.ts';
import { startPeer, type Peer } from './sync/peer.ts';
import { benchPokes, type Pokes } from './sync/poke.ts';

const rounds = 2;
const backlog = 500;
/** With the peer; the last is ours alone, which the peer would take most of an hour for. */
const comparedSizes = [5_000, 20_000];
const largest = 100_000;
const pokes = 30;
const aims = { writes: 1.5, download: 3 };

interface PeerDownload {
  readonly audits: number;
  /** Milliseconds by batch size. */
  readonly ms: Readonly<Record<number, number>>;
}

export interface SyncFigures {
  readonly handIn: { readonly ours: readonly HandIn[]; readonly peerMs: readonly number[] };
  readonly download: { readonly ours: readonly Download[]; readonly peer: readonly PeerDownload[] };
  readonly pokes: Pokes;
}

/** Measures, prints tables, and answers the figures. */
export async function benchSync(): Promise<SyncFigures> {
  const built = await run('npx', ['vite', 'build'], { quiet: true });
  if (built.code !== 0) throw new Error(`The app could not be built: ${built.output}`);
  const peer = await startPeer();
  try {
    const handIn = await measureHandIn(peer);
    tellHandIn(handIn);
    const download = await withServer((server) => measureDownload(server, peer));
    tellDownload(download);
    const screen = await withServer((server) => benchPokes(server, pokes));
    tellPokes(screen);
    return { handIn, download, pokes: screen };
  } finally {
    await peer?.stop();
  }
}

async function withServer<T>(work: (server: BenchServer) => Promise<T>): Promise<T> {
  const server = await startBenchServer('dist');
  try {
    return await work(server);
  } finally {
    await server.remove();
  }
}

/** A server of its own each time: what was handed in before would be received again. */
export async function measureHandIn(peer: Peer | null): Promise<SyncFigures['handIn']> {
  const ours: HandIn[] = [];
  const peerMs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await withServer(async (server) => {
      ours.push(await handInOurs(server, backlog));
      if (peer !== null) peerMs.push(await handInPeer(peer, server, backlog));
    });
  }
  return { ours, peerMs };
}

export async function measureDownload(server: BenchServer, peer: Peer | null): Promise<SyncFigures['download']> {
  const ours: Download[] = [];
  const theirs: PeerDownload[] = [];
  const documents: object[] = [];
  for (const audits of comparedSizes) {
    await server.fillTo(audits, (id, units) => documents.push(peerDocument(id, units)));
    const database = `audits-${audits}`;
    if (peer !== null) await fillPeer(peer, database, documents);
    for (let round = 0; round < rounds; round++) {
      ours.push(await downloadOurs(server, audits));
      if (peer !== null) theirs.push({ audits, ms: await downloadPeer(peer, database, audits) });
    }
  }
  await server.fillTo(largest);
  ours.push(await downloadOurs(server, largest));
  return { ours, peer: theirs };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
const times = (ratio: number): string => `${ratio.toFixed(2)} x`;

export function tellHandIn({ ours, peerMs }: SyncFigures['handIn']): void {
  const rows = ours.map(({ changes, pushes, acknowledgedMs, provedMs }, at) => {
    const theirs = peerMs[at];
    const against = theirs === undefined ? ['', ''] : [seconds(theirs), times(acknowledgedMs / theirs)];
    return [String(changes), String(pushes), seconds(acknowledgedMs), seconds(provedMs), ...against];
  });
  console.log(`sync: ${backlog} whole audits handed in`);
  console.log(table([['changes', 'pushes', 'acknowledged s', 'proved equal s', 'PouchDB s', 'ours'], ...rows]));
}

export function tellDownload({ ours, peer }: SyncFigures['download']): void {
  const rows = ours.map((one) => [
    String(one.audits),
    seconds(one.ms),
    (one.ms / one.audits).toFixed(2),
    seconds(one.writeMs),
    seconds(one.bareMs),
    times(one.writeMs / one.bareMs),
    times(one.writeMs / one.bareUnindexedMs),
    mib(one.peakHeapBytes),
    mib(one.storedBytes),
  ]);
  const head = ['audits', 'whole s', 'ms each', 'writes s', 'bare s', 'writes', 'no index', 'heap MiB', 'stored MiB'];
  console.log('sync: a first download in columns, and the same rows written bare');
  console.log(table([head, ...rows]));
  console.log(`writes against bare ones with the same indexes (aim: at most ${aims.writes} x), and with none`);
  for (const audits of comparedSizes) {
    const mine = ours.filter((one) => one.audits === audits).map(({ ms }) => ms);
    for (const batch of peerBatches) {
      const theirs = peer.filter((one) => one.audits === audits).map(({ ms }) => ms[batch] ?? 0);
      if (theirs.length === 0) continue;
      const ratio = quantile(theirs, 0.5) / quantile(mine, 0.5);
      const took = theirs.map(seconds).join(' and ');
      console.log(`PouchDB, ${audits} documents, ${batch} at a time: ${took} s; ours is ${ratio.toFixed(1)} x as fast`);
    }
  }
  console.log(`(aim: at least ${aims.download} x)`);
}

export function tellPokes({ fromSaveMs, fromPushMs }: Pokes): void {
  const row = (name: string, ms: readonly number[]): string[] => [
    name,
    quantile(ms, 0.5).toFixed(0),
    quantile(ms, 0.95).toFixed(0),
  ];
  console.log(`sync: a change on one computer, until another shows it: ${fromSaveMs.length} of each`);
  console.log(table([['', 'median ms', 'p95 ms'], row('from the save', fromSaveMs), row('from the push', fromPushMs)]));
}
