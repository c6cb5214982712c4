/**
 * Pushes what this person did, in order. Promises:
 *  - what leaves is what the store sealed; a retry sends the same ops again (protocol: seal 1)
 *  - nothing leaves the queue but by `settle`, from a reply whose head is the head we compute, or as the one group that the
 *    server, by a marked answer, cannot read; a group at which it fails is sent after the others (FAULTS 25)
 *  - one push is under way at a time; meanwhile the answer before it is settled and what comes behind it is sealed, one
 *    after the other
 *  - an answer that does not move the queue on ends the push: it never spins
 */
import { nextHead, type Hash } from '../../src/domain/chain.ts';
import type { Op } from '../../src/domain/record.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { PushReply } from '../../src/protocol/sync.ts';
import type { CycleMode, Run } from './cycle.ts';
import { quiet } from './deadline.ts';
import { hotMs, longestHotMs } from './laptop-store.ts';
import { mayBeTooMuch } from './line.ts';
import { askKnown, regather } from './regather.ts';
import { askAfterWaiting } from './waiting.ts';

/** How often one push may take a new device id or resend from its first unaccepted op. */
const attempts = 2;
/** So many groups in a row that the server cannot read are not the groups' fault. */
const mostSetAside = 5;

/** Sends until nothing is ready. Answers the problem that ended it, or null. */
export async function push(run: Run, mode: CycleMode): Promise<SyncProblem | null> {
  const wait = mode === 'full' ? { hotMs, longestMs: longestHotMs } : { hotMs: 0, longestMs: 0 };
  const line = run.line.push;
  let forks = 0;
  let resends = 0;
  let losses = 0;
  let setAside = 0;
  /** The most bytes of a batch while a group is looked for that the server cannot read, or fails at. */
  let narrowed = Infinity;
  const { doubt } = run;
  /** All else has been sent: now one of those that go last. */
  let isLast = false;
  const seal = (behind: readonly Op[]): Promise<readonly Op[]> => {
    const last = mode === 'drain' ? [] : doubt.last.slice(isLast ? 1 : 0);
    const maxBytes = Math.min(line.limit(), narrowed);
    return run.disk(() => run.store.sealBatch({ maxBytes, ...wait, behind, last }));
  };
  /** The store's work beside a push that is under way: settles the answer before it, then seals what comes behind it. */
  let settled: Promise<void> = Promise.resolve();
  let ahead: Promise<readonly Op[]> = Promise.resolve([]);
  let failure: SyncProblem | null = null;
  doubt.begin();
  for (;;) {
    // What fails to be sealed behind an answer that has come does not keep that from being settled.
    const sealed = await ahead.catch((error: unknown) => settled.then(() => Promise.reject(error)));
    await (sealed.length === 0 ? settled : null);
    const ops = sealed.length === 0 ? await seal([]) : sealed;
    const [first] = ops;
    if (first === undefined) {
      const [next] = mode === 'drain' ? [] : doubt.last;
      if (next === undefined) return failure ?? (mode === 'full' ? askAfterWaiting(run) : null);
      // Nothing of it waits any more.
      if (isLast) doubt.forget(next);
      isLast = true;
      continue;
    }
    const [cursor, unsent] = await run.disk(() => Promise.all([run.store.cursor(), run.store.unsentBehind(ops)]));
    const coming = quiet(run.ask((signal, device) => run.remote.push(signal, device, ops, cursor, unsent)));
    ahead = quiet(settled.then(() => seal(ops)));
    const reply = await coming;
    if (reply.ok) {
      const wrong = misfit(run.store.hash, ops, reply.value.value);
      if (wrong === null) {
        settled = quiet(
          ahead
            .then(nothing, nothing)
            .then(() => run.disk(() => run.store.settle(reply.value.value, ops, reply.value.serverMs))),
        );
        run.unproved();
        line.passed();
        if (doubt.last.length > 0) narrowed = Infinity;
        doubt.passed(ops);
        failure = null;
        setAside = 0;
        continue;
      }
      await ahead;
      return wrong;
    }
    await ahead;
    ahead = Promise.resolve([]);
    const { problem } = reply;
    if (problem.kind === 'forked' && ++forks <= attempts) {
      await run.disk(() => run.store.takeNewDevice(run.newDevice()));
    } else if (problem.kind === 'chain' && problem.seq >= first.seq && ++resends <= attempts) {
      // The server is ahead of us: an answer of its was lost. The same ops again bring their stored results (push 3).
    } else if (mode !== 'drain' && isLoss(problem, first) && ++losses <= attempts) {
      const failed = await regather(run);
      if (failed !== null) return failed;
    } else if (problem.kind === 'bad-request' && ops.some(({ group }) => group !== first.group)) {
      narrowed = Math.floor(sizeOf(ops) / 2);
    } else if (problem.kind === 'bad-request' && ++setAside <= mostSetAside && (await isHeard(run))) {
      await run.disk(() => run.store.setAside(ops, problem.why));
      narrowed = Infinity;
    } else if (problem.kind === 'server-error' && mode !== 'drain') {
      failure = problem;
      const advice = doubt.failed(ops);
      if (advice === 'wait') return problem;
      if (advice === 'halve') narrowed = Math.floor(sizeOf(ops) / 2);
      if (advice === 'last') {
        // A number that the server may have is not given anew.
        if (!(await isFree(run, first))) return problem;
        await run.disk(() => run.store.unseal(ops));
        if (isLast) return problem;
      }
    } else if (!mayBeTooMuch(problem) || !line.failed(sizeOf(ops))) {
      return problem;
    }
  }
}

/** Nothing that is the server answers. */
export const isAway = ({ kind }: SyncProblem): boolean =>
  kind === 'unreachable' || kind === 'timed-out' || kind === 'not-our-server';

/** Whether the server says that it has no op under this number: what was sent and not answered may have been taken. */
async function isFree(run: Run, { device, seq }: Op): Promise<boolean> {
  const known = await askKnown(run, [device]);
  return known.ok && (known.value.get(device) ?? 0) < seq;
}

/** The server was restored: its history is another, or it knows less of this device than it has acknowledged. */
const isLoss = (problem: SyncProblem, first: Op): boolean =>
  problem.kind === 'epoch' || (problem.kind === 'chain' && problem.seq < first.seq);

const nothing = (): void => undefined;

const sizeOf = (ops: readonly Op[]): number => JSON.stringify(ops).length;

/** Whether the server reads our other requests: then what it cannot read is the group, and not all that we say. */
async function isHeard(run: Run): Promise<boolean> {
  const cursor = await run.disk(() => run.store.cursor());
  const unsent = await run.disk(() => run.store.unsentBehind([]));
  const maxBytes = 1;
  const reply = await run.ask((signal, device) =>
    run.remote.pull(signal, device, cursor, maxBytes, 0, undefined, unsent),
  );
  return reply.ok || reply.problem.kind === 'epoch' || reply.problem.kind === 'revoked';
}

/** What is wrong with a reply to `ops`, or null when it settles some of them and its head is the chain's (push 9). */
function misfit(hash: Hash, ops: readonly Op[], { acceptedTo, head, results }: PushReply): SyncProblem | null {
  const last = ops.find((op) => op.seq === acceptedTo);
  if (last === undefined || nextHead(hash, last.prev, last.leaf) !== head) return { kind: 'not-our-server' };
  const told = new Set(results.map((result) => result.seq));
  const untold = ops.some((op) => op.seq <= acceptedTo && !told.has(op.seq));
  return untold ? { kind: 'not-our-server' } : null;
}
