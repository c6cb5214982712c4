/**
 * Writes that wait at the same time share one transaction, and so one wait for the disk (docs/decisions/0025). To each of them it
 * is as if it had been alone:
 *
 *   - they run one after the other, in the order in which they came, and each sees what those before it wrote;
 *   - one that throws undoes itself alone, under a savepoint;
 *   - nobody is answered before the commit, also not whoever threw: what they saw might never have happened;
 *   - when the whole transaction fails, each is done again by itself, so that nobody bears what another one caused: then in
 *     whatever order they get their turn, also after writes that came later. Only when the commit was under way and nobody can
 *     say whether it happened all of them fail, and none is done again.
 *
 * A body may so run more than once, and only the last time counts.
 */
import { setImmediate } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { savepoint } from './savepoint.ts';
import type { Tx } from './tables.ts';

type Body<T> = (tx: Tx) => Promise<T>;

export interface Writer extends Pick<Engine, 'failureOf' | 'undoesUnavailable' | 'markTold'> {
  /** One transaction. Calls `committing` when the body is done, before the commit. */
  once<T>(body: Body<T>, committing: () => void): Promise<T>;
  /** One that has failed once already, by itself, and again while that is safe and may help. */
  again<T>(body: Body<T>): Promise<T>;
}

/** No further write joins a transaction that has so many: the first of them waits for the last. */
const most = 16;

interface Waiting {
  readonly body: Body<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

type Verdict = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };

/** Answers how to write: it resolves after the commit is on disk; a throw changes nothing. */
export function shareCommits(writer: Writer): <T>(body: Body<T>) => Promise<T> {
  const queue: Waiting[] = [];
  let isRunning = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (queue.length > 0) {
      // Requests that lie in their sockets are read first. SQLite answers without a pause, so nothing would ever join otherwise.
      await setImmediate();
      await writeTogether(writer, queue);
    }
    isRunning = false;
  };
  return <T>(body: Body<T>) =>
    new Promise<T>((resolve, reject) => {
      queue.push({ body, resolve: resolve as (value: unknown) => void, reject });
      if (!isRunning) void run();
    });
}

/** One transaction with those who wait, and with those who come while it lasts. */
async function writeTogether(writer: Writer, queue: Waiting[]): Promise<void> {
  const taken: Waiting[] = [];
  const verdicts: Verdict[] = [];
  let isCommitting = false;
  const takeAll = async (tx: Tx): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      taken.push(next);
      // One by itself needs no savepoint: the transaction is.
      const isAlone = taken.length === 1 && queue.length === 0;
      verdicts.push(isAlone ? { ok: true, value: await next.body(tx) } : await takeOne(writer, tx, next.body));
      if (taken.length === most) return;
    }
  };
  try {
    await writer.once(takeAll, () => void (isCommitting = true));
  } catch (error) {
    const hasBegun = taken.length > 0;
    if (!hasBegun) taken.push(...queue.splice(0));
    const isAnothers = hasBegun && taken.length > 1;
    const mayHelp = {
      undone: true,
      lost: !isCommitting,
      unavailable: isAnothers && (!isCommitting || writer.undoesUnavailable),
      other: isAnothers && !isCommitting,
    }[writer.failureOf(error)];
    for (const { body, resolve, reject } of taken) {
      if (mayHelp) void writer.again(body).then(resolve, reject);
      else reject(error);
    }
    return;
  }
  taken.forEach(({ resolve, reject }, i) => {
    const verdict = verdicts[i];
    if (verdict?.ok === true) resolve(verdict.value);
    else reject(verdict?.error);
  });
}

/** One among others: what it throws is its own, unless it says something of the database. */
async function takeOne(writer: Writer, tx: Tx, body: Body<unknown>): Promise<Verdict> {
  const takeBack = writer.markTold();
  const { verdict } = await savepoint(tx, async () => {
    const tried = await tryOne(writer, tx, body);
    return { keep: tried.ok, verdict: tried };
  });
  if (!verdict.ok) takeBack();
  return verdict;
}

async function tryOne(writer: Writer, tx: Tx, body: Body<unknown>): Promise<Verdict> {
  try {
    return { ok: true, value: await body(tx) };
  } catch (error) {
    if (writer.failureOf(error) !== 'other') throw error;
    return { ok: false, error };
  }
}
