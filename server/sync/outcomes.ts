/** What has become of ops that a laptop was told are waiting (waiting 4). */
import type { OutcomesReply } from '../../src/protocol/sync.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import { findDevice } from '../db/devices.ts';
import { storedResults } from '../db/ops.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { withReceipts } from './receipts.ts';
import type { ServerKey } from './server-key.ts';

export async function readOutcomes(
  tx: Tx,
  { authority, person }: Asking,
  key: ServerKey,
  { device, seqs }: { readonly device: DeviceId; readonly seqs: readonly number[] },
): Promise<OutcomesReply> {
  const owner = (await findDevice(tx, authority.id, device))?.person;
  if (owner !== person) return { results: [] };
  const wanted = new Set(seqs);
  const stored = await storedResults(tx, authority.id, device, Math.min(...seqs), Math.max(...seqs));
  const asked = stored.filter(({ result }) => wanted.has(result.seq));
  const ops = asked.map(({ result: { seq }, leaf }) => ({ authority: authority.id, device, seq, leaf }));
  return {
    results: withReceipts(
      key,
      ops,
      asked.map(({ result }) => result),
    ),
  };
}
