import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoleGrant } from '../../../src/domain/values.ts';
import type { Organisation } from '../../../src/ui/data/organisation.ts';
import { setUpSteps } from '../../../src/ui/first-run/set-up-steps.ts';

const test = suite('the way to the first audit');

const today = '2026-03-15';
const others = { hasOthers: true };

interface Made {
  readonly closed?: boolean;
  readonly role?: RoleGrant['role'];
}

const organisation = ({ closed, role }: Made = {}, isEmpty = false): Organisation =>
  ({
    authorityName: 'Testshire',
    services: [],
    teams: isEmpty ? [] : [{ id: 'team', name: 'Team', service: 'service', to: closed ? '2026-01-01' : null }],
    people: isEmpty
      ? []
      : [
          {
            id: 'me',
            name: 'Me',
            grants: [{ role: role ?? 'auditor', services: [], teams: [], from: '2026-01-01', to: null }],
          },
        ],
    tools: [],
  }) as unknown as Organisation;

const done = (made: Organisation, home = others): readonly (readonly [string, boolean])[] =>
  setUpSteps(made, home, today).map(({ id, isDone }) => [id, isDone]);

test('an empty authority has all of it before it', () => {
  assert.equal(done(organisation({}, true)), [
    ['services', false],
    ['auditors', false],
    ['first-audit', false],
  ]);
});

test('a team that is closed, or people of whom none audits, do not count', () => {
  assert.equal(done(organisation()).slice(0, 2), [
    ['services', true],
    ['auditors', true],
  ]);
  assert.equal(done(organisation({ closed: true }))[0], ['services', false]);
  assert.equal(done(organisation({ role: 'qa-lead' }))[1], ['auditors', false]);
});

test('the first audit is possible once there is a team and somebody to grade it', () => {
  const last = (made: Organisation): boolean | undefined => setUpSteps(made, others, today).at(-1)?.isPossible;
  assert.is(last(organisation()), true);
  assert.is(last(organisation({ closed: true })), false);
  assert.is(last(organisation({ role: 'qa-lead' })), false);
});

test('somebody who works alone needs nobody else, and starts the audit themselves', () => {
  const alone = setUpSteps(organisation(), { hasOthers: false }, today);
  assert.equal(
    alone.map(({ id, href }) => [id, href]),
    [
      ['services', '/organisation'],
      ['first-audit', '/new'],
    ],
  );
});

test.run();
