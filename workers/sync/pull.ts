/**
 * Pulls pages after the cursor until the last, then compares. Promises:
 *  - rows, cursor and clock move together in `writePage`, which checks again that the cursor is the one asked with
 *    (receive 1); a cursor that moved meanwhile applies nothing
 *  - three pages at most are under way: one is written while the next is sealed and the server makes the one after it
 *  - a page that did not get through is asked for again in smaller pieces, from the cursor that has been reached
 *  - count and digest are computed here from the rows; the server's are only compared with, never kept (receive 2)
 */
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { Cursor, PullReply } from '../../src/protocol/sync.ts';
import type { Total } from '../../src/store/state.ts';
import type { Run } from './cycle.ts';
import { quiet } from './deadline.ts';
import { mayBeTooMuch } from './line.ts';
import { regather } from './regather.ts';
import type { Answer } from './transport.ts';

export interface Pulled {
  readonly equal: boolean;
  /** The server's time of the last page. */
  readonly serverMs: number;
}

/** How often the cursor may turn out to have moved, or to be of another history, in one pull. */
const attempts = 3;

/** A page that neither ends the pull nor moves it on would be asked for ever. */
const notOurs = { ok: false, problem: { kind: 'not-our-server' } } as const;

/** A page that has been asked for. */
interface Asked {
  readonly asked: Cursor | null;
  readonly maxBytes: number;
  readonly reply: Promise<Result<Answer<PullReply>, SyncProblem>>;
}

export async function pull(run: Run): Promise<Result<Pulled, SyncProblem>> {
  let restarts = 0;
  let received = 0;
  let ahead: Asked | null = null;
  let writing: Promise<'applied' | 'stale'> | null = null;
  for (;;) {
    const { asked, maxBytes, reply: coming }: Asked = ahead ?? ask(run, await run.disk(() => run.store.cursor()));
    ahead = null;
    const reply = await coming;
    if (!reply.ok) {
      // What has arrived before is kept, whatever became of this page.
      await writing;
      writing = null;
      if (mayBeTooMuch(reply.problem) && run.line.pull.failed(maxBytes)) continue;
      // Another history: give back what it lost, then receive everything again (pull 2).
      if (reply.problem.kind !== 'epoch' || ++restarts > attempts) return reply;
      const problem = await regather(run);
      if (problem !== null) return { ok: false, problem };
      continue;
    }
    run.line.pull.passed();
    const { value: page, serverMs } = reply.value;
    await run.disk(() => run.store.learnServerKey(page));
    if (!page.last && page.cursor.version <= (asked?.version ?? 0)) return notOurs;
    if (!page.last) ahead = ask(run, page.cursor);
    const sealed = await run.disk(() => run.store.sealPage(page));
    const before: 'applied' | 'stale' | null = await writing;
    writing = before === 'stale' ? null : quiet(run.disk(() => run.store.writePage(sealed, asked)));
    if (before === 'stale' || (page.last && (await writing) === 'stale')) {
      if (++restarts > attempts) return { ok: false, problem: { kind: 'laptop-failed', why: 'cursor keeps moving' } };
      [ahead, writing] = [null, null];
      continue;
    }
    received += page.records.length;
    run.received(page.last ? null : received);
    if (page.last) return { ok: true, value: { equal: await isEqual(run, page), serverMs } };
  }
}

function ask(run: Run, asked: Cursor | null): Asked {
  const maxBytes = run.line.pull.limit();
  const reply = async (): ReturnType<Run['remote']['pull']> => {
    const [acknowledged, anchor, unsent] = await run.disk(() =>
      Promise.all([run.store.acknowledged(), run.store.anchor(), run.store.unsentBehind([])]),
    );
    return run.ask((signal, device) => run.remote.pull(signal, device, asked, maxBytes, acknowledged, anchor, unsent));
  };
  return { asked, maxBytes, reply: quiet(reply()) };
}

async function isEqual(run: Run, { total }: PullReply): Promise<boolean> {
  if (total === null) return false;
  const isSame = (local: Total): boolean => local.count === total.count && local.digest === total.digest;
  // A sum that does not fit is made again from the rows before it is believed.
  return isSame(await run.disk(() => run.store.total())) || isSame(await run.disk(() => run.store.recount()));
}
