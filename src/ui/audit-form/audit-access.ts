/** What a person can do with an audit that is on the laptop: edit it, or only read it, and then why; and correct its case. */
import { auditState, illegalBecause } from '../../domain/audit.ts';
import { auditFacts } from '../../domain/facts.ts';
import { shownValue } from '../../domain/fold.ts';
import type { PersonId } from '../../domain/ids.ts';
import { mayWrite, type Standing } from '../../domain/rights.ts';
import { correctionUnit } from '../../domain/unit-names.ts';
import type { AllocationValue } from '../../domain/values.ts';
import type { ShownRecord } from '../../store/view.ts';

export type AuditAccess =
  | 'edit'
  /** Only what lists need has been sent so far; the texts are fetched. */
  | 'columns'
  | 'blind'
  | 'submitted'
  | 'voided'
  | 'not-yours';

export function accessTo(record: ShownRecord, person: PersonId): AuditAccess {
  const allocation = shownValue<AllocationValue>(record.units, 'allocation');
  const state = auditState(record.units, allocation);
  if (record.projection === 'blind') return 'blind';
  if (record.projection === 'columns') return 'columns';
  if (state === 'voided') return 'voided';
  if (state === 'final' || state === 'awaiting moderation') return 'submitted';
  return allocation?.auditor === person ? 'edit' : 'not-yours';
}

/**
 * Whether somebody may correct the case of an audit which is here in full, as the server will judge it: while it is open as they
 * type, and once it is closed with a reason.
 */
export function mayCorrectCase({ units, projection }: ShownRecord, standing: Standing): 'open' | 'closed' | null {
  if (projection === 'columns' || projection === 'blind') return null;
  const isOpen = illegalBecause(units, 'case') === null;
  const written = isOpen ? ['case'] : ['case', correctionUnit('new')];
  if (written.some((unit) => illegalBecause(units, unit, written) !== null)) return null;
  const confirmed = Object.entries(units).flatMap(([unit, shown]) =>
    shown.confirmed === undefined ? [] : [[unit, shown.confirmed] as const],
  );
  const facts = auditFacts(Object.fromEntries(confirmed));
  const may = written.every((unit) => mayWrite(standing, 'audit', unit, facts, facts));
  return may ? (isOpen ? 'open' : 'closed') : null;
}
