/**
 * Pulls pages after the cursor until the last, then compares. Promises:
 *  - rows, cursor and clock move together in `applyPage`, which checks again that the cursor is the one asked with
 *    (receive 1); a cursor that moved meanwhile applies nothing
 *  - a page that did not get through is asked for again in smaller pieces, from the cursor that has been reached
 *  - count and digest are computed here from the rows; the server's are only compared with, never kept (receive 2)
 */
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { PullReply } from '../../src/protocol/sync.ts';
import type { Run } from './cycle.ts';
import { mayBeTooMuch } from './line.ts';
import { regather } from './regather.ts';

export interface Pulled {
  readonly equal: boolean;
  /** The server's time of the last page. */
  readonly serverMs: number;
}

/** How often the cursor may turn out to have moved, or to be of another history, in one pull. */
const attempts = 3;

/** A page that neither ends the pull nor moves it on would be asked for ever. */
const notOurs = { ok: false, problem: { kind: 'not-our-server' } } as const;

export async function pull(run: Run): Promise<Result<Pulled, SyncProblem>> {
  const line = run.line.pull;
  let restarts = 0;
  let received = 0;
  for (;;) {
    const asked = await run.disk(() => run.store.cursor());
    const acknowledged = await run.disk(() => run.store.acknowledged());
    const maxBytes = line.limit();
    const reply = await run.ask((signal, device) => run.remote.pull(signal, device, asked, maxBytes, acknowledged));
    if (!reply.ok) {
      if (mayBeTooMuch(reply.problem) && line.failed(maxBytes)) continue;
      // Another history: give back what it lost, then receive everything again (pull 2).
      if (reply.problem.kind !== 'epoch' || ++restarts > attempts) return reply;
      const problem = await regather(run);
      if (problem !== null) return { ok: false, problem };
      continue;
    }
    line.passed();
    const { value: page, serverMs } = reply.value;
    await run.disk(() => run.store.learnServerKey(page));
    if (!page.last && page.cursor.version <= (asked?.version ?? 0)) return notOurs;
    if ((await run.disk(() => run.store.applyPage(page, asked))) === 'stale') {
      if (++restarts > attempts) return { ok: false, problem: { kind: 'laptop-failed', why: 'cursor keeps moving' } };
      continue;
    }
    received += page.records.length;
    run.received(page.last ? null : received);
    if (page.last) return { ok: true, value: { equal: await isEqual(run, page), serverMs } };
  }
}

async function isEqual(run: Run, { total }: PullReply): Promise<boolean> {
  const local = await run.disk(() => run.store.total());
  return total !== null && local.count === total.count && local.digest === total.digest;
}
