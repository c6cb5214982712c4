/** Fetches one record in full because a person opens it (protocol: Open). Any tab's worker may: `putOpened` is one transaction. */
import type { RecordId } from '../../src/domain/ids.ts';
import type { Result, SyncProblem } from '../../src/protocol/problem.ts';
import type { LaptopStore } from './laptop-store.ts';
import type { Remote } from './remote.ts';

/** `false` when the server has no such record for this person. */
export async function openRecord(
  signal: AbortSignal,
  { store, remote }: { readonly store: LaptopStore; readonly remote: Remote },
  record: RecordId,
): Promise<Result<boolean, SyncProblem>> {
  const device = await store.device();
  const reply = await remote.open(signal, device, record);
  if (!reply.ok) return reply;
  const opened = reply.value.value.record;
  if (opened === null) return { ok: true, value: false };
  await store.putOpened(opened);
  return { ok: true, value: true };
}
