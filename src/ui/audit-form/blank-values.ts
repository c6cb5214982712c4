/** The value of an audit's unit before anybody has given it one: every field there, nothing said. */
import type { JsonObject } from '../../domain/canonical.ts';
import { familyOf } from '../../domain/unit-names.ts';
import type {
  CaseValue,
  ChecksValue,
  ConcernValue,
  OverallValue,
  SectionValue,
  VoiceValue,
} from '../../domain/values.ts';

export const blankCase: CaseValue = { reference: '', initials: null, ageBand: null, header: {} };
export const blankSection: SectionValue = {
  grade: null,
  notApplicable: false,
  notApplicableReason: '',
  evidence: '',
  rationale: '',
};
export const blankChecks: ChecksValue = { answers: {} };
export const blankOverall: OverallValue = { suggested: null, chosen: null, rule: '', reason: '' };
export const blankVoice: VoiceValue = { obtained: null, words: '', because: '' };
export const blankConcern: ConcernValue = { raised: false, told: '', toldAt: null, how: '' };

const blanks: Readonly<Record<string, object>> = {
  case: blankCase,
  'section:*': blankSection,
  'checks:*': blankChecks,
  overall: blankOverall,
  'voice:*': blankVoice,
  concern: blankConcern,
};

/** A fresh value of a unit the form edits. Throws for any other unit. */
export function blankValue(unit: string): JsonObject {
  const blank = blanks[familyOf('audit', unit) ?? ''];
  if (blank === undefined) throw new Error(`The audit form does not edit the unit ${unit}`);
  return blank as JsonObject;
}
