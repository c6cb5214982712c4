/**
 * Audits of an authority that does not exist, of the size that real ones have: 8 to 12 graded sections with 50 to 400 words
 * each. The same number gives the same audit, in a browser and in Node; only ids differ.
 */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { AllocationValue } from '../../../src/domain/values.ts';

/** Where an audit belongs, and whose it is. */
export interface Place {
  readonly service: string;
  readonly team: string;
  readonly auditor: string;
}

export interface Unit {
  readonly unit: string;
  readonly value: JsonObject;
}

const sections = [
  ...['allocation-start', 'child-seen', 'history-chronology', 'risk-analysis', 'identity-diversity'],
  ...[
    'parents-partners',
    'section-47',
    'timeliness-recording',
    'decision-plan',
    'outcomes',
    'supervision',
    'recording',
  ],
];
const grades = ['outstanding', 'good', 'good', 'requires-improvement', 'requires-improvement', 'inadequate'];
const vocabulary =
  'made up text of a child plan visit record risk family school team view word seen home safe week step need told asked'.split(
    ' ',
  );
const [fewestSections, mostSections] = [8, 12];
const [fewestWords, mostWords] = [50, 400];

/** Texts are made once and shared by audits: making a hundred thousand new ones would take longer than sending them. */
const texts: readonly string[] = Array.from({ length: 97 }, (_, at) =>
  textOf(fewestWords + Math.round((at / 96) * (mostWords - fewestWords)), at),
);

function textOf(words: number, seed: number): string {
  const word = (at: number): string => vocabulary[(at * 7 + seed * 13 + at * at) % vocabulary.length] ?? '';
  return Array.from({ length: words }, (_, at) => word(at)).join(' ');
}

/** One audit as the groups in which a person makes it: case and allocation, section after section, overall, submitted. */
export function madeUpAudit(number: number, place: Place, atMs: number): readonly (readonly Unit[])[] {
  const count = fewestSections + (number % (mostSections - fewestSections + 1));
  const grade = grades[number % grades.length] ?? 'good';
  const value = { suggested: grade, chosen: grade, rule: 'overall-rules-1', reason: '' };
  return [
    [
      { unit: 'case', value: { reference: `CASE-${100_000 + number}`, initials: null, ageBand: null, header: {} } },
      { unit: 'allocation', value: allocation(place, atMs) },
    ],
    ...sections
      .slice(0, count)
      .map((section, at) => [{ unit: `section:${section}`, value: sectionValue(number * mostSections + at) }]),
    [{ unit: 'overall', value }],
    [{ unit: 'submitted', value: { by: place.auditor, at: atMs, reason: '' } }],
  ];
}

/** Evidence and rationale together have the words of one text. */
function sectionValue(seed: number): JsonObject {
  const text = texts[(seed * 31) % texts.length] ?? '';
  const cut = Math.floor(text.length * 0.75);
  return {
    grade: grades[(seed * 5) % grades.length] ?? 'good',
    notApplicable: false,
    notApplicableReason: '',
    evidence: text.slice(0, cut),
    rationale: text.slice(cut),
  };
}

const allocation = ({ service, team, auditor }: Place, atMs: number): JsonObject =>
  ({
    ...{ tool: 'assessment-service@1.0.0', service, team, auditor, moderator: null, selection: 'random', cycle: null },
    due: new Date(atMs).toISOString().slice(0, 10),
    ...{ extendedTo: null, extensionApprover: null, extensionReason: '' },
    ...{ exempt: false, exemptionApprover: null, exemptionReason: '' },
  }) satisfies Record<keyof AllocationValue, string | boolean | null>;
