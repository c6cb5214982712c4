/**
 * Asks for the cube of a board viewer (protocol: Board), of whoever may be one. What is answered is kept until the next; an answer
 * that there is no such thing takes it away. Any other answer leaves the older figures, which say when they were made; what stands
 * in the way of more than the cube is met by the next push or pull.
 */
import type { Run } from './cycle.ts';

export async function askForCube({ store, remote, ...run }: Run): Promise<void> {
  if (!(await run.disk(() => store.mayHaveCube()))) return run.disk(() => store.dropCube());
  const reply = await run.ask((signal, device) => remote.cube(signal, device));
  if (reply.ok) await run.disk(() => store.writeCube(reply.value.value));
  else if (reply.problem.kind === 'not-found') await run.disk(() => store.dropCube());
}
