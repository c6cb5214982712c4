/** What a person can do with an audit that is on the laptop: edit it, or only read it, and then why. */
import { auditState } from '../../domain/audit.ts';
import { shownValue } from '../../domain/fold.ts';
import type { PersonId } from '../../domain/ids.ts';
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
