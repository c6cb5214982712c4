import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { missingToSubmit, type MissingWhat } from '../../../src/domain/completeness.ts';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { ShownUnits } from '../../../src/domain/fold.ts';
import { parseOpId, type DeviceId, type OpId, type PersonId } from '../../../src/domain/ids.ts';
import { assessmentService as tool } from '../../../src/domain/tools/assessment-service.ts';
import type { UnitState } from '../../../src/domain/record.ts';
import { blankSection, blankValue } from '../../../src/ui/audit-form/blank-values.ts';
import { missingLink, missingText } from '../../../src/ui/audit-form/missing-text.ts';
import {
  gradedSections,
  placeBeside,
  placeOfUnit,
  placesOf,
  sectionProgress,
  unitsOf,
} from '../../../src/ui/audit-form/places.ts';
import { versionsToSee } from '../../../src/ui/audit-form/versions-to-see.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import { newAuditEdits, newAuditErrors, blankNewAudit, type NewAudit } from '../../../src/ui/audit-form/new-audit.ts';

const units = (values: Readonly<Record<string, object>>): ShownUnits =>
  Object.fromEntries(
    Object.entries(values).map(([unit, value]) => [
      unit,
      { value: value as JsonObject, confirmed: undefined, pending: { base: null, seen: [] } },
    ]),
  );
const [first] = tool.sections;
if (first === undefined) throw new Error('The tool has no section.');
const unit = `section:${first.id}`;

const test = suite('places of the form');

test('every unit an auditor fills in has exactly one place', () => {
  const places = placesOf(tool);
  const all = places.flatMap((place) => unitsOf(place, tool));
  assert.is(new Set(all).size, all.length);
  for (const place of places) {
    for (const one of unitsOf(place, tool)) assert.is(placeOfUnit(one), place.id);
  }
});

test('a tool without an overall grade has no place for one', () => {
  assert.not(placesOf({ ...tool, overall: null }).some(({ kind }) => kind === 'overall'));
});

test('the steps go through every place but the case, which is gone to by its name and left to the one before', () => {
  const places = placesOf(tool);
  const last = places.at(-1);
  const steps = [places[0]];
  for (let at = steps[0]; at !== undefined; at = placeBeside(places, at, 1)) steps.push(placeBeside(places, at, 1));
  assert.equal(
    steps.filter((place) => place !== undefined),
    places.slice(0, -1),
  );
  if (last?.kind !== 'case') return assert.unreachable('the last place is the case');
  assert.is(placeBeside(places, last, 1), undefined);
  assert.is(placeBeside(places, last, -1)?.id, 'overall');
});

test('everything that may be missing leads to a place that exists', () => {
  const places = new Set(placesOf(tool).map(({ id }) => id));
  const missing = missingToSubmit(tool, units({}));
  assert.is(missing[0]?.what, 'case-reference');
  for (const one of missing) {
    const link = missingLink(tool, one);
    assert.ok(places.has(placeOfUnit(link.unit)), link.text);
    assert.ok(link.field.length > 0, link.text);
  }
});

test('a section says what is missing of it, checks included, and nothing of checks once it is not applicable', () => {
  const graded = units({ [unit]: { ...blankSection, grade: 'good' } });
  const progress = sectionProgress(first, graded, missingToSubmit(tool, graded));
  assert.is(progress.grade, 'good');
  assert.is(missingText(progress.missing, progress.unanswered), 'Missing: rationale, 1 check');
  const away = units({ [unit]: { ...blankSection, notApplicable: true } });
  assert.is(sectionProgress(first, away, []).unanswered, 0);
  assert.is(sectionProgress(first, away, []).grade, 'na');
  assert.is(missingText([], 0), '');
});

test('a grade of another scale is not counted as graded', () => {
  assert.is(gradedSections(tool, units({ [unit]: { ...blankSection, grade: 'splendid' } })), 0);
  assert.is(gradedSections(tool, units({ [unit]: { ...blankSection, grade: 'good' } })), 1);
});

test('every kind of missing thing has a short and a long name', () => {
  const kinds: readonly MissingWhat[] = ['grade', 'rationale', 'voice', 'overall', 'case-reference'];
  for (const what of kinds) assert.ok(missingText([{ unit, what }], 0).length > 'Missing: '.length);
});

test('the blank values are acceptable values', () => {
  for (const one of [unit, `checks:${first.id}`, 'overall', 'voice:child', 'concern']) {
    assert.is(checkValue('audit', one, blankValue(one)), null, one);
  }
});

const me = 'a'.repeat(32) as PersonId;
const them = 'b'.repeat(32) as PersonId;
const op = (n: number): OpId => `${'c'.repeat(32)}:${n}` as OpId;
const version = (n: number, author: PersonId, grade: string) => ({
  op: op(n),
  author,
  value: { grade },
  stamp: { ms: n, count: 0 },
});
const here = 'd'.repeat(32) as DeviceId;
const there = parseOpId(op(1)).device;
const over = (confirmed: UnitState, grade: string, ...seen: readonly OpId[]) => ({
  value: { grade },
  confirmed,
  pending: { base: seen[0] ?? null, seen },
});

test('versions the server keeps beside the shown one are shown until they are settled here', () => {
  const confirmed: UnitState = { ...version(3, them, 'good'), others: [version(2, me, 'inadequate')] };
  const shown = { value: confirmed.value, confirmed, pending: null };
  assert.equal(versionsToSee(shown, here), confirmed.others);
  assert.equal(versionsToSee(over(confirmed, 'outstanding', op(3)), here), confirmed.others);
  assert.equal(versionsToSee(over(confirmed, 'good', op(3), op(2)), here), []);
});

test('a version that arrived beneath an own unsent change is shown, unless the change was made knowing it', () => {
  const confirmed: UnitState = { ...version(2, them, 'good'), others: [] };
  const shown = over(confirmed, 'inadequate', op(1));
  assert.equal(versionsToSee(shown, here), [confirmed]);
  assert.equal(versionsToSee(over(confirmed, 'inadequate', op(2)), here), []);
  assert.equal(versionsToSee(over(confirmed, 'inadequate', op(1), op(2)), here), []);
  assert.equal(versionsToSee({ ...shown, value: { grade: 'good' } }, here), []);
  assert.equal(versionsToSee(shown, there), []);
});

test('what the same person wrote on another laptop is shown as somebody else’s is', () => {
  const confirmed: UnitState = { ...version(2, me, 'good'), others: [] };
  assert.equal(versionsToSee(over(confirmed, 'inadequate', op(1)), here), [confirmed]);
});

test('who goes on writing is shown what arrived meanwhile, and not what they sent themselves a moment ago', () => {
  const sent = { ...version(2, me, 'inadequate'), op: `${here}:1` as OpId };
  const confirmed: UnitState = { ...version(3, them, 'good'), others: [sent] };
  assert.equal(versionsToSee(over(confirmed, 'outstanding', op(1)), here), [confirmed]);
});

test('starting an audit asks for what it needs, then makes a case and an allocation that are accepted', () => {
  assert.equal(
    newAuditErrors(blankNewAudit).map(({ id }) => id),
    ['new-reference', 'new-tool', 'new-service', 'new-team', 'new-selection'],
  );
  assert.is(newAuditEdits(blankNewAudit, me as never, me), null);
  const asked: NewAudit = {
    reference: '  77\u0000 120\n',
    initials: 'AB',
    ageBand: '5-9',
    tool: tool.id,
    service: 'd'.repeat(32) as never,
    team: 'e'.repeat(32) as never,
    selection: 'random',
  };
  const edits = newAuditEdits(asked, 'f'.repeat(32) as never, me) ?? [];
  assert.equal(
    edits.map(({ unit: one, value }) => checkValue('audit', one, value)),
    [null, null],
  );
  assert.is(edits[0]?.value['reference'], '77 120');
  assert.is(edits[1]?.value['auditor'], me);
});

test.run();
