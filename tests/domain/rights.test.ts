import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { grantingUnits, teamsNow, writtenFacts } from '../../src/domain/facts.ts';
import type { ServiceId, TeamId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import {
  decidedAlike,
  hasRole,
  isDecider,
  managesAccounts,
  mayDecide,
  mayExport,
  mayManageAccount,
  mayModerate,
  mayReadCube,
  mayRead,
  mayWrite,
  readsAudits,
  standingFingerprint,
  standingOf,
  withCube,
  type AuditFacts,
  type PersonFacts,
  type WriteFacts,
  type Standing,
} from '../../src/domain/rights.ts';
import type { RoleGrant } from '../../src/domain/values.ts';
import { person } from './any.ts';

const test = suite('rights');

const [me, other, third] = [person(1), person(2), person(3)];
const [north, south] = ['north' as ServiceId, 'south' as ServiceId];
const [teamN, teamS] = ['team-n' as TeamId, 'team-s' as TeamId];
const teams = new Map([
  [teamN, north],
  [teamS, south],
]);
const today = '2026-03-15';

const grant = (role: RoleGrant['role'], more: Partial<RoleGrant> = {}): RoleGrant => ({
  role,
  services: [],
  teams: [],
  from: '2026-01-01',
  to: null,
  ...more,
});
const standing = (...grants: RoleGrant[]): Standing => standingOf(me, grants, today, teams);

const people = {
  auditor: standing(grant('auditor')),
  'lead of a service': standing(grant('team-lead', { services: [north] })),
  'lead of a team': standing(grant('team-lead', { teams: [teamN] })),
  'lead of nothing': standing(grant('team-lead')),
  'head of a service': standing(grant('head-of-service', { services: [north] })),
  moderator: standing(grant('moderator', { services: [north] })),
  administrator: standing(grant('administrator')),
  'board viewer': standing(grant('board-viewer')),
  'former board viewer': standing(grant('board-viewer', { to: '2026-03-14' })),
  'QA lead': standing(grant('qa-lead')),
  nobody: standing(),
  'former QA lead': standing(grant('qa-lead', { to: '2026-03-14' })),
  'future QA lead': standing(grant('qa-lead', { from: '2026-03-16' })),
} satisfies Record<string, Standing>;
type Who = keyof typeof people;

const facts = (more: Partial<WriteFacts> = {}): WriteFacts => ({
  service: north,
  team: teamN,
  auditor: other,
  moderator: null,
  allocatedBy: third,
  submitted: false,
  eased: false,
  imported: false,
  ...more,
});
const mine = facts({ auditor: me });
const moderatedByMe = facts({ moderator: me });
const startedByMe = facts({ auditor: me, allocatedBy: me });
const cameIn = facts({ auditor: null, imported: true, submitted: true });
const southern = facts({ service: south, team: teamS });

const reads: [Who, Kind, AuditFacts | null, boolean][] = [
  ['auditor', 'audit', mine, true],
  ['auditor', 'audit', moderatedByMe, false],
  ['moderator', 'audit', moderatedByMe, true],
  ['moderator', 'audit', facts(), false],
  ['moderator', 'tool', null, true],
  ['head of a service', 'audit', facts(), true],
  ['head of a service', 'audit', facts({ service: south }), true],
  ['head of a service', 'audit', southern, false],
  ['administrator', 'audit', facts({ auditor: me, moderator: me }), false],
  ['administrator', 'person', null, true],
  ['administrator', 'tool', null, false],
  ['administrator', 'import', null, false],
  ['board viewer', 'audit', facts({ auditor: me, moderator: me }), false],
  ['board viewer', 'service', null, false],
  ['board viewer', 'team', null, false],
  ['board viewer', 'person', null, false],
  ['board viewer', 'tool', null, false],
  ['board viewer', 'settings', null, false],
  ['auditor', 'audit', facts(), false],
  ['auditor', 'audit', null, false],
  ['auditor', 'team', null, true],
  ['auditor', 'person', null, true],
  ['auditor', 'tool', null, true],
  ['auditor', 'cycle', null, false],
  ['lead of a service', 'audit', facts(), true],
  ['lead of a service', 'audit', southern, false],
  ['lead of a service', 'audit', facts({ service: south }), true],
  ['lead of a service', 'audit', facts({ team: teamS }), true],
  ['lead of a service', 'audit', facts({ service: null, team: null }), false],
  ['lead of a team', 'audit', facts(), true],
  ['lead of a team', 'audit', facts({ team: teamS }), false],
  ['lead of nothing', 'audit', facts(), false],
  ['lead of nothing', 'service', null, true],
  ['QA lead', 'audit', southern, true],
  ['QA lead', 'audit', null, true],
  ['nobody', 'audit', mine, false],
  ['nobody', 'service', null, false],
  ['former QA lead', 'audit', facts(), false],
  ['future QA lead', 'audit', facts(), false],
];
for (const [who, kind, of, allowed] of reads) {
  const audit = of === null ? 'no audit yet' : JSON.stringify(of);
  test(`${who} may ${allowed ? '' : 'not '}read ${kind} (${audit})`, () =>
    assert.is(mayRead(people[who], kind, of), allowed));
}

const exports: Record<Who, boolean> = {
  auditor: false,
  'lead of a service': true,
  'lead of a team': true,
  'lead of nothing': true,
  'head of a service': true,
  moderator: false,
  administrator: false,
  'board viewer': false,
  'former board viewer': false,
  'QA lead': true,
  nobody: false,
  'former QA lead': false,
  'future QA lead': false,
};
for (const [who, allowed] of Object.entries(exports)) {
  test(`${who} may ${allowed ? '' : 'not '}take what they read away as a file`, () =>
    assert.is(mayExport(people[who as Who]), allowed));
}

test('a board viewer alone is told the cube, while they are one', () => {
  const told = Object.entries(people).filter(([, one]) => mayReadCube(one));
  assert.equal(
    told.map(([name]) => name),
    ['board viewer'],
  );
});

test('whoever was told the cube stands as a board viewer, with what else they are', () => {
  assert.ok(mayReadCube(withCube(people.nobody)));
  assert.is(withCube(people['board viewer']), people['board viewer']);
  const both = withCube(people.auditor);
  assert.ok(mayReadCube(both) && mayRead(both, 'audit', mine));
});

const writes: [Who, string, WriteFacts | null, WriteFacts | null, boolean][] = [
  ['auditor', 'section:a', mine, mine, true],
  ['auditor', 'checks:a', mine, mine, true],
  ['auditor', 'voice:child', mine, mine, true],
  ['auditor', 'submitted', mine, mine, true],
  ['auditor', 'case', mine, mine, true],
  ['auditor', 'section:a', facts(), facts(), false],
  ['auditor', 'section:a', moderatedByMe, moderatedByMe, false],
  ['auditor', 'section:a', null, startedByMe, true],
  ['auditor', 'allocation', null, startedByMe, true],
  ['auditor', 'allocation', startedByMe, startedByMe, true],
  ['auditor', 'allocation', null, facts({ allocatedBy: me }), false],
  ['auditor', 'allocation', mine, mine, false],
  ['auditor', 'allocation', null, { ...startedByMe, eased: true }, false],
  ['auditor', 'allocation', startedByMe, { ...startedByMe, eased: true }, false],
  ['auditor', 'allocation', startedByMe, { ...startedByMe, moderator: third }, false],
  ['QA lead', 'allocation', mine, { ...mine, eased: true }, true],
  ['auditor', 'allocation', { ...startedByMe, submitted: true }, { ...startedByMe, submitted: true }, false],
  ['QA lead', 'allocation', { ...facts(), submitted: true }, { ...facts(), submitted: true }, true],
  ['auditor', 'allocation', startedByMe, facts({ auditor: other, allocatedBy: me }), false],
  ['auditor', 'allocation', facts(), startedByMe, false],
  ['auditor', 'section:a', facts(), mine, false],
  ['auditor', 'voided', mine, mine, false],
  ['auditor', 'overall:x', mine, mine, false],
  ['lead of a service', 'section:a', facts(), facts(), false],
  ['head of a service', 'section:a', facts(), facts(), false],
  ['moderator', 'section:a', moderatedByMe, moderatedByMe, false],
  ['administrator', 'allocation', null, facts(), false],
  ['administrator', 'case', facts(), facts(), false],
  ['board viewer', 'section:a', mine, mine, false],
  ['board viewer', 'allocation', null, startedByMe, false],
  ['lead of a service', 'allocation', facts(), facts(), false],
  ['QA lead', 'allocation', null, facts(), true],
  ['QA lead', 'allocation', facts(), mine, true],
  ['QA lead', 'case', facts(), facts(), true],
  ['QA lead', 'correction:a', facts({ submitted: true }), facts({ submitted: true }), true],
  ['auditor', 'correction:a', { ...mine, submitted: true }, { ...mine, submitted: true }, false],
  ['auditor', 'correction:a', startedByMe, startedByMe, false],
  ['lead of a service', 'correction:a', facts(), facts(), false],
  ['moderator', 'correction:a', moderatedByMe, moderatedByMe, false],
  ['administrator', 'correction:a', facts(), facts(), false],
  ['QA lead', 'voided', facts(), facts(), true],
  ['QA lead', 'section:a', facts(), facts(), false],
  ['QA lead', 'submitted', facts(), facts(), false],
  ['QA lead', 'section:a', null, cameIn, true],
  ['QA lead', 'submitted', null, cameIn, true],
  ['QA lead', 'imported', null, cameIn, true],
  ['QA lead', 'section:a', null, { ...cameIn, submitted: false }, false],
  ['QA lead', 'section:a', null, { ...cameIn, imported: false }, false],
  ['QA lead', 'section:a', cameIn, cameIn, false],
  ['QA lead', 'imported', facts(), facts({ imported: true }), false],
  ['auditor', 'imported', null, { ...startedByMe, imported: true }, false],
  ['lead of a service', 'section:a', null, cameIn, false],
  ['nobody', 'section:a', mine, mine, false],
  ['former QA lead', 'allocation', null, facts(), false],
];
for (const [who, unit, before, after, allowed] of writes) {
  const change = `${JSON.stringify(before)} to ${JSON.stringify(after)}`;
  test(`${who} may ${allowed ? '' : 'not '}write ${unit} (${change})`, () =>
    assert.is(mayWrite(people[who], 'audit', unit, before, after), allowed));
}

const organisation: [Who, Kind, string, boolean][] = [
  ['QA lead', 'service', 'profile', true],
  ['QA lead', 'person', 'roles', true],
  ['QA lead', 'settings', 'authority', true],
  ['QA lead', 'import', 'source', true],
  ['QA lead', 'import', 'undone', true],
  ['auditor', 'import', 'undone', false],
  ['QA lead', 'service', 'roles', false],
  ['QA lead', 'cycle', 'profile', false],
  ['auditor', 'person', 'roles', false],
  ['administrator', 'settings', 'authority', true],
  ['administrator', 'settings', 'retention', false],
  ['administrator', 'service', 'profile', false],
  ['administrator', 'import', 'undone', false],
  ['head of a service', 'person', 'roles', false],
  ['auditor', 'person', 'profile', false],
  ['lead of a service', 'person', 'roles', false],
  ['lead of a team', 'team', 'profile', false],
  ['former QA lead', 'person', 'roles', false],
];
for (const [who, kind, unit, allowed] of organisation) {
  test(`${who} may ${allowed ? '' : 'not '}write ${unit} of a ${kind}`, () =>
    assert.is(mayWrite(people[who], kind, unit, null, null), allowed));
}

const somebody = { person: other, isQaLead: false };
const lead = { person: other, isQaLead: true };
const myself = { person: me, isQaLead: false };
const persons: [Who, PersonFacts | null, PersonFacts, boolean][] = [
  ['administrator', null, somebody, true],
  ['administrator', somebody, somebody, true],
  ['administrator', somebody, lead, false],
  ['administrator', lead, somebody, false],
  ['administrator', null, lead, false],
  ['administrator', myself, myself, false],
  ['QA lead', somebody, lead, true],
  ['QA lead', lead, lead, true],
  ['QA lead', myself, myself, true],
  ['head of a service', somebody, somebody, false],
];
for (const [who, before, after, allowed] of persons) {
  test(`${who} may ${allowed ? '' : 'not '}give roles: ${JSON.stringify([before, after])}`, () =>
    assert.is(mayWrite(people[who], 'person', 'roles', before, after), allowed));
}

test('accounts are looked after by QA leads, and by administrators but for QA leads and themselves', () => {
  assert.equal(
    Object.entries(people).flatMap(([who, one]) => (managesAccounts(one) ? [who] : [])),
    ['administrator', 'QA lead'],
  );
  const of = (who: Who): boolean[] => [somebody, lead, myself].map((each) => mayManageAccount(people[who], each));
  assert.equal(of('administrator'), [true, false, false]);
  assert.equal(of('QA lead'), [true, true, true]);
  assert.equal(of('auditor'), [false, false, false]);
});

test('a moderator is named in their services and teams, and never for what they graded', () => {
  assert.ok(mayModerate(people.moderator, facts()));
  assert.not(mayModerate(people.moderator, southern));
  assert.not(mayModerate(people.moderator, mine));
  for (const who of ['auditor', 'lead of a service', 'QA lead', 'nobody'] as const)
    assert.not(mayModerate(people[who], facts()));
});

test('audits are read by every role but the administrator and the board viewer', () => {
  const none = Object.entries(people).flatMap(([who, one]) => (readsAudits(one) ? [] : [who]));
  const others = ['administrator', 'board viewer', 'former board viewer', 'nobody', 'former QA lead', 'future QA lead'];
  assert.equal(none, others);
});

test('a grant is in force from its first day to its last', () => {
  const days: [from: string, to: string | null, inForce: boolean][] = [
    [today, today, true],
    [today, null, true],
    ['2026-03-16', null, false],
    ['2026-01-01', '2026-03-14', false],
  ];
  for (const [from, to, inForce] of days) {
    assert.is(hasRole(standing(grant('qa-lead', { from, to })), 'qa-lead'), inForce);
  }
});

test('two roles of one person add up, and neither borrows the reach of the other', () => {
  const both = standing(grant('auditor'), grant('team-lead', { teams: [teamS] }));
  assert.ok(mayRead(both, 'audit', mine));
  assert.ok(mayRead(both, 'audit', southern));
  assert.not(mayRead(both, 'audit', facts()));
  assert.not(mayWrite(both, 'audit', 'section:a', southern, southern));
});

test('a team that moves into a lead’s service is seen by that lead from then on', () => {
  const moved = standingOf(me, [grant('team-lead', { services: [south] })], today, new Map([[teamN, south]]));
  assert.ok(mayRead(moved, 'audit', facts()));
  assert.is.not(
    JSON.stringify(standingFingerprint(moved)),
    JSON.stringify(standingFingerprint(standing(grant('team-lead', { services: [south] })))),
  );
});

test('the fingerprint of rights does not depend on the order of grants, services or teams', () => {
  const [a, b] = [grant('auditor'), grant('team-lead', { services: [north, south], teams: [teamN, teamS] })];
  const turned = grant('team-lead', { services: [south, north], teams: [teamS, teamN] });
  assert.equal(standingFingerprint(standing(a, b)), standingFingerprint(standing(turned, a)));
  assert.is.not(JSON.stringify(standingFingerprint(standing(a, b))), JSON.stringify(standingFingerprint(standing(a))));
});

const decisions: readonly [Who, string, string, Parameters<typeof mayDecide>[4], boolean][] = [
  ['lead of a service', 'audit', 'section:risk', { facts: facts(), isNew: false }, true],
  ['lead of a team', 'audit', 'submitted', { facts: facts(), isNew: false }, true],
  [
    'lead of a service',
    'audit',
    'section:risk',
    { facts: facts({ service: south, team: teamS }), isNew: false },
    false,
  ],
  ['lead of a service', 'audit', 'allocation', { facts: facts(), isNew: false }, false],
  ['lead of a service', 'audit', 'allocation', { facts: facts(), isNew: true }, true],
  ['lead of a service', 'audit', 'allocation', { facts: facts({ service: south, team: teamS }), isNew: true }, false],
  ['lead of a service', 'audit', 'voided', { facts: facts(), isNew: false }, false],
  ['lead of a service', 'person', 'roles', { facts: null, isNew: false }, false],
  ['lead of nothing', 'audit', 'section:risk', { facts: facts(), isNew: false }, false],
  ['auditor', 'audit', 'section:risk', { facts: facts({ auditor: me }), isNew: false }, false],
  ['QA lead', 'audit', 'voided', { facts: facts(), isNew: false }, true],
  ['QA lead', 'person', 'roles', { facts: null, isNew: false }, true],
  ['QA lead', 'audit', 'a-newer-unit', { facts: null, isNew: true }, true],
  ['former QA lead', 'person', 'roles', { facts: null, isNew: false }, false],
  ['nobody', 'audit', 'section:risk', { facts: facts(), isNew: false }, false],
];
for (const [who, kind, unit, ground, expected] of decisions) {
  const state = ground.isNew ? 'new' : (ground.facts?.service ?? 'no');
  test(`${who} ${expected ? 'decides' : 'does not decide'} about ${unit} of ${state} ${kind}`, () => {
    assert.is(mayDecide(people[who], other, kind as Kind, unit, ground), expected);
  });
}

test('nobody decides about what they wrote themselves', () => {
  for (const one of Object.values(people)) {
    assert.not(mayDecide(one, me, 'audit', 'section:risk', { facts: facts(), isNew: false }));
  }
});

test('leads are asked to decide, auditors are not', () => {
  const who = Object.entries(people).filter(([, one]) => isDecider(one));
  assert.equal(
    who.map(([name]) => name),
    ['lead of a service', 'lead of a team', 'lead of nothing', 'head of a service', 'QA lead'],
  );
});

test('what is decided alike is decided by the same people, and by nobody where no right is about it', () => {
  const units = [
    'case',
    'section:a',
    'checks:a',
    'overall',
    'allocation',
    'voided',
    'a-newer-unit',
    'profile',
    'roles',
  ];
  const kinds: readonly Kind[] = ['audit', 'person', 'service', 'action'];
  const all = kinds.flatMap((kind) => units.map((unit) => ({ kind, unit, alike: decidedAlike(kind, unit) })));
  for (const one of Object.values(people)) {
    for (const ground of [facts(), facts({ service: south, team: teamS })].flatMap((each) =>
      [true, false].map((isNew) => ({ facts: each, isNew })),
    )) {
      const decided = ({ kind, unit }: (typeof all)[number]) => mayDecide(one, other, kind, unit, ground);
      for (const each of all) {
        if (each.alike === '') assert.not(decided(each));
        for (const twin of all) if (twin.alike === each.alike) assert.is(decided(twin), decided(each));
      }
    }
  }
  assert.is(decidedAlike('audit', 'section:a'), decidedAlike('audit', 'case'));
  assert.is.not(decidedAlike('audit', 'section:a'), decidedAlike('audit', 'allocation'));
});

const someUnit = fc.constantFrom('case', 'section:plan', 'checks:plan', 'overall', 'submitted', 'imported', 'voided');
const someone = fc.constantFrom<string | null>(me, other, third, null);
const anAllocation = fc.record({
  service: fc.constantFrom<string | null>(north, south, null),
  team: fc.constantFrom<string | null>(teamN, teamS, null),
  auditor: someone,
  moderator: someone,
  exempt: fc.boolean(),
});
const author = fc.constantFrom(me, other, third);

test('a right comes from an audit’s allocation, a person’s roles or a team’s service, and from no other unit (waiting 1)', () => {
  const allocated = fc.record({ value: anAllocation, author });
  const more = fc.uniqueArray(someUnit, { maxLength: 4 });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(people)),
      allocated,
      more,
      someUnit,
      author,
      (by, given, units, unit, of) => {
        const with_ = (names: readonly string[]) => {
          const written = Object.fromEntries(names.map((name) => [name, { value: {}, author: of }]));
          return writtenFacts('audit', 'a', { [grantingUnits.audit ?? '']: given, ...written } as never);
        };
        const may = (names: readonly string[]): boolean =>
          mayWrite(by, 'audit', unit, with_(names), with_([...names, unit]));
        return may([]) || !may(units);
      },
    ),
  );
  assert.equal(Object.keys(grantingUnits).sort(), ['audit', 'person', 'team']);
  for (const kind of ['service', 'tool', 'import', 'settings', 'team'] as const)
    assert.is(writtenFacts(kind, 'x', { profile: { value: {}, author: me } }), null);
  const profiled = { profile: { value: { service: north }, author: me } } as never;
  assert.equal(writtenFacts('person', me, profiled), writtenFacts('person', me, {}));
  assert.equal([...teamsNow([{ id: teamN, units: profiled }])], [[teamN, north]]);
});

test.run();
