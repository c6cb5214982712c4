/**
 * Judges one group (push 6): what its records would be with all of it applied, and whether it may be. Pure; the rules that
 * need other records are asked afterwards, in `rules`.
 */
import { illegalBecause, illegalOnBehalf, unitsWritten, type Illegal } from '../../src/domain/audit.ts';
import { auditFacts, writtenFacts } from '../../src/domain/facts.ts';
import { fold } from '../../src/domain/fold.ts';
import { opId, type RecordId } from '../../src/domain/ids.ts';
import { unitValue, type Kind, type Op, type Units } from '../../src/domain/record.ts';
import { mayDecide, mayWrite, type Standing, type WriteFacts, type Written } from '../../src/domain/rights.ts';
import { orderingStamp } from '../../src/domain/stamp.ts';
import { isEvent, settingsId } from '../../src/domain/unit-names.ts';
import type { AllocationValue } from '../../src/domain/values.ts';
import { groupLimitBytes } from '../../src/protocol/op.ts';
import type { HeldCode } from '../../src/protocol/problem.ts';
import { checkValue } from '../../src/protocol/values.ts';
import type { WrittenOp } from '../db/op-row.ts';
import { reasonLine } from './reason-line.ts';

/**
 * The most that a record may grow to, in bytes of JSON: some hundred audits as people write them. A page holds one record at least, so a larger
 * one could stop everybody who is sent it from ever pulling what comes after.
 */
export const recordLimitBytes = 4 * 1024 * 1024;

export interface Reason {
  readonly code: HeldCode;
  readonly why: string;
}

export interface RecordState {
  readonly kind: Kind;
  readonly units: Units;
}

/** Either every record the group changes, as it would be, or a reason for each op that may not be accepted. */
export type Judgement =
  | { readonly ok: true; readonly after: ReadonlyMap<RecordId, RecordState> }
  | { readonly ok: false; readonly reasons: ReadonlyMap<Op, Reason> };

/** The records of a group as they stand. */
export type Before = ReadonlyMap<RecordId, RecordState>;

/** Judges what a person writes, by their own rights. */
export const judgeGroup = (
  group: readonly WrittenOp[],
  before: Before,
  standing: Standing,
  receivedMs: number,
): Judgement =>
  judge(group, before, receivedMs, {
    illegal: illegalBecause,
    mayWrite: (op, was, is) => mayWrite(standing, op.kind, op.unit, writtenIn(op, was), writtenIn(op, is)),
  });

/** Judges a held group that a lead accepts on its author's behalf: the lead's rights stand for the author's (held 5). */
export const judgeOnBehalf = (
  group: readonly WrittenOp[],
  before: Before,
  lead: Standing,
  receivedMs: number,
): Judgement =>
  judge(group, before, receivedMs, {
    illegal: (units, unit, together) =>
      illegalOnBehalf(units, unit, together, unitValue<AllocationValue>(units, 'allocation')),
    mayWrite: (op, was, is) => {
      const isNew = was === undefined;
      const within = (facts: WriteFacts | null): boolean =>
        mayDecide(lead, op.person, op.kind, op.unit, { facts, isNew });
      return within(factsOf(is)) && (isNew || within(factsOf(was)));
    },
  });

interface Rules {
  readonly illegal: (units: Units, unit: string, together: readonly string[]) => Illegal | null;
  readonly mayWrite: (op: Op, before: RecordState | undefined, after: RecordState | undefined) => boolean;
}

function judge(group: readonly WrittenOp[], before: Before, receivedMs: number, rules: Rules): Judgement {
  const tooLarge = sizeReason(group);
  const invalid = reasonsFor(group, (op) => valueReason(op) ?? tooLarge);
  if (invalid.size > 0) return { ok: false, reasons: invalid };

  const after = new Map(before);
  const closed = new Map<Op, Reason>();
  for (const op of group) {
    const { kind, units } = after.get(op.record) ?? { kind: op.kind, units: {} };
    const illegal = op.kind === 'audit' ? rules.illegal(units, op.unit, unitsWritten(group, op.record)) : null;
    if (illegal !== null) closed.set(op, { code: isInvalid(illegal) ? 'invalid' : 'closed', why: illegal });
    after.set(op.record, { kind, units: withOp(units, op, receivedMs) });
  }

  const forbidden = reasonsFor(group, (op) => rightsReason(op, before.get(op.record), after.get(op.record), rules));
  if (forbidden.size > 0) return { ok: false, reasons: forbidden };
  if (closed.size > 0) return { ok: false, reasons: closed };
  const swollen = swollenBy(group, before, after);
  return swollen.size > 0 ? { ok: false, reasons: swollen } : { ok: true, after };
}

/**
 * The ops by which a record grows beyond its limit. One that is larger already may shrink. What ends an audit, or keeps it from being erased, is
 * never kept out by what others have written there; nor is the server's pen by the settings, where it notes what was done.
 */
function swollenBy(
  group: readonly Op[],
  before: Before,
  after: ReadonlyMap<RecordId, RecordState>,
): ReadonlyMap<Op, Reason> {
  const grows = group.filter(({ kind, unit }) => kind !== 'settings' && !isEvent(unit) && !isUnbounded.has(unit));
  const tooLarge = new Set(
    [...new Set(grows.map(({ record }) => record))].filter((record) => {
      if (isSmall(after.get(record))) return false;
      const bytes = bytesOf(after.get(record));
      return bytes > recordLimitBytes && bytes > bytesOf(before.get(record));
    }),
  );
  return reasonsFor(grows, ({ record }) =>
    tooLarge.has(record) ? { code: 'invalid', why: 'the record is too large' } : null,
  );
}

const isUnbounded: ReadonlySet<string> = new Set(['hold', 'erased']);

/** The most that a version takes: a value is no larger than a group, and beside it stand its op, author, stamp and unit. */
const versionBytes = groupLimitBytes + 2 * 1024;

/** Whether a record has too few versions to reach its limit, whatever is in them: measuring each record of each group would cost more than judging it. */
const isSmall = (state: RecordState | undefined): boolean =>
  Object.values(state?.units ?? {}).reduce((sum, { others }) => sum + 1 + others.length, 0) * versionBytes <=
  recordLimitBytes;

const bytesOf = (state: RecordState | undefined): number =>
  state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state.units));

const isInvalid = (illegal: Illegal): boolean => illegal === 'not-allocated' || illegal === 'nothing-corrected';

function reasonsFor(group: readonly Op[], ask: (op: Op) => Reason | null): Map<Op, Reason> {
  const found = group.map((op) => [op, ask(op)] as const).filter((entry): entry is [Op, Reason] => entry[1] !== null);
  return new Map(found);
}

function valueReason(op: Op): Reason | null {
  const bad = checkValue(op.kind, op.unit, op.value);
  if (bad !== null) return { code: 'invalid', why: reasonLine(`${bad.field}: ${bad.why}`) };
  if (isEvent(op.unit) && op.value['by'] !== op.person)
    return { code: 'invalid', why: 'by: not the person who writes it' };
  if (op.kind === 'settings' && op.record !== settingsId) return { code: 'invalid', why: 'not the settings record' };
  return null;
}

function sizeReason(group: readonly WrittenOp[]): Reason | null {
  const bytes = group.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return bytes > groupLimitBytes ? { code: 'invalid', why: 'the group is too large' } : null;
}

function rightsReason(
  op: Op,
  before: RecordState | undefined,
  after: RecordState | undefined,
  rules: Rules,
): Reason | null {
  // A record keeps the kind it began with, also when this group begins it.
  const allowed = after?.kind === op.kind && rules.mayWrite(op, before, after);
  return allowed ? null : { code: 'not-allowed', why: '' };
}

/** The facts of an audit; null for a record of another kind, or none. */
export const factsOf = (record: RecordState | undefined): WriteFacts | null =>
  record?.kind === 'audit' ? auditFacts(record.units) : null;

const writtenIn = ({ record }: Op, state: RecordState | undefined): Written =>
  state === undefined ? null : writtenFacts(state.kind, record, state.units);

function withOp(units: Units, op: Op, receivedMs: number): Units {
  const change = {
    op: opId(op.device, op.seq),
    value: op.value,
    author: op.person,
    stamp: orderingStamp(op.claimed, receivedMs),
    base: op.base,
    settles: op.settles,
  };
  return { ...units, [op.unit]: fold(units[op.unit], change) };
}
