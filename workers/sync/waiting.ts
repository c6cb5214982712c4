/** Asks what has become of the ops that wait on the server, and settles those that have come in or are held (protocol: Waiting). */
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Op } from '../../src/domain/record.ts';
import type { SyncProblem } from '../../src/protocol/problem.ts';
import type { Run } from './cycle.ts';

/** As many as one request may name. */
const asked = 2000;

export async function askAfterWaiting(run: Run): Promise<SyncProblem | null> {
  const byDevice = new Map<DeviceId, Op[]>();
  for (const op of await run.disk(() => run.store.waiting())) {
    byDevice.set(op.device, [...(byDevice.get(op.device) ?? []), op]);
  }
  for (const [device, all] of byDevice) {
    const ops = all.slice(0, asked);
    const seqs = ops.map(({ seq }) => seq);
    const reply = await run.ask((signal) => run.remote.outcomes(signal, device, seqs));
    if (!reply.ok) return reply.problem;
    const { value, serverMs } = reply.value;
    if (value.results.some(({ outcome }) => outcome === 'accepted')) run.unproved();
    await run.disk(() => run.store.settleWaiting(device, ops, value.results, serverMs));
  }
  return null;
}
