/**
 * What people have said of a legal hold. Two who say it unseen by each other leave two versions, and it stands while either says
 * so: both are shown, and whoever decides next settles both.
 */
import { basisOf, type Basis, type ShownUnit } from '../../domain/fold.ts';
import { standingHold } from '../../domain/retention.ts';
import type { HoldValue } from '../../domain/values.ts';

export interface HoldVersions {
  /** The one that shows first. */
  readonly versions: readonly Partial<HoldValue>[];
  /** The hold that stands; null: none. */
  readonly stands: { readonly wholeCase: boolean } | null;
  /** What the next decision stands on: every version, since all of them were shown. */
  readonly basis: Basis;
}

export function holdVersionsOf(unit: ShownUnit | undefined): HoldVersions {
  if (unit === undefined) return { versions: [], stands: null, basis: { base: null, settles: [] } };
  const { value, confirmed, pending } = unit;
  const seen = pending?.seen ?? (confirmed === undefined ? [] : [confirmed.op]);
  const others = confirmed === undefined ? [] : [confirmed, ...confirmed.others].filter(({ op }) => !seen.includes(op));
  const versions = [value, ...others.map((other) => other.value)];
  const basis =
    pending === null && confirmed !== undefined
      ? { base: confirmed.op, settles: confirmed.others.map(({ op }) => op) }
      : basisOf(unit);
  return { versions, stands: standingHold(versions), basis };
}
