import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ServiceId, TeamId } from '../../../src/domain/ids.ts';
import type { RoleGrant, RoleName } from '../../../src/domain/values.ts';
import { checkValue } from '../../../src/protocol/values.ts';
import type { ShownRecord } from '../../../src/store/view.ts';
import type { Person, Service } from '../../../src/ui/data/organisation.ts';
import {
  addPerson,
  addService,
  addTeam,
  changePerson,
  close,
  rename,
  reopen,
  type WantedPerson,
} from '../../../src/ui/organisation/edits.ts';
import { newRole, regrant, roleErrors, rolesIn, type RoleForm } from '../../../src/ui/organisation/role-form.ts';

const test = suite('changes of the organisation');
const today = '2026-06-15';
const id = (digit: string): string => digit.repeat(32);
const east = id('1') as ServiceId;
const hub = id('2') as TeamId;

const shown = (kind: 'service' | 'person', units: Readonly<Record<string, object>>): ShownRecord => ({
  id: id('a') as ShownRecord['id'],
  kind,
  units: Object.fromEntries(
    Object.entries(units).map(([unit, value]) => [
      unit,
      {
        value: value as never,
        confirmed: {
          op: `${id('d')}:7` as never,
          value: value as never,
          author: id('e') as never,
          stamp: { ms: 1, count: 0 },
          others: [],
        },
        pending: null,
      },
    ]),
  ),
  projection: 'full',
  unsent: 0,
  sent: 0,
  quarantined: 0,
});

function service(fields: object = {}): Service {
  const value = { name: 'Assessment', from: '2025-01-01', to: null, was: [], colour: 'from a newer build', ...fields };
  return { ...value, id: id('a') as ServiceId, record: shown('service', { profile: value }) };
}

const wants = (fields: Partial<WantedPerson>): WantedPerson => ({
  name: 'Ann',
  email: 'ann@council.gov.uk',
  roles: [],
  ...fields,
});

const role = (name: RoleName, fields: Partial<RoleForm> = {}): RoleForm => ({ ...newRole(name, today), ...fields });

test('what is added is acceptable to the schemas', () => {
  const edits = [
    addService(id('a'), 'Early Help', today),
    addTeam(id('b'), 'North', east, today),
    ...addPerson(
      id('c'),
      wants({ roles: [role('auditor'), role('team-lead', { services: [east], teams: [hub] })] }),
      today,
    ),
  ];
  for (const { kind, unit, value } of edits) assert.is(checkValue(kind, unit, value), null);
});

test('a rename keeps the old name with its last day, the base, and fields this build does not know', () => {
  const edit = rename(service({ was: [{ name: 'Duty', until: '2025-06-01' }] }), 'First Response', today);
  assert.is(edit.base, `${id('d')}:7`);
  assert.is(edit.value['colour'], 'from a newer build');
  assert.is(edit.value['name'], 'First Response');
  assert.equal(edit.value['was'], [
    { name: 'Duty', until: '2025-06-01' },
    { name: 'Assessment', until: today },
  ]);
});

test('a second rename before the first is sent stands on what the first stood on, whatever has arrived since', () => {
  const entry = service();
  const arrived = entry.record.units['profile'];
  if (arrived === undefined) throw new Error('The service has no profile');
  const seen = `${id('f')}:3` as never;
  const units = { profile: { ...arrived, pending: { base: seen, seen: [seen] } } };
  assert.is(rename({ ...entry, record: { ...entry.record, units } }, 'First Response', today).base, seen);
});

test('closing gives an end and opening again takes it away', () => {
  assert.is(close([service()], today)[0]?.value['to'], today);
  assert.is(reopen(service({ to: today })).value['to'], null);
});

const grant = (fields: Partial<RoleGrant>): RoleGrant => ({
  role: 'auditor',
  services: [],
  teams: [],
  from: '2026-01-01',
  to: null,
  ...fields,
});

test('a role that stays is left as it is', () => {
  assert.equal(regrant([grant({})], rolesIn([grant({})], today), today), [grant({})]);
});

test('a role that is taken ends yesterday and stays on record; one given today goes', () => {
  assert.equal(regrant([grant({})], [], today), [grant({ to: '2026-06-14' })]);
  assert.equal(regrant([grant({ from: today })], [], today), []);
});

test('a lead whose teams change keeps the old scope until yesterday and has the new one from today', () => {
  const before = grant({ role: 'team-lead', services: [east] });
  assert.equal(regrant([before], [role('team-lead', { teams: [hub] })], today), [
    { ...before, to: '2026-06-14' },
    grant({ role: 'team-lead', teams: [hub], from: today }),
  ]);
});

test('a role that ended long ago is given anew, not revived', () => {
  const old = grant({ from: '2024-01-01', to: '2024-12-31' });
  assert.equal(regrant([old], [role('auditor')], today), [old, grant({ from: today })]);
});

test('a role gets its last day where it stands, and loses it again', () => {
  const [form] = rolesIn([grant({})], today);
  const ending = { ...(form as RoleForm), to: '2026-08-31', toTyped: 'complete' } as const;
  assert.equal(regrant([grant({})], [ending], today), [grant({ to: '2026-08-31' })]);
  const [again] = rolesIn([grant({ to: '2026-08-31' })], today);
  assert.equal(regrant([grant({ to: '2026-08-31' })], [{ ...(again as RoleForm), to: null }], today), [grant({})]);
});

test('a role may begin later, and one to come can be moved or taken back without a trace in the past', () => {
  const later = role('head-of-service', { services: [east], from: '2026-09-01' });
  const given = regrant([grant({})], [...rolesIn([grant({})], today), later], today);
  assert.equal(given, [grant({}), grant({ role: 'head-of-service', services: [east], from: '2026-09-01' })]);
  const moved = rolesIn(given, today).map((form) => (form.role === 'auditor' ? form : { ...form, from: '2026-10-01' }));
  assert.equal(regrant(given, moved, today)[1]?.from, '2026-10-01');
  assert.equal(regrant(given, rolesIn([grant({})], today), today), [grant({})]);
});

test('no role begins before today, and a head of service leads whole services alone', () => {
  const asked = role('head-of-service', { services: [east], teams: [hub], from: '2026-01-01' });
  assert.equal(regrant([], [asked], today), [grant({ role: 'head-of-service', services: [east], from: today })]);
});

test('several grants of one role stay as they are until one of them is changed', () => {
  const two = [
    grant({ role: 'team-lead', services: [east] }),
    grant({ role: 'team-lead', teams: [hub], from: '2026-02-01', to: '2026-12-31' }),
  ];
  const [form] = rolesIn(two, today);
  assert.equal(form, { ...role('team-lead', { services: [east], teams: [hub], from: '2026-01-01' }) });
  assert.equal(regrant(two, [form as RoleForm], today), two);
  assert.equal(regrant(two, [{ ...(form as RoleForm), to: '2026-07-31' }], today), [
    ...two.map((one) => ({ ...one, to: '2026-06-14' })),
    grant({ role: 'team-lead', services: [east], teams: [hub], from: today, to: '2026-07-31' }),
  ]);
});

test('a role that reaches nothing, and days that are none, are refused where they stand', () => {
  const wrong = (name: RoleName, fields: Partial<RoleForm> = {}): readonly (string | null)[] =>
    roleErrors(role(name, fields), today).map(({ id: at }) => at);
  assert.equal(wrong('administrator'), []);
  assert.equal(wrong('head-of-service'), ['head-of-service-services']);
  assert.equal(wrong('moderator', { teams: [hub] }), []);
  assert.equal(wrong('auditor', { to: '2026-06-14' }), ['auditor-to']);
  assert.equal(wrong('auditor', { to: today }), []);
  assert.equal(wrong('auditor', { from: '2026-09-01', to: '2026-08-01' }), ['auditor-to']);
  assert.equal(wrong('auditor', { from: null, fromTyped: 'partial', toTyped: 'impossible' }), [
    'auditor-from',
    'auditor-to',
  ]);
  assert.equal(wrong('auditor', { from: null, fromTyped: 'empty' }), ['auditor-from']);
});

test('saving a person who was not changed records nothing', () => {
  const profile = { name: 'Ann', email: 'ann@council.gov.uk' };
  const grants = [grant({})];
  const person: Person = {
    ...profile,
    id: id('a') as Person['id'],
    grants,
    record: shown('person', { profile, roles: { grants } }),
  };
  assert.equal(changePerson(person, wants({ roles: rolesIn(grants, today) }), today), []);
  assert.equal(
    changePerson(person, wants({ name: 'Anna', roles: rolesIn(grants, today) }), today).map(({ unit }) => unit),
    ['profile'],
  );
});

test.run();
