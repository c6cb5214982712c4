/**
 * How long an audit may say whose case it is. A council sets a period, for all or for a cycle; it runs from the last change of
 * a closed audit. A legal hold suspends it. When it has passed, what identifies somebody is erased and what is counted stays
 * (UK GDPR Article 5(1)(e); FAULTS S30).
 */
import type { Json, JsonObject } from './canonical.ts';
import { canonical } from './canonical.ts';
import type { Hash } from './chain.ts';
import { splitValue } from './fields.ts';
import { unitValue, type UnitState, type Units } from './record.ts';
import type { AllocationValue, CaseValue, HoldValue, ImportedValue, RetentionValue } from './values.ts';
import { familyOf, isCorrection } from './unit-names.ts';

/** A period takes effect only so long after it was set, and nothing goes sooner after its last change: a slip erases nothing. */
export const graceMs = 7 * 24 * 60 * 60 * 1000;

/** The period for audits of a cycle, in months; null: kept. */
export function monthsFor(retention: RetentionValue, cycle: string | null): number | null {
  const own = retention.cycles.find((each) => each.cycle === cycle);
  return own === undefined ? retention.months : own.months;
}

/**
 * When an audit was last changed, by the order of the server; of one that came in with a file, the day of its row. That its case
 * was corrected after it was closed prolongs nothing: of such an audit the case does not count.
 */
export function lastChangedMs(units: Units): number {
  const day = unitValue<ImportedValue>(units, 'imported')?.day;
  if (day != null) return dayMs(day);
  const corrected = Object.keys(units).some(isCorrection);
  const counted = Object.entries(units).filter(
    ([unit]) => unit !== 'hold' && unit !== 'erased' && !(corrected && (unit === 'case' || isCorrection(unit))),
  );
  return Math.max(0, ...counted.map(([, { stamp }]) => stamp.ms));
}

/** When the server received what an audit has, by its own clock, which no laptop and no file can set. */
export interface Received {
  /** The newest op, whatever became of it. */
  readonly lastMs: number;
  /** What closed it: the newest accepted `submitted` or `voided`; 0: none. */
  readonly closedMs: number;
}

/**
 * When an audit's content is due to go; null while it is open, already erased, or kept. The period runs from its last change,
 * and of one that was closed here from no earlier than that reached the server; nothing is due within `graceMs` of what came
 * last. A hold, and work that nobody has looked at, are asked apart.
 */
export function dueMs(units: Units, retention: RetentionValue, { lastMs, closedMs }: Received): number | null {
  const isClosed = units['submitted'] !== undefined || units['voided'] !== undefined;
  if (!isClosed || units['erased'] !== undefined) return null;
  const months = monthsFor(retention, unitValue<AllocationValue>(units, 'allocation')?.cycle ?? null);
  if (months === null) return null;
  const changedMs = lastChangedMs(units);
  const isDated = unitValue<ImportedValue>(units, 'imported')?.day != null;
  return Math.max(addMonths(isDated ? changedMs : Math.max(changedMs, closedMs), months), lastMs + graceMs);
}

/** What is due within this time of coming in is said before it comes in. */
export const soonMs = 90 * 24 * 60 * 60 * 1000;

/**
 * Of audits that come in with a file now, by the days of their rows: how many would go as soon as anything may, and how many more
 * within `soonMs`. What has no day is as old as its coming in.
 */
export function dueOnArrival(
  perDay: ReadonlyMap<string, number>,
  retention: RetentionValue,
  nowMs: number,
): { readonly atOnce: number; readonly soon: number } {
  const months = monthsFor(retention, null);
  const until = (ms: number): number =>
    [...perDay].reduce(
      (sum, [day, count]) => (addMonths(dayMs(day), months ?? 0) <= nowMs + ms ? sum + count : sum),
      0,
    );
  if (months === null) return { atOnce: 0, soon: 0 };
  const atOnce = until(graceMs);
  return { atOnce, soon: until(soonMs) - atOnce };
}

const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The same day so many months later, or the last day of that month. */
function addMonths(ms: number, months: number): number {
  const from = new Date(ms);
  const to = new Date(ms);
  to.setUTCMonth(from.getUTCMonth() + months);
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to.getTime();
}

/** The hold that stands, given every version of the unit: while one of them that nobody has settled is on. Null: none. */
export function standingHold(
  versions: readonly Partial<Pick<HoldValue, 'on' | 'wholeCase'>>[],
): { readonly wholeCase: boolean } | null {
  const on = versions.filter((version) => version.on === true);
  return on.length === 0 ? null : { wholeCase: on.some(({ wholeCase }) => wholeCase === true) };
}

export function holdOf(units: Units): { readonly wholeCase: boolean } | null {
  const hold = units['hold'];
  return hold === undefined ? null : standingHold([hold, ...hold.others].map(({ value }) => value));
}

export const referenceOf = (units: Units): string => unitValue<CaseValue>(units, 'case')?.reference ?? '';

/** Two references are of one case when they differ in case and spaces alone. */
export const caseKey = (reference: string): string => reference.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/** What stands for an erased reference: every audit has one. */
export const erasedReference = '\u2014';

/** What a field may hold that is not of the kind of what it held. */
const blanks: Readonly<Record<string, Json>> = {
  'case.reference': erasedReference,
  'case.initials': null,
  'case.ageBand': null,
  'correction:*.reason': erasedReference,
  'concern.toldAt': null,
  'imported.row': '0'.repeat(64),
};

/** A value without what identifies somebody: its plain fields stay, every other one is blank, and still of its schema. */
export function erasedValue(kind: string, unit: string, value: JsonObject): JsonObject {
  const { plain, list, text } = splitValue(kind, unit, value);
  const family = familyOf(kind, unit) ?? unit;
  const blank = Object.entries({ ...list, ...text }).map(([field, was]) => {
    const key = `${family}.${field}`;
    return [field, Object.hasOwn(blanks, key) ? (blanks[key] ?? null) : blankOf(was)] as const;
  });
  return { ...plain, ...Object.fromEntries(blank) };
}

function blankOf(value: Json): Json {
  if (typeof value === 'string') return '';
  if (typeof value === 'boolean') return false;
  if (Array.isArray(value)) return [];
  return typeof value === 'object' && value !== null ? {} : null;
}

/** The same of every version of every unit. */
export const erasedUnits = (kind: string, units: Units): Units =>
  Object.fromEntries(
    Object.entries(units).map(([unit, state]): [string, UnitState] => {
      const others = state.others.map((other) => ({ ...other, value: erasedValue(kind, unit, other.value) }));
      return [unit, { ...state, value: erasedValue(kind, unit, state.value), others }];
    }),
  );

/** What is left of each op of an erased audit. */
export interface KeptOp {
  readonly device: string;
  readonly seq: number;
  readonly value: JsonObject;
}

/** Holds what was left: an erased op's leaf can no longer speak for its value. */
export const keptHash = (hash: Hash, ops: readonly KeptOp[]): string =>
  hash(
    canonical([
      'plumbline.kept.1',
      ...[...ops]
        .sort((a, b) => (a.device < b.device ? -1 : a.device > b.device ? 1 : a.seq - b.seq))
        .map(({ device, seq, value }) => [device, seq, value]),
    ]),
  );
