/**
 * Where a batch meets its device's chain (push 2 to 4): which ops are new, and what was answered for those that are not.
 * Reads only; a problem leaves nothing behind.
 */
import { firstHead } from '../../src/domain/chain.ts';
import type { DeviceId } from '../../src/domain/ids.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { OpResult } from '../../src/protocol/sync.ts';
import { findDevice, type DeviceState } from '../db/devices.ts';
import type { WrittenOp } from '../db/op-row.ts';
import { knownGroups, storedResults } from '../db/ops.ts';
import type { Tx } from '../db/tables.ts';
import { sha256, type Asking } from './context.ts';

export interface Linked {
  /** The device as it was before this batch. */
  readonly device: DeviceState;
  readonly fresh: readonly WrittenOp[];
  /** The stored results of ops that were received before. */
  readonly known: readonly OpResult[];
}

export async function linkBatch(
  tx: Tx,
  { authority, person }: Asking,
  device: DeviceId,
  ops: readonly WrittenOp[],
): Promise<Result<Linked, ServerProblem>> {
  // push 2: the device, known or new. It belongs to one person for ever.
  const state = (await findDevice(tx, authority.id, device)) ?? { person, seq: 0, head: firstHead(sha256, device) };
  if (state.person !== person) return { ok: false, problem: { kind: 'wrong-person' } };

  // push 3: what was received before is answered again, word for word; other content under the same number is a fork.
  const old = ops.filter(({ seq }) => seq <= state.seq);
  const fresh = ops.filter(({ seq }) => seq > state.seq);
  const [from, to] = [old[0]?.seq ?? 0, old.at(-1)?.seq ?? 0];
  const stored = old.length === 0 ? [] : await storedResults(tx, authority.id, device, from, to);
  if (old.some(({ leaf, prev }, i) => stored[i]?.leaf !== leaf || stored[i].prev !== prev))
    return { ok: false, problem: { kind: 'forked' } };

  // push 4: the first new op follows the last one we have.
  const first = fresh[0];
  if (first && (first.seq !== state.seq + 1 || first.prev !== state.head)) {
    return { ok: false, problem: { kind: 'chain', seq: state.seq, head: state.head } };
  }
  // What is decided about a group is decided about what it was then: nothing is added to it.
  const again = await knownGroups(tx, authority.id, device, fresh);
  if (again.size > 0) return { ok: false, problem: { kind: 'bad-request', why: 'a group is here already' } };
  return { ok: true, value: { device: state, fresh, known: stored.map(({ result }) => result) } };
}
