/**
 * Asks for the cube of a board viewer (protocol: Board), of whoever may be one. What is answered is kept until the next; an answer
 * that there is no such thing takes it away.
 */
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { Run } from './cycle.ts';

export async function askForCube({ store, remote, ...run }: Run): Promise<SyncProblem | null> {
  if (!(await run.disk(() => store.mayHaveCube()))) {
    await run.disk(() => store.dropCube());
    return null;
  }
  const reply = await run.ask((signal, device) => remote.cube(signal, device));
  if (reply.ok) await run.disk(() => store.writeCube(reply.value.value));
  else if (reply.problem.kind !== 'not-found') return reply.problem;
  else await run.disk(() => store.dropCube());
  return null;
}
