/**
 * Whether a push is taken at all (docs/protocol.md, "Every request and reply", push 2 to 5 and laptops 1), read from the bytes
 * that were sent: shapes, limits, whose it is, whole groups, leaves and the device's chain.
 */
import { firstHead, leafOf, nextHead, valueHash } from '../../../src/domain/chain.ts';
import { kinds, type Op } from '../../../src/domain/record.ts';
import { hash } from '../../server/client.ts';
import { groupsOf, type Known } from './known.ts';

/** What goes over the wire. */
export interface Sent {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose session it goes with; null for none. */
  readonly as: string | null;
}

export type ReadPush =
  /** `used`: with whose device, where the request came so far that it counts as a use of it. */
  | { readonly ok: false; readonly why: string; readonly used: Op['device'] | null }
  | {
      readonly ok: true;
      readonly device: Op['device'];
      readonly ops: readonly Op[];
      readonly headAfter: (op: Op) => string;
    };

const no = (why: string, used: Op['device'] | null = null): ReadPush => ({ ok: false, why, used });

export function readPush({ body, headers, as }: Sent, known: Known): ReadPush {
  if (as === null) return no('no session');
  if (headers['content-type'] !== 'application/json' || headers['x-plumbline'] === undefined) return no('headers');
  if (body.length > 512 * 1024) return no('too many bytes');
  const asked = parsed(body.toString('utf8'));
  if (asked === undefined || !isRequest(asked, as, known)) return no('shape');
  const { ops, device, cursor } = asked as unknown as { ops: readonly Op[]; device: Op['device']; cursor?: unknown };
  if (!ops.every(isOp)) return no('shape of an op');
  if ((known.owners.get(device) ?? as) !== as) return no('somebody else’s device');
  const why = isObject(cursor) ? 'another history' : whyNot(ops, device, as, known);
  return why === null ? { ok: true, device, ops, headAfter } : no(why, device);
}

function whyNot(ops: readonly Op[], device: Op['device'], as: string, known: Known): string | null {
  if (ops.some((op) => op.authority !== known.authority || op.person !== as || op.device !== device)) return 'whose';
  const groups = groupsOf(ops);
  if (groups.some((group) => group.some(({ groupSize }) => groupSize !== group.length))) return 'a part of a group';
  if (new Set(groups.map(([first]) => first?.group)).size < groups.length) return 'a group in two parts';
  if (groups.length > 1 && Buffer.byteLength(JSON.stringify(ops)) > 256 * 1024) return 'too large a batch';
  if (!ops.every((op, at) => isSealed(op) && (at === 0 || isNext(op, ops[at - 1] as Op)))) return 'chain';
  return againstDevice(ops, known);
}

const headAfter = ({ prev, leaf }: Op): string => nextHead(hash, prev, leaf);
const isNext = (op: Op, last: Op): boolean => op.seq === last.seq + 1 && op.prev === headAfter(last);

function againstDevice(ops: readonly Op[], known: Known): string | null {
  const [first] = ops as readonly [Op];
  const device = known.devices.get(first.device);
  const [seq, head] = [device?.seq ?? 0, device?.head ?? firstHead(hash, first.device)];
  const again = ops.filter((op) => op.seq <= seq);
  if (again.some((op) => !isSame(op, device?.taken.get(op.seq)?.op))) return 'a fork';
  const fresh = ops.filter((op) => op.seq > seq);
  if (fresh[0] !== undefined && (fresh[0].seq !== seq + 1 || fresh[0].prev !== head)) return 'a gap';
  return fresh.some(({ group }) => device?.groups.has(group)) ? 'a group again' : null;
}

const isSame = (op: Op, known: Op | undefined): boolean => op.leaf === known?.leaf && op.prev === known.prev;

function isSealed(op: Op): boolean {
  try {
    return op.leaf === leafOf(hash, op, valueHash(hash, op.salt, op.value));
  } catch {
    // What has no canonical text has no leaf.
    return false;
  }
}

const deepest = 15;
const odd = ['__proto__', 'constructor', 'prototype'];

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isTame(value, 1) && isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No key that could reach a prototype, and no more levels than a record needs. */
function isTame(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return false;
  if (!Array.isArray(value) && Object.keys(value).some((key) => odd.includes(key))) return false;
  return Object.values(value).every((child) => isTame(child, depth + 1));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hex = (value: unknown, digits: number): boolean =>
  typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
const whole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
const isOpId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{32}:[1-9][0-9]{0,14}$/.test(value);

/** A cursor of another history is answered with that, and nothing is taken: the fuzzed ones never are of this one. */
function isRequest(asked: Record<string, unknown>, as: string, { authority }: Known): boolean {
  const { protocol, nonce, authority: named, person, device, ops, cursor } = asked;
  const isOurs = protocol === 1 && hex(nonce, 32) && named === authority && person === as && hex(device, 32);
  return isOurs && Array.isArray(ops) && ops.length >= 1 && ops.length <= 2000 && isCursor(cursor);
}

const isCursor = (cursor: unknown): boolean =>
  cursor === undefined ||
  cursor === null ||
  (isObject(cursor) &&
    hex(cursor['epoch'], 32) &&
    whole(cursor['version'], 0, Number.MAX_SAFE_INTEGER) &&
    hex(cursor['head'], 64) &&
    hex(cursor['rights'], 64));

function isOp(op: unknown): boolean {
  if (!isObject(op)) return false;
  const { seq, groupSize, kind, unit, claimed, base, settles, value, leaf, prev } = op;
  return (
    ['authority', 'person', 'device', 'group', 'record', 'salt'].every((name) => hex(op[name], 32)) &&
    whole(seq, 1, 999_999_999_999_999) &&
    whole(groupSize, 1, 1000) &&
    (kinds as readonly unknown[]).includes(kind) &&
    typeof unit === 'string' &&
    /^[a-z][a-z-]{0,31}(:[a-z0-9][a-z0-9_-]{0,63})?$/.test(unit) &&
    isObject(claimed) &&
    whole(claimed['ms'], 0, 8.64e15) &&
    whole(claimed['count'], 0, Number.MAX_SAFE_INTEGER) &&
    (base === null || isOpId(base)) &&
    Array.isArray(settles) &&
    settles.length <= 50 &&
    settles.every(isOpId) &&
    isObject(value) &&
    hex(leaf, 64) &&
    hex(prev, 64)
  );
}
