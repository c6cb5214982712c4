/**
 * Hands over everything a laptop has that the server does not, because it is to forget its copy (docs/protocol.md, Laptops 4).
 * Promises:
 *  - it ends without a problem only when the server has said that it has all of it: what was unsent, what could not be sent as
 *    changes, and what a server that was put back has lost
 *  - every step may be repeated: cut off anywhere, the next time does what is left
 */
import type { SyncProblem } from '../../src/protocol/problem.ts';
import { startRun, type CycleDeps, type CycleWatch, type Run } from './cycle.ts';
import { exchangeHeld } from './held.ts';
import { push } from './push.ts';
import { regather } from './regather.ts';

/** How often a change may come in between, or the server turn out to be one that was put back. */
const attempts = 3;

/** `why`: what is said of groups that the server cannot read, which it is told as thrown away, with all that is in them. */
export async function leave(
  deps: CycleDeps,
  signal: AbortSignal,
  watch: CycleWatch,
  why: string,
): Promise<SyncProblem | null> {
  const run = startRun(deps, signal, watch);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const problem = await handOver(run, why);
    if (problem !== null) return problem;
    if ((await run.disk(() => run.store.unsentBehind([]))) > 0) continue;
    const [cursor, acknowledged] = await run.disk(() => Promise.all([run.store.cursor(), run.store.acknowledged()]));
    const left = await run.ask((signalled, device) => run.remote.leave(signalled, device, cursor, acknowledged));
    if (left.ok) return null;
    if (left.problem.kind !== 'epoch') return left.problem;
    const failed = await regather(run);
    if (failed !== null) return failed;
  }
  return { kind: 'not-equal' };
}

async function handOver(run: Run, why: string): Promise<SyncProblem | null> {
  const pushed = await push(run, 'leave');
  if (pushed !== null) return pushed;
  await run.disk(() => run.store.giveAside(why));
  return exchangeHeld(run, 'whole');
}
