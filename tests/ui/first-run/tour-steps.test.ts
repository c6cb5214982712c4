import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PersonId } from '../../../src/domain/ids.ts';
import { standingOf } from '../../../src/domain/rights.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import { stepsFor, toursFor, type TourRole } from '../../../src/ui/first-run/tour-steps.ts';
import { firstRun } from '../../../src/ui/words/first-run.ts';

const test = suite('the look round');

const roles: readonly TourRole[] = ['auditor', 'team-lead', 'head-of-service', 'qa-lead'];
const council = { hasOthers: true, isKept: true };

const standing = (...of: RoleName[]) =>
  standingOf(
    'me' as PersonId,
    of.map((role) => ({ role, services: [], teams: [], from: '2020-01-01', to: null })),
    '2026-01-01',
    new Map(),
  );

test('each role has three to five steps, a minute in all', () => {
  for (const role of roles) {
    const steps = stepsFor(role, council);
    assert.ok(steps.length >= 3 && steps.length <= 5, role);
    const read = steps.map(({ id }) => Object.values(firstRun.steps[id]).join(' ')).join(' ');
    assert.ok(read.split(/\s+/).length < 200, `${role} reads in a minute`);
  }
});

test('a step about something that is not there is left out', () => {
  const ids = (role: TourRole, home: typeof council) => stepsFor(role, home).map(({ id }) => id);
  assert.not.ok(ids('auditor', { ...council, isKept: false }).includes('lock'));
  assert.not.ok(ids('qa-lead', { ...council, hasOthers: false }).includes('allocate'));
});

test('a person is shown the screen they start from first, and nothing without a role', () => {
  assert.equal(toursFor(standing('qa-lead', 'auditor')), ['auditor', 'qa-lead']);
  assert.equal(toursFor(standing('team-lead', 'qa-lead')), ['qa-lead', 'team-lead']);
  assert.equal(toursFor(standing()), []);
  assert.equal(toursFor(standing('administrator', 'moderator')), []);
});

test.run();
