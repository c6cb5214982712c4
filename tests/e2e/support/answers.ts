/** What made-up auditors answer: every section of the Assessment Service tool, in its order. No real case is behind it. */
import type { SectionAnswers } from '../pages/audit-form.ts';

export const assessmentAnswers: readonly SectionAnswers[] = [
  {
    title: 'Allocation and start',
    grade: 'Good',
    evidence: 'Allocated on the day of referral; the manager’s questions are on file (made up).',
    rationale: 'Purposeful start, though the family heard late who would come.',
    checks: { 'Allocated promptly to a suitable worker': 'Yes' },
  },
  {
    title: 'Child seen and understood',
    grade: 'Requires improvement',
    evidence: 'Seen twice, once alone. Wishes recorded in adult words.',
    rationale: 'Seen, but not yet understood: the record does not show a day in this life.',
    checks: {
      'Date the child was first seen for this assessment': [3, 3, 2026],
      'Date the child was first seen alone': 'Did not happen',
    },
  },
  {
    title: 'History and chronology',
    grade: 'Good',
    evidence: 'Three earlier assessments weighed.',
    rationale: 'What was tried is clear; what lasted is not.',
    checks: { 'Chronology current, and used in the analysis': 'No' },
  },
  {
    title: 'Risk and need analysis',
    grade: 'Good',
    evidence: 'Facts and sources kept apart.',
    rationale: 'The conclusion follows from the evidence.',
  },
  {
    title: 'Identity and diversity',
    grade: 'Inadequate',
    evidence: 'Language at home is not recorded anywhere.',
    rationale: 'An interpreter was needed and not used.',
    checks: { 'Interpreter used where one was needed': 'No' },
  },
  {
    title: 'Parents, carers and partners',
    grade: 'Good',
    evidence: 'Both parents included.',
    rationale: 'Disagreements are recorded fairly.',
  },
  {
    title: 'Section 47 enquiry',
    grade: 'Outstanding',
    evidence: 'Strategy discussion within hours.',
    rationale: 'Swift, joint and careful with the child.',
    checks: {
      'Strategy discussion held in time': 'Yes',
      'Initial child protection conference within 15 working days, where one was needed': 'n.a.',
    },
  },
  {
    title: 'Timeliness and recording',
    grade: 'Requires improvement',
    evidence: 'Completed on day 44.',
    rationale: 'In time by the limit, slow for this child.',
    checks: {
      'Completed within 45 working days': 'Yes',
      'Manager’s checkpoints recorded before final sign-off': 'Yes',
      'Record finished and finalised, not left in draft': 'Yes',
      'Assessment shared with the family': 'No',
    },
  },
  {
    title: 'Decision, plan and hand-over',
    grade: 'Good',
    evidence: 'The plan says who does what by when.',
    rationale: 'The child is safer because of it.',
  },
];
