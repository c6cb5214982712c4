/** The id of the form's control that completes something missing. */
import type { Missing } from '../../domain/completeness.ts';
import { fieldId } from './text-box.tsx';

export function fieldOfMissing({ unit, what }: Missing): string {
  switch (what) {
    case 'case-reference':
      return fieldId(unit, 'reference');
    case 'grade':
    case 'overall':
    case 'overall-above-limit':
      return fieldId(unit, 'grade');
    case 'rationale':
      return fieldId(unit, 'rationale');
    case 'not-applicable-reason':
      return fieldId(unit, 'notApplicableReason');
    case 'must-apply':
      return fieldId(unit, 'not-applicable');
    case 'overall-reason':
      return fieldId(unit, 'reason');
    case 'voice':
      return fieldId(unit, 'obtained');
    case 'voice-because':
      return fieldId(unit, 'because');
    default:
      return what satisfies never;
  }
}
