/**
 * What of an audit may be about somebody other than the child, and has to be looked at before it is given out (UK GDPR Article
 * 15(4); Data Protection Act 2018 Schedule 2 paragraph 16). One list of every field; whoever answers a request decides.
 *
 *   people   names somebody else, or is what they said
 *   text     written freely: it may name anybody
 */
import { familyOf } from './unit-names.ts';

export type Review = 'people' | 'text';

const event = { by: 'people', at: null, reason: 'text' } as const;

const fields: Readonly<Record<string, Readonly<Record<string, Review | null>>>> = {
  case: { reference: null, initials: null, ageBand: null, header: 'text' },
  allocation: {
    tool: null,
    service: null,
    team: null,
    auditor: 'people',
    moderator: 'people',
    due: null,
    selection: null,
    cycle: null,
    extendedTo: null,
    extensionApprover: 'people',
    extensionReason: 'people',
    exempt: null,
    exemptionApprover: 'people',
    exemptionReason: 'people',
  },
  'section:*': { grade: null, notApplicable: null, notApplicableReason: 'text', evidence: 'text', rationale: 'text' },
  'checks:*': { answers: null },
  overall: { suggested: null, chosen: null, rule: null, reason: 'text' },
  'voice:*': { obtained: null, words: 'people', because: 'people' },
  concern: { raised: null, told: 'people', toldAt: null, how: 'text' },
  imported: { import: null, row: null, line: null, day: null },
  submitted: event,
  voided: event,
  'correction:*': { ...event, unit: null },
  hold: { on: null, wholeCase: null, by: 'people', at: null, why: 'text' },
  erased: { by: 'people', at: null, certificate: null, kept: null },
};

/** What the child said is theirs; what is not in the list may be about anybody. */
export function reviewOf(unit: string, field: string): Review | null {
  if (unit === 'voice:child' && field === 'words') return 'text';
  const family = fields[familyOf('audit', unit) ?? ''];
  return family !== undefined && Object.hasOwn(family, field) ? (family[field] ?? null) : 'text';
}
