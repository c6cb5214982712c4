import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../../src/domain/canonical.ts';
import { judgeActions, type JudgedUnits, type Objection } from '../../../src/domain/bring-in/judge.ts';
import type { MadeChange } from '../../../src/domain/bring-in/made-change.ts';
import type { RecordId } from '../../../src/domain/ids.ts';
import type { Kind } from '../../../src/domain/record.ts';
import { standingOf, type Standing } from '../../../src/domain/rights.ts';
import type { RoleName } from '../../../src/domain/values.ts';
import { person } from '../any.ts';

const test = suite('whether what was done elsewhere may be done here');

const [me, other] = [person(1), person(2)];
const record = '0'.repeat(32) as RecordId;
const as = (...roles: RoleName[]): Standing =>
  standingOf(
    me,
    roles.map((role) => ({ role, services: [], teams: [], from: '2026-01-01', to: null })),
    '2026-03-15',
    new Map(),
  );

let groups = 0;
const action = (...units: (readonly [string, JsonObject])[]): readonly MadeChange[] => {
  groups += 1;
  return units.map(([unit, value]) => ({
    group: String(groups),
    unit,
    value,
    claimed: { ms: groups, count: 0 },
    base: null,
    settles: [],
  }));
};
const started = (changes: JsonObject = {}) =>
  action(
    ['case', {}],
    ['allocation', { service: 's', team: 't', auditor: me, moderator: null, exempt: false, ...changes }],
  );
const graded = action(['section:risk', { grade: 'good' }]);
const submitted = (by: string = me) => action(['submitted', { by, at: 1 }]);
const voided = action(['voided', { by: me, at: 1 }]);

interface Asked {
  readonly actions: readonly (readonly MadeChange[])[];
  readonly standing?: Standing | null;
  readonly here?: JudgedUnits;
  readonly kind?: Kind;
}
const objections = ({ actions, standing = as('auditor'), here = {}, kind = 'audit' }: Asked) =>
  judgeActions({ record, kind, actions, here, person: me, standing }).map(({ objection }) => objection);

const cases: readonly (Asked & { readonly name: string; readonly expect: readonly (Objection | null)[] })[] = [
  {
    name: 'an auditor starts, grades and submits an audit of their own',
    actions: [started(), graded, submitted()],
    expect: [null, null, null],
  },
  {
    name: 'an auditor does not exempt their own audit, but what else they did stands',
    actions: [started(), action(['allocation', { auditor: me, moderator: null, exempt: true }]), graded],
    expect: [null, 'not-allowed', null],
  },
  {
    name: 'an auditor does not start one for somebody else; then there is nothing to grade',
    actions: [started({ auditor: other }), graded],
    expect: ['not-allowed', 'closed'],
  },
  {
    name: 'a QA lead starts one for somebody else, and does not grade it',
    actions: [started({ auditor: other }), graded],
    standing: as('qa-lead'),
    expect: [null, 'not-allowed'],
  },
  {
    name: 'a QA lead who is no auditor does not grade their own either',
    actions: [started(), graded],
    standing: as('qa-lead'),
    expect: [null, 'not-allowed'],
  },
  {
    name: 'an imported audit comes in whole with a QA lead',
    actions: [
      action(
        ...started().map(({ unit, value }) => [unit, value] as const),
        ['imported', {}],
        ['section:a', {}],
        ['submitted', { by: me, at: 1 }],
      ),
    ],
    standing: as('qa-lead'),
    expect: [null],
  },
  {
    name: 'an imported audit does not come in open, to be graded by somebody else’s hand',
    actions: [
      action(
        ...started({ auditor: other }).map(({ unit, value }) => [unit, value] as const),
        ['imported', {}],
        ['section:a', {}],
      ),
    ],
    standing: as('qa-lead'),
    expect: ['not-allowed'],
  },
  {
    name: 'an imported audit does not come in with an auditor',
    actions: [
      action(...started({ auditor: other }).map(({ unit, value }) => [unit, value] as const), ['imported', {}]),
    ],
    expect: ['not-allowed'],
  },
  {
    name: 'an auditor does not void',
    actions: [started(), graded, voided],
    expect: [null, null, 'not-allowed'],
  },
  {
    name: 'what comes after the submission is too late, here or there',
    actions: [graded, submitted()],
    here: { allocation: { value: { auditor: me, moderator: null }, author: me }, submitted: { value: {}, author: me } },
    expect: ['closed', 'closed'],
  },
  {
    name: 'an event is written by the person whose it is',
    actions: [started(), submitted(other)],
    expect: [null, 'not-the-writer'],
  },
  {
    name: 'one objection to a part is an objection to the whole action',
    actions: [action(...started().map(({ unit, value }) => [unit, value] as const), ['submitted', { by: other }])],
    expect: ['not-the-writer'],
  },
  {
    name: 'nobody without a role does anything',
    actions: [started()],
    standing: as(),
    expect: ['not-allowed'],
  },
  {
    name: 'the organisation is the QA lead’s',
    actions: [action(['profile', {}])],
    kind: 'team',
    expect: ['not-allowed'],
  },
  {
    name: 'the settings are the QA lead’s',
    actions: [action(['authority', { name: 'x' }])],
    kind: 'settings',
    standing: as('qa-lead'),
    here: {},
    expect: [null],
  },
  {
    name: 'on a laptop of one’s own nobody is asked, and the life of an audit still holds',
    actions: [started({ auditor: other }), graded, submitted(), graded],
    standing: null,
    expect: [null, null, null, 'closed'],
  },
];
for (const { name, expect, ...asked } of cases) test(name, () => assert.equal(objections(asked), expect));

test('settings stand in their own record alone', () => {
  const settings = action(['authority', { name: 'x' }]);
  const other = { record: '1'.repeat(32) as RecordId, kind: 'settings', actions: [settings], here: {} } as const;
  assert.is(judgeActions({ ...other, person: me, standing: as('qa-lead') })[0]?.objection, 'not-allowed');
});

test.run();
