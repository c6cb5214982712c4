import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PersonId, ServiceId, TeamId } from '../../../src/domain/ids.ts';
import type { ImportedAudit } from '../../../src/domain/import/apply.ts';
import { decidedPlaces, placeOf, type DecidedPlaces } from '../../../src/domain/import/decided-places.ts';
import { mostNames, NameTally, type FoundNames } from '../../../src/domain/import/found-names.ts';
import { matchName } from '../../../src/domain/import/match-name.ts';
import { nothingChosen, placesDraft, type KnownPlaces, type PlacesChosen } from '../../../src/domain/import/places.ts';

const test = suite('where the audits of a file belong');
const day = '2026-03-01';

/** An audit named by `service/team/auditor`; no auditor is null. */
function audit(text: string): ImportedAudit {
  const [service = '', team = '', auditor] = text.split('/');
  const none = { day, dayFrom: 0, reference: null, grades: {}, overall: null };
  return { ...none, service, team, auditor: auditor ?? null };
}

function found(...texts: readonly string[]): FoundNames {
  const tally = new NameTally();
  for (const text of texts) tally.add(audit(text));
  return tally.answer();
}

const named = <Id extends string>(id: string, name: string, more: { was?: string[]; to?: string } = {}) => ({
  id: id as Id,
  name,
  was: (more.was ?? []).map((former) => ({ name: former })),
  to: more.to ?? null,
});
const nobody: KnownPlaces = { services: [], teams: [], people: [] };
const known: KnownPlaces = {
  services: [named<ServiceId>('s1', 'Assessment'), named<ServiceId>('s2', 'Early Help', { was: ['Family Support'] })],
  teams: [
    { ...named<TeamId>('t1', 'East'), service: 's1' as ServiceId },
    { ...named<TeamId>('t2', 'West'), service: 's2' as ServiceId },
  ],
  people: [named<PersonId>('p1', 'Ash Example')],
};

const draft = (names: FoundNames, places = known, chosen: Partial<PlacesChosen> = {}) =>
  placesDraft(names, places, { ...nothingChosen, ...chosen });

const countedIds = () => {
  let next = 0;
  return () => `new-${(next += 1)}`;
};
const decide = (names: FoundNames, places = known, chosen: Partial<PlacesChosen> = {}): DecidedPlaces | null =>
  decidedPlaces(draft(names, places, chosen), countedIds(), day);

const placed = (decided: DecidedPlaces | null, text: string) =>
  decided === null ? null : placeOf(decided.places, audit(text));

test('names are known without their case, spaces and former spellings; people too', () => {
  const names = found('assessment / EAST/ash  example', 'Family support/West');
  const decided = decide(names);
  assert.equal(decided?.make, []);
  assert.equal(placed(decided, 'ASSESSMENT/ east /ASH EXAMPLE'), { service: 's1', team: 't1', auditor: 'p1' });
  assert.equal(placed(decided, 'family  support/west'), { service: 's2', team: 't2', auditor: null });
});

test('what nobody knows is suggested as new, a team within its service; a person is never made', () => {
  const decided = decide(found('Fostering/North/Kim Nobody', 'Fostering/North/Kim Nobody'), nobody);
  assert.equal(decided?.make, [
    { kind: 'service', id: 'new-1', value: { name: 'Fostering', from: day, to: null, was: [] } },
    { kind: 'team', id: 'new-2', value: { name: 'North', service: 'new-1', from: day, to: null, was: [] } },
  ]);
  assert.equal(placed(decided, 'Fostering/North/Kim Nobody'), { service: 'new-1', team: 'new-2', auditor: null });
});

test('what the person chooses stands over what is suggested', () => {
  const names = found('Fostering/North/Kim');
  const chosen: Partial<PlacesChosen> = {
    services: new Map([['fostering', { kind: 'known', id: 's1' as ServiceId }]]),
    teams: new Map([['s1\nnorth', { kind: 'known', id: 't1' as TeamId }]]),
    auditors: new Map([['kim', { kind: 'known', id: 'p1' as PersonId }]]),
  };
  assert.equal(placed(decide(names, known, chosen), 'Fostering/North/Kim'), {
    ...{ service: 's1', team: 't1', auditor: 'p1' },
  });
});

test('two names that are one service share its teams', () => {
  const same = new Map([['front door', { kind: 'known', id: 's1' as ServiceId }]] as const);
  const decided = decide(found('Assessment/North', 'Front door/North'), known, { services: same });
  assert.equal(
    decided?.make.map(({ kind, value }) => `${kind} ${value.name}`),
    ['team North'],
  );
});

test('a name that fits several is undecided, and nothing is decided before it is', () => {
  const twins = { ...known, services: [...known.services, named<ServiceId>('s3', 'assessment ')] };
  assert.is(draft(found('Assessment/East'), twins).services[0]?.choice, null);
  assert.is(decide(found('Assessment/East'), twins), null);
});

test('a team known only in another service may be the same or not: a person says', () => {
  const names = found('Early Help/East');
  assert.is(draft(names).teams[0]?.choice, null);
  assert.is(decide(names), null);
});

const across = found('Assessment/Coast', 'Early Help/Coast', 'Early Help/Coast', 'Early Help/West');

test('a team named with several services is asked about once, for the whole file', () => {
  const asked = draft(across);
  assert.equal([asked.spreading, asked.teams], [['Coast'], []]);
  assert.is(decide(across), null);
});

test('as one team across services it is made once, in the service it is most often with', () => {
  const decided = decide(across, known, { spread: 'one' });
  assert.equal(decided?.make, [
    { kind: 'team', id: 'new-1', value: { name: 'Coast', service: 's2', from: day, to: null, was: [] } },
  ]);
  assert.equal(placed(decided, 'Assessment/Coast'), { service: 's1', team: 'new-1', auditor: null });
  assert.equal(placed(decided, 'Early Help/Coast'), { service: 's2', team: 'new-1', auditor: null });
});

test('as a team of its own in each service it is made in each', () => {
  const decided = decide(across, known, { spread: 'each' });
  assert.equal(
    decided?.make.map(({ id, value }) => [id, value.name, 'service' in value && value.service]),
    [
      ['new-1', 'Coast', 's1'],
      ['new-2', 'Coast', 's2'],
    ],
  );
});

test('a former name gives way to a present one, and a closed entry to an open one', () => {
  const entries = [
    named('a', 'North', { to: '2024-01-01' }),
    named('b', 'North'),
    named('c', 'South', { was: ['North'] }),
  ];
  assert.equal(matchName(entries, 'north'), { kind: 'one', id: 'b' });
  assert.equal(matchName(entries.slice(0, 1), 'north'), { kind: 'one', id: 'a' });
  assert.equal(matchName(entries.slice(2), 'north'), { kind: 'one', id: 'c' });
});

test('too many different names are told as soon as there are', () => {
  const tally = new NameTally();
  for (let at = 0; at <= mostNames.service; at += 1) tally.add(audit(`Service ${at}/Team`));
  assert.is(tally.tooMany, 'service');
});

test('whatever the names, a decided file has a place for each of its audits and makes no two of one name', () => {
  const name = fc.constantFrom('North', 'north ', 'South', '__proto__', 'constructor', 'Assessment', 'East');
  const text = fc.tuple(name, name, name).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('one' as const, 'each' as const),
      (texts, spread) => {
        const decided = decide(found(...texts), nobody, { spread });
        assert.ok(decided);
        for (const one of texts) assert.ok(placed(decided, one));
        const made = decided.make.map(({ kind, value }) =>
          JSON.stringify([
            kind,
            value.name.trim().toLowerCase(),
            'service' in value && spread === 'each' && value.service,
          ]),
        );
        assert.is(new Set(made).size, made.length);
      },
    ),
  );
});

test.run();
