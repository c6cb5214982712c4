/**
 * Looks at a batch by itself, before anything is read: that it is this person's and this device's, in order, in whole
 * groups, within the limits, and that each op is what its leaf says (push 5). Pure. Each value is encoded here, and only here.
 */
import { canonical } from '../../src/domain/canonical.ts';
import { leafOf, nextHead, valueTextHash } from '../../src/domain/chain.ts';
import type { Op } from '../../src/domain/record.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import type { Result, ServerProblem } from '../../src/protocol/problem.ts';
import type { PushRequest } from '../../src/protocol/sync.ts';
import type { WrittenOp } from '../db/op-row.ts';
import { sha256, type Asking } from './context.ts';

const bad = (why: string): Result<never, ServerProblem> => ({ ok: false, problem: { kind: 'bad-request', why } });
const unfit = ({ seq }: Op): Result<never, ServerProblem> => bad(`op ${seq} does not fit its leaf or its place`);

/** The ops of a batch with the text of their values, or the first thing that is wrong with it. */
export function readBatch(
  { authority, person }: Asking,
  { device, ops }: Pick<PushRequest, 'device' | 'ops'>,
): Result<readonly WrittenOp[], ServerProblem> {
  if (ops.some((op) => op.authority !== authority.id)) return { ok: false, problem: { kind: 'wrong-authority' } };
  if (ops.some((op) => op.person !== person)) return { ok: false, problem: { kind: 'wrong-person' } };
  if (ops.some((op) => op.device !== device)) return bad('an op is of another device');
  const groups = groupsOf(ops);
  if (groups.some((group) => group.some(({ groupSize }) => groupSize !== group.length)))
    return bad('a group is not whole');
  if (new Set(groups.map(([first]) => first?.group)).size < groups.length) return bad('a group comes in two parts');
  const written: WrittenOp[] = [];
  for (const op of ops) {
    const text = textOf(op);
    if (text === null) return unfit(op);
    written.push({ ...op, text });
  }
  // One group alone may be larger: it is held for its size, so that it blocks nothing.
  if (groups.length > 1 && batchBytes(written) > batchLimitBytes) return { ok: false, problem: { kind: 'too-large' } };
  const strange = written.find((op, i) => op.leaf !== computeLeaf(op) || !follows(op, ops[i - 1]));
  return strange ? unfit(strange) : { ok: true, value: written };
}

/** Cuts a batch into its groups: neighbours with one group id. */
export function groupsOf<T extends Op>(ops: readonly T[]): T[][] {
  const groups: T[][] = [];
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
function textOf({ value }: Op): string | null {
  try {
    return canonical(value);
  } catch {
    return null;
  }
}

const computeLeaf = (op: WrittenOp): string => leafOf(sha256, op, valueTextHash(sha256, op.salt, op.text));

/** The bytes of the ops as JSON; the canonical text of a value has as many as any other without white space. */
const batchBytes = (ops: readonly WrittenOp[]): number =>
  ops.reduce((sum, { text, ...op }) => {
    const around = JSON.stringify({ ...op, value: 0 });
    return sum + around.length + Buffer.byteLength(text);
  }, 1);
