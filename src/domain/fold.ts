/**
 * How ops become records. Two pure functions that everything else trusts:
 *
 *   fold     the server lays one op over a unit; what the op's author had not seen is kept in `others`, never dropped
 *   overlay  the laptop lays its own unsettled changes over a confirmed record, computed at each read, never stored
 *
 * An op supersedes the version it is based on, the versions it settles, and its own device's earlier ones. What is left
 * are the heads; the one with the latest stamp shows (ties by device, then seq). So any two deliveries that respect each
 * op's causes give the same unit. Two heads may hold the same value: both stay, since dropping one would make the unit
 * depend on the order of delivery; `othersToSee` leaves such a one out, and an edit settles it (`agreeingOthers`).
 *
 * An op that is delivered again while it or a later op of its device is a head changes nothing. One that others have
 * superseded must not be folded again: a log that takes no op twice sees to that (the chain, docs/protocol.md).
 */
import { sameValue } from './canonical.ts';
import { parseOpId, type OpId } from './ids.ts';
import type { JsonObject } from './canonical.ts';
import type { UnitState, UnitVersion, Units } from './record.ts';
import { compareStamps } from './stamp.ts';

/** What an op stands on: the version its author saw, and those of others that it settles. */
export interface Basis {
  readonly base: OpId | null;
  readonly settles: readonly OpId[];
}

/** What `fold` needs to know of an op. */
export interface Change extends UnitVersion, Basis {}

/** The unit after `change`. Keeps every version that the change's author had not seen. */
export function fold(unit: UnitState | undefined, change: Change): UnitState {
  const version: UnitVersion = { op: change.op, value: change.value, author: change.author, stamp: change.stamp };
  if (unit === undefined) return { ...version, others: [] };
  const versions = [versionOf(unit), ...unit.others];
  if (versions.some((known) => known.op === change.op || isLaterOfSameDevice(known.op, change.op))) return unit;
  const unseen = versions.filter((known) => !supersedes(change, known.op));
  const [shown, ...others] = [version, ...unseen].sort(latestFirst);
  return { ...(shown ?? version), others };
}

/**
 * The unit that a set of changes makes, whatever the order in which they came: what no other change supersedes are its
 * heads. The same unit as `fold` gives for a delivery that respects their causes; undefined for no changes at all.
 */
export function unitOf(changes: readonly Change[]): UnitState | undefined {
  const superseded = new Set(
    changes.flatMap(({ op, base, settles }) =>
      (base === null ? settles : [base, ...settles]).filter((id) => id !== op),
    ),
  );
  const newest = new Map<string, number>();
  for (const change of changes) {
    const { device, seq } = parseOpId(change.op);
    newest.set(device, Math.max(seq, newest.get(device) ?? 0));
  }
  const heads = changes.filter(({ op }) => {
    const { device, seq } = parseOpId(op);
    return !superseded.has(op) && newest.get(device) === seq;
  });
  const [shown, ...others] = heads.map(versionOf).sort(latestFirst);
  return shown && { ...shown, others };
}

const versionOf = ({ op, value, author, stamp }: UnitVersion): UnitVersion => ({ op, value, author, stamp });

function supersedes(change: Change, known: OpId): boolean {
  return change.base === known || change.settles.includes(known) || isLaterOfSameDevice(change.op, known);
}

function isLaterOfSameDevice(later: OpId, earlier: OpId): boolean {
  const a = parseOpId(later);
  const b = parseOpId(earlier);
  return a.device === b.device && a.seq > b.seq;
}

function latestFirst(a: UnitVersion, b: UnitVersion): number {
  return compareStamps(b.stamp, a.stamp) || compareOpIds(b.op, a.op);
}

/** Orders op ids by device, then by number. */
export function compareOpIds(a: OpId, b: OpId): number {
  const x = parseOpId(a);
  const y = parseOpId(b);
  return x.device < y.device ? -1 : x.device > y.device ? 1 : x.seq - y.seq;
}

/** The versions of a unit that someone has to look at: made unseen by the shown one, and saying something else. */
export const othersToSee = (unit: UnitState): readonly UnitVersion[] =>
  unit.others.filter((other) => !sameValue(other.value, unit.value));

/** Others that say what the shown version says: an edit of the shown version settles them without asking anybody. */
export const agreeingOthers = (unit: UnitState): readonly OpId[] =>
  unit.others.filter((other) => sameValue(other.value, unit.value)).map(({ op }) => op);

/** One of this person's changes that the server has not settled yet, oldest first in a list. */
export interface PendingChange extends Basis {
  readonly unit: string;
  readonly value: JsonObject;
}

/** What this person's own unsettled changes of a unit stand on. */
export interface PendingBasis {
  /** What the newest of them was based on, and the next one will be: a version that arrives beneath has not been seen. */
  readonly base: OpId | null;
  /** Every version that one of them was based on or has settled. */
  readonly seen: readonly OpId[];
}

/** A unit as a screen shows it: the confirmed state, and what this person's own unsettled changes over it stand on. */
export interface ShownUnit {
  readonly value: JsonObject;
  /** The confirmed state beneath, or undefined when the server has none. */
  readonly confirmed: UnitState | undefined;
  /** null when no own unsettled change lies over it. */
  readonly pending: PendingBasis | null;
}

export type ShownUnits = Readonly<Record<string, ShownUnit>>;

/** Lays unsettled changes (oldest first) over confirmed units. */
export function overlay(confirmed: Units, pending: readonly PendingChange[]): ShownUnits {
  const shown = new Map<string, ShownUnit>();
  for (const [unit, state] of Object.entries(confirmed)) {
    shown.set(unit, { value: state.value, confirmed: state, pending: null });
  }
  for (const { unit, value, base, settles } of pending) {
    const before = shown.get(unit)?.pending ?? null;
    shown.set(unit, { value, confirmed: confirmed[unit], pending: withChange(before, { base, settles }) });
  }
  return Object.fromEntries(shown);
}

/** What own unsettled changes stand on once one more is laid over `before`. */
export function withChange(before: PendingBasis | null, { base, settles }: Basis): PendingBasis {
  const seen = [...(before?.seen ?? []), ...(base === null ? [] : [base]), ...settles];
  return { base, seen: [...new Set(seen)] };
}

/**
 * What the next change of a unit stands on, by somebody who has `shown` in front of them. Own unsettled changes keep their
 * base: whoever's version has arrived beneath them since was not what this person saw.
 */
export function basisOf(shown: ShownUnit | undefined): Basis {
  if (shown?.pending) return { base: shown.pending.base, settles: [] };
  const confirmed = shown?.confirmed;
  return confirmed === undefined
    ? { base: null, settles: [] }
    : { base: confirmed.op, settles: agreeingOthers(confirmed) };
}

/** The shown value of a unit, or undefined when nobody has given it one. */
export const shownValue = <T>(units: ShownUnits, unit: string): T | undefined =>
  units[unit]?.value as unknown as T | undefined;
