/**
 * Looks at a batch by itself, before anything is read: that it is this person's and this device's, in order, in whole
 * groups, within the limits, and that each op is what its leaf says (push 5). Pure.
 */
import { leafOf, nextHead, valueHash } from '../../src/domain/chain.ts';
import type { Op } from '../../src/domain/record.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import type { PushRequest } from '../../src/protocol/sync.ts';
import { sha256, type Asking } from './context.ts';

const bad = (why: string): ServerProblem => ({ kind: 'bad-request', why });

/** The first thing that is wrong with a batch, or null. */
export function batchProblem(
  { authority, person }: Asking,
  { device, ops }: Pick<PushRequest, 'device' | 'ops'>,
): ServerProblem | null {
  if (ops.some((op) => op.authority !== authority.id)) return { kind: 'wrong-authority' };
  if (ops.some((op) => op.person !== person)) return { kind: 'wrong-person' };
  if (ops.some((op) => op.device !== device)) return bad('an op is of another device');
  const groups = groupsOf(ops);
  if (groups.some((group) => group.some(({ groupSize }) => groupSize !== group.length)))
    return bad('a group is not whole');
  if (new Set(groups.map(([first]) => first?.group)).size < groups.length) return bad('a group comes in two parts');
  // One group alone may be larger: it is held for its size, so that it blocks nothing.
  if (groups.length > 1 && Buffer.byteLength(JSON.stringify(ops)) > batchLimitBytes) return { kind: 'too-large' };
  const unfit = ops.find((op, i) => op.leaf !== computeLeaf(op) || !follows(op, ops[i - 1]));
  return unfit ? bad(`op ${unfit.seq} does not fit its leaf or its place`) : null;
}

/** Cuts a batch into its groups: neighbours with one group id. */
export function groupsOf(ops: readonly Op[]): Op[][] {
  const groups: Op[][] = [];
  for (const op of ops) {
    const open = groups.at(-1);
    if (open && open[0]?.group === op.group) open.push(op);
    else groups.push([op]);
  }
  return groups;
}

const follows = (op: Op, last: Op | undefined): boolean =>
  last === undefined || (op.seq === last.seq + 1 && op.prev === nextHead(sha256, last.prev, last.leaf));

// The canonical encoding refuses what JSON text can say and a record cannot: -0, half a character. No leaf fits those.
function computeLeaf(op: Op): string | undefined {
  try {
    return leafOf(sha256, op, valueHash(sha256, op.salt, op.value));
  } catch {
    return undefined;
  }
}
