/** Tells the server's log of a loss. By hand, beside the cycles: the store may be what has been lost. */
import type { Loss } from '../../src/protocol/loss.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import { lossReplySchema, paths } from '../../src/protocol/sync.ts';
import type { SyncTicket } from '../../src/protocol/threads.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Transport } from './transport.ts';

export async function tellLoss(
  transport: Pick<Transport, 'post'>,
  { authority, person }: SyncTicket,
  loss: Loss,
): Promise<Result<null, SyncProblem>> {
  const request = { protocol: protocolVersion, authority, person, device: loss.device, loss };
  const answer = await transport.post(new AbortController().signal, paths.loss, request, lossReplySchema);
  return answer.ok ? { ok: true, value: null } : answer;
}
