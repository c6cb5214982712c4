import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordDigest } from '../../src/domain/digest.ts';
import { isBlind, project, projectionFor, recentMs, type ProjectionAsk } from '../../src/domain/projection.ts';
import type { Units } from '../../src/domain/record.ts';
import type { AuditFacts } from '../../src/domain/rights.ts';
import { op, person, record, sha256, unit } from './any.ts';

const test = suite('projections');

const [auditor, moderator, lead] = [person(1), person(2), person(3)];
const facts: AuditFacts = { service: null, team: null, auditor, moderator };
const section = {
  grade: 'inadequate',
  notApplicable: false,
  notApplicableReason: '',
  evidence: 'EVIDENCE',
  rationale: 'RATIONALE',
  newerField: 'NEWER',
};
const units: Units = {
  case: unit({ reference: 'A1', initials: 'AB', ageBand: null, header: { legal: 'HEADER' } }),
  allocation: unit({ tool: 'early-help@1.0.0', auditor, moderator, extensionReason: 'BECAUSE' }),
  'section:child-seen': {
    ...unit(section),
    others: [{ op: op(9, 1), value: { ...section, grade: 'good' }, author: person(9), stamp: { ms: 1, count: 0 } }],
  },
  'checks:child-seen': unit({ answers: { seen: 'no' } }),
  overall: unit({ suggested: 'inadequate', chosen: 'inadequate', rule: 'median', reason: 'WHY' }),
  'moderation:someone': unit({ grades: { a: 'good' } }),
  'voice:child': unit({ obtained: true, words: 'WORDS', because: '' }),
  submitted: unit({ by: auditor, at: 1, reason: '' }),
};

test('full and columns show the same units, ops and others, so opening a record never changes a digest', () => {
  const [full, columns] = [project('audit', units, 'full'), project('audit', units, 'columns')];
  assert.equal(full, units);
  assert.equal(Object.keys(columns), Object.keys(full));
  assert.is(recordDigest(sha256, record(1), columns), recordDigest(sha256, record(1), full));
});

test('columns carry what percentages and lists need and none of the words', () => {
  const columns = project('audit', units, 'columns');
  assert.equal(columns['section:child-seen']?.value, { grade: 'inadequate', notApplicable: false });
  assert.equal(columns['section:child-seen']?.others[0]?.value, { grade: 'good', notApplicable: false });
  assert.equal(columns['case']?.value, { reference: 'A1', initials: 'AB', ageBand: null });
  const sent = JSON.stringify(columns);
  for (const words of ['EVIDENCE', 'RATIONALE', 'NEWER', 'HEADER', 'BECAUSE', 'WHY', 'WORDS', 'grades']) {
    assert.not(sent.includes(words), words);
  }
});

test('blind shows no grade and no answer, of anybody', () => {
  const blind = project('audit', units, 'blind');
  assert.equal(Object.keys(blind), ['case', 'allocation', 'voice:child', 'submitted']);
  assert.not(/inadequate|"good"|answers/.test(JSON.stringify(blind)));
  assert.is.not(recordDigest(sha256, record(1), blind), recordDigest(sha256, record(1), units));
});

const day = 86_400_000;
const now = 100 * day;
const ask: ProjectionAsk = { person: lead, kind: 'audit', facts, units, openedMs: null, changedMs: 0, nowMs: now };
const locked = { ...units, [`locked:${moderator}`]: unit({ by: moderator, at: 2, reason: '' }) };

const cases: [name: string, ask: ProjectionAsk, projection: string][] = [
  ['own work', { ...ask, person: auditor }, 'full'],
  ['an old audit of somebody in scope', ask, 'columns'],
  ['one opened 27 days ago', { ...ask, openedMs: now - 27 * day }, 'full'],
  ['one last opened exactly 28 days ago', { ...ask, openedMs: now - recentMs }, 'columns'],
  ['one changed 27 days ago', { ...ask, changedMs: now - 27 * day }, 'full'],
  ['one changed exactly 28 days ago', { ...ask, changedMs: now - recentMs }, 'columns'],
  ['one to moderate', { ...ask, person: moderator }, 'blind'],
  ['one to moderate, opened and recent', { ...ask, person: moderator, openedMs: now, changedMs: now }, 'blind'],
  ['one whose moderation is locked', { ...ask, person: moderator, units: locked, changedMs: now }, 'full'],
  ['a team', { ...ask, kind: 'team', facts: null }, 'full'],
];
for (const [name, given, projection] of cases) {
  test(`${name} is sent ${projection}`, () => assert.is(projectionFor(given), projection));
}

test('an auditor who is named moderator of the same audit is not blind to it', () => {
  assert.not(isBlind(auditor, { ...facts, moderator: auditor }, units));
});

test('one moderator’s lock does not open another’s eyes', () => {
  const lockedByAnother = { ...units, [`locked:${lead}`]: unit({ by: lead, at: 2, reason: '' }) };
  assert.ok(isBlind(moderator, facts, lockedByAnother));
});

test.run();
