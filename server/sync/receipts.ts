/** The receipts in a reply: each accepted op's proof for a server that has lost its database and kept its key. */

import type { OpResult } from '../../src/protocol/sync.ts';
import type { Receipted, ServerKey } from './server-key.ts';

export function withReceipts(key: ServerKey, ops: readonly Receipted[], results: readonly OpResult[]): OpResult[] {
  const bySeq = new Map(ops.map((op) => [op.seq, op]));
  return results.map((result) => {
    const op = bySeq.get(result.seq);
    if (result.outcome !== 'accepted' || op === undefined) return result;
    return { ...result, receipt: key.receipt(op, result.stamp) };
  });
}
