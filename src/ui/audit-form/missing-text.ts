/** What is missing, in words: shortly in the rail, with its section on the read-through. */
import type { Missing } from '../../domain/completeness.ts';
import { sectionById, type Tool, type Voice } from '../../domain/tool.ts';
import { unitSubject } from '../../domain/unit-names.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { fieldOfMissing } from './missing-field.ts';

/** "Missing: rationale, 2 checks"; empty when nothing is. */
export function missingText(missing: readonly Missing[], unanswered: number): string {
  const things = missing.map(({ what }) => say.missingShort[what]);
  const all = unanswered > 0 ? [...things, say.missingChecks(unanswered)] : things;
  return all.length > 0 ? say.missing(all) : '';
}

export interface MissingLink {
  readonly text: string;
  readonly unit: string;
  /** The id of the control that completes it. */
  readonly field: string;
}

/** One line of the read-through's list: what is missing, where, and the control that completes it. */
export function missingLink(tool: Tool, missing: Missing): MissingLink {
  const subject = unitSubject(missing.unit);
  const where = missing.unit.startsWith('section:')
    ? (sectionById(tool, subject)?.title ?? subject)
    : missing.unit.startsWith('voice:')
      ? say.voice[subject as Voice].title
      : missing.unit === 'overall'
        ? say.overall
        : say.case;
  return {
    text: say.missingLine(where, say.missingLong[missing.what]),
    unit: missing.unit,
    field: fieldOfMissing(missing),
  };
}
