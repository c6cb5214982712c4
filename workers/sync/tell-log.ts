/** Tells the server's log what happened on the laptop. By hand, beside the cycles: the store may be what has been lost. */
import type { ExportNote } from '../../src/protocol/export.ts';
import type { Loss } from '../../src/protocol/loss.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import { loggedReplySchema, paths } from '../../src/protocol/sync.ts';
import type { SyncTicket } from '../../src/protocol/threads.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import type { Transport } from './transport.ts';

export type Told = { readonly loss: Loss } | { readonly exported: ExportNote };

export async function tellLog(
  transport: Pick<Transport, 'post'>,
  { authority, person, device }: SyncTicket,
  told: Told,
): Promise<Result<null, SyncProblem>> {
  const path = 'loss' in told ? paths.loss : paths.exported;
  const from = 'loss' in told ? told.loss.device : device;
  const request = { protocol: protocolVersion, authority, person, device: from, ...told };
  const answer = await transport.post(new AbortController().signal, path, request, loggedReplySchema);
  return answer.ok ? { ok: true, value: null } : answer;
}
