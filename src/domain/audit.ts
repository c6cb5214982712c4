/**
 * The life of one audit: its state is a pure function of which events exist, never a stored field that a late clock
 * could turn back. Which event may be written when is asked by the screen before and by the server again on arrival.
 *
 *   allocated -> in progress -> submitted -> (awaiting moderation) -> final
 *        \____________\______________\___________________________________> voided
 *
 * Closed (submitted or voided) it changes no more, but for its case, corrected by a group that says why (`correction:<id>`).
 */
import type { AllocationValue } from './values.ts';
import { isCorrection, isEvent } from './unit-names.ts';

/** Anything that tells which units a record has: the server's units, the shown units, or a row's plain columns. */
export type UnitSet = Readonly<Record<string, unknown>>;

export type AuditState = 'allocated' | 'in progress' | 'awaiting moderation' | 'final' | 'voided';

/** The state of an audit. `moderated` says whether moderation is due: an allocation that names a moderator. */
export function auditState(units: UnitSet, allocation: Pick<AllocationValue, 'moderator'> | undefined): AuditState {
  if (units['voided'] !== undefined) return 'voided';
  if (units['submitted'] !== undefined) {
    return allocation?.moderator != null && units['agreed'] === undefined ? 'awaiting moderation' : 'final';
  }
  return Object.keys(units).some(isWork) ? 'in progress' : 'allocated';
}

const isWork = (unit: string): boolean => /^(section|checks|voice):|^(overall|concern)$/.test(unit);

export const illegals = [
  'already-submitted',
  'already-voided',
  'already-begun',
  'not-allocated',
  'already-erased',
  'already-corrected',
  'nothing-corrected',
] as const;
export type Illegal = (typeof illegals)[number];

/** The units that one group writes of a record: what `illegalBecause` is told is written together. */
export const unitsWritten = (
  group: readonly { readonly record: string; readonly unit: string }[],
  record: string,
): readonly string[] => group.flatMap((each) => (each.record === record ? [each.unit] : []));

/**
 * Why a unit of an audit may not be written in its present state, or null when it may. `together`: every unit of the audit that
 * the same group writes. A correction goes with the case, and of a closed audit the case only with a correction.
 */
export function illegalBecause(units: UnitSet, unit: string, together: readonly string[] = []): Illegal | null {
  if (unit === 'erased') return null;
  if (units['erased'] !== undefined) return 'already-erased';
  if (isCorrection(unit)) return illegalCorrection(units, unit, together);
  if (unit === 'case' && units['allocation'] !== undefined && together.some(isCorrection)) return null;
  // A hold may be put on a closed audit, and lifted from it.
  if (unit === 'hold' && units['allocation'] !== undefined) return null;
  if (units['voided'] !== undefined) return 'already-voided';
  if (unit === 'voided') return null;
  if (units['allocation'] === undefined && unit !== 'allocation' && unit !== 'case') return 'not-allocated';
  if (unit === 'imported' && Object.keys(units).some(isWork)) return 'already-begun';
  if (units['submitted'] === undefined) return null;
  return isWork(unit) || unit === 'case' || isEvent(unit) ? 'already-submitted' : null;
}

function illegalCorrection(units: UnitSet, unit: string, together: readonly string[]): Illegal | null {
  if (units['allocation'] === undefined) return 'not-allocated';
  if (units[unit] !== undefined) return 'already-corrected';
  return together.includes('case') ? null : 'nothing-corrected';
}

/**
 * Why a unit may not be written although a lead says that it counts: as above, but that an audit which awaits its moderation
 * may still change, all but its events. A final one and a voided one may not.
 */
export function illegalOnBehalf(
  units: UnitSet,
  unit: string,
  together: readonly string[],
  allocation: Pick<AllocationValue, 'moderator'> | undefined,
): Illegal | null {
  const why = illegalBecause(units, unit, together);
  const mayStillChange = auditState(units, allocation) === 'awaiting moderation' && !isEvent(unit);
  return why === 'already-submitted' && mayStillChange ? null : why;
}
