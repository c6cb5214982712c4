/**
 * Pushes what this person did, in order. Promises:
 *  - what leaves is what the store sealed; a retry sends the same ops again (protocol: seal 1)
 *  - nothing leaves the queue but by `settle`, from a reply whose head is the head we compute
 *  - an answer that does not move the queue on ends the push: it never spins
 */
import { nextHead, type Hash } from '../../src/domain/chain.ts';
import type { Op } from '../../src/domain/record.ts';
import { batchLimitBytes, groupLimitBytes } from '../../src/protocol/op.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { PushReply } from '../../src/protocol/sync.ts';
import type { CycleMode, Run } from './cycle.ts';
import { hotMs, longestHotMs } from './laptop-store.ts';
import { regather } from './regather.ts';
import { askAfterWaiting } from './waiting.ts';

/** Room for the fields around the ops. */
const envelopeBytes = 4 * 1024;
/** How often one push may take a new device id or resend from its first unaccepted op. */
const attempts = 2;

/** Sends until nothing is ready. Answers the problem that ended it, or null. */
export async function push(run: Run, mode: CycleMode): Promise<SyncProblem | null> {
  const wait = mode === 'drain' ? { hotMs: 0, longestMs: 0 } : { hotMs, longestMs: longestHotMs };
  let maxBytes = batchLimitBytes - envelopeBytes;
  let forks = 0;
  let resends = 0;
  let losses = 0;
  for (;;) {
    const ops = await run.disk(() => run.store.sealBatch({ maxBytes, ...wait }));
    const [first] = ops;
    if (first === undefined) return mode === 'drain' ? null : askAfterWaiting(run);
    const cursor = await run.disk(() => run.store.cursor());
    const reply = await run.ask((signal, device) => run.remote.push(signal, device, ops, cursor));
    if (reply.ok) {
      const wrong = misfit(run.store.hash, ops, reply.value.value);
      if (wrong !== null) return wrong;
      await run.disk(() => run.store.settle(reply.value.value, ops, reply.value.serverMs));
      run.unproved();
      continue;
    }
    const { problem } = reply;
    if (problem.kind === 'forked' && ++forks <= attempts) {
      await run.disk(() => run.store.takeNewDevice(run.newDevice()));
    } else if (problem.kind === 'chain' && problem.seq >= first.seq && ++resends <= attempts) {
      // The server is ahead of us: an answer of its was lost. The same ops again bring their stored results (push 3).
    } else if (mode === 'full' && isLoss(problem, first) && ++losses <= attempts) {
      const failed = await regather(run);
      if (failed !== null) return failed;
    } else if (shouldHalve(problem, maxBytes)) {
      maxBytes = Math.max(groupLimitBytes, Math.floor(maxBytes / 2));
    } else {
      return problem;
    }
  }
}

/** The server was restored: its history is another, or it knows less of this device than it has acknowledged. */
const isLoss = (problem: SyncProblem, first: Op): boolean =>
  problem.kind === 'epoch' || (problem.kind === 'chain' && problem.seq < first.seq);

/** A batch that is too large, or that did not get through a thin line in time, is tried in smaller pieces. */
const shouldHalve = ({ kind }: SyncProblem, maxBytes: number): boolean =>
  (kind === 'too-large' || kind === 'timed-out') && maxBytes > groupLimitBytes;

/** What is wrong with a reply to `ops`, or null when it settles some of them and its head is the chain's (push 9). */
function misfit(hash: Hash, ops: readonly Op[], { acceptedTo, head, results }: PushReply): SyncProblem | null {
  const last = ops.find((op) => op.seq === acceptedTo);
  if (last === undefined || nextHead(hash, last.prev, last.leaf) !== head) return { kind: 'not-our-server' };
  const told = new Set(results.map((result) => result.seq));
  const untold = ops.some((op) => op.seq <= acceptedTo && !told.has(op.seq));
  return untold ? { kind: 'not-our-server' } : null;
}
