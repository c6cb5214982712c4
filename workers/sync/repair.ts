/**
 * Makes the laptop's rows the server's again when the digests differ: after damage, new rights, lost rights or a lifted
 * redaction, by one mechanism (protocol: Repair). At most three rounds; what stays unequal is a problem that is shown.
 */
import type { BucketDigest, Digest } from '../../src/domain/digest.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { Run } from './cycle.ts';
import { mayBeTooMuch } from './line.ts';
import { pull, type Pulled } from './pull.ts';

const rounds = 3;
/** As many records as one request may name. */
const pageSize = 200;

type Listed = { readonly id: RecordId; readonly digest: Digest };

export async function repairUntilEqual(run: Run): Promise<Result<Pulled, SyncProblem>> {
  for (let round = 1; round <= rounds; round++) {
    const problem = await repairOnce(run);
    if (problem !== null) return { ok: false, problem };
    const pulled = await pull(run);
    if (!pulled.ok || pulled.value.equal) return pulled;
  }
  return { ok: false, problem: { kind: 'not-equal' } };
}

async function repairOnce(run: Run): Promise<SyncProblem | null> {
  // repair 1
  const theirs = await run.ask((signal, device) => run.remote.buckets(signal, device));
  if (!theirs.ok) return theirs.problem;
  const differing = differentBuckets(await run.disk(() => run.store.buckets()), theirs.value.value.buckets);
  if (differing.length === 0) return null;

  // repair 2
  const listed = await listAll(run, differing, theirs.value.value.buckets);
  if (!listed.ok) return listed.problem;
  const { wanted, drop } = compare(await localRecords(run, differing), listed.value);

  // repair 3
  for (const ids of pages(drop)) await run.disk(() => run.store.repair({ put: [], drop: ids }));
  return fetchAll(run, wanted);
}

/** What the server lists in these buckets, as many of them in one question as the line may carry the answer to. */
async function listAll(
  run: Run,
  buckets: readonly string[],
  theirs: readonly BucketDigest[],
): Promise<Result<Listed[], SyncProblem>> {
  const counts = new Map(theirs.map(({ bucket, count }) => [bucket, count]));
  const records: Listed[] = [];
  for (let at = 0; at < buckets.length;) {
    const maxBytes = run.line.pull.limit();
    const names = fitting(buckets.slice(at), counts, maxBytes);
    const listed = await run.ask((signal, device) => run.remote.bucket(signal, device, names));
    if (listed.ok) {
      run.line.pull.passed();
      records.push(...listed.value.value.records);
      at += names.length;
    } else if (!mayBeTooMuch(listed.problem) || !run.line.pull.failed(maxBytes)) {
      return listed;
    }
  }
  return { ok: true, value: records };
}

/** An id and a digest as JSON. */
const listedBytes = 96;

/** The first of `buckets`, and those after it, whose listing is within `maxBytes`. */
function fitting(buckets: readonly string[], counts: ReadonlyMap<string, number>, maxBytes: number): string[] {
  let bytes = 0;
  const end = buckets.findIndex((name) => (bytes += (counts.get(name) ?? 0) * listedBytes) > maxBytes);
  return buckets.slice(0, end === -1 ? buckets.length : Math.max(1, end));
}

/** An answer may have room for some of what was asked: the rest is asked for again, until an answer brings nothing. */
async function fetchAll(run: Run, wanted: readonly RecordId[]): Promise<SyncProblem | null> {
  let left = wanted;
  while (left.length > 0) {
    const ids = left.slice(0, pageSize);
    const maxBytes = run.line.pull.limit();
    const reply = await run.ask((signal, device) => run.remote.records(signal, device, ids, maxBytes));
    if (!reply.ok && mayBeTooMuch(reply.problem) && run.line.pull.failed(maxBytes)) continue;
    if (!reply.ok) return reply.problem;
    run.line.pull.passed();
    const { records } = reply.value.value;
    await run.disk(() => run.store.repair({ put: records, drop: [] }));
    const got = new Set(records.map(({ id }) => id));
    // What never comes (gone meanwhile, or forbidden) is left to the next comparison.
    const rest = left.filter((id) => !got.has(id));
    left = rest.length === left.length ? left.slice(pageSize) : rest;
  }
  return null;
}

/** Names of the buckets that are not the same on both sides. */
function differentBuckets(ours: readonly BucketDigest[], theirs: readonly BucketDigest[]): string[] {
  const text = (bucket: BucketDigest | undefined) => (bucket === undefined ? '' : `${bucket.count}:${bucket.digest}`);
  const byName = (buckets: readonly BucketDigest[]) => new Map(buckets.map((bucket) => [bucket.bucket, bucket]));
  const [mine, other] = [byName(ours), byName(theirs)];
  const names = new Set([...mine.keys(), ...other.keys()]);
  return [...names].filter((name) => text(mine.get(name)) !== text(other.get(name))).sort();
}

async function localRecords(run: Run, buckets: readonly string[]): Promise<Listed[]> {
  const records: Listed[] = [];
  for (const bucket of buckets) records.push(...(await run.disk(() => run.store.bucket(bucket))));
  return records;
}

/** What is missing or different here, and what is here and not there. */
function compare(ours: readonly Listed[], theirs: readonly Listed[]): { wanted: RecordId[]; drop: RecordId[] } {
  const mine = new Map(ours.map(({ id, digest }) => [id, digest]));
  const there = new Set(theirs.map(({ id }) => id));
  return {
    wanted: theirs.filter(({ id, digest }) => mine.get(id) !== digest).map(({ id }) => id),
    drop: ours.filter(({ id }) => !there.has(id)).map(({ id }) => id),
  };
}

function pages(ids: readonly RecordId[]): RecordId[][] {
  const list: RecordId[][] = [];
  for (let at = 0; at < ids.length; at += pageSize) list.push(ids.slice(at, at + pageSize));
  return list;
}
