/**
 * Every role at every unit of everything that is no audit, and at others' accounts: what the real server does, against an
 * oracle written from the words of the design (FAULTS S17).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { kinds, type Kind } from '../../src/domain/record.ts';
import { settingsId } from '../../src/domain/unit-names.ts';
import { sessionPaths } from '../../src/protocol/session.ts';
import { newId, type Edit } from './client.ts';
import { everybody, everyWho, idOf, outcomeOf, type Everybody, type Who } from './everybody.ts';
import { grant, profile, roles, service, startServer, team, type TestServer } from './example.ts';

interface Context extends Everybody {
  server: TestServer;
}
const test = suite<Context>('a matrix of rights to the organisation');
test.before.each(async (context) => {
  context.server = await startServer();
  Object.assign(context, await everybody(context.server));
});
test.after.each(({ server }) => server.stop());

type Target = 'somebody' | 'a QA lead' | 'themselves';

/** A QA lead everything; an administrator accounts and roles of others who are no QA leads, and the authority's name. */
function mayWrite(person: Who, { kind, unit }: Edit, target: Target | null): boolean {
  if (person === 'the QA lead') return !unit.startsWith('certificate:');
  if (person !== 'the administrator') return false;
  return kind === 'person' ? target === 'somebody' : unit === 'authority';
}

test('the organisation is a QA lead’s, and people an administrator’s as well, but for QA leads and themselves', async (context) => {
  const { people, here, server } = context;
  const second = newId();
  const quinn = people['the QA lead'];
  await quinn.write(profile(second, 'Sam', 'sam@example.org'), roles(second, grant('qa-lead')));
  const at = Date.now();
  const wrong: string[] = [];
  for (const person of everyWho) {
    const laptop = people[person];
    const by = idOf(laptop);
    const ofRecord = newId();
    const source = { file: 'a.csv', digest: 'a'.repeat(64), rows: 1, tool: 'assessment@1.0.0', by, at, mapping: '' };
    const happened = { by, at, reason: '' };
    const tries: readonly (readonly [Edit, Target | null])[] = [
      [service(newId(), 'New'), null],
      [service(here, 'Renamed'), null],
      [team(newId(), 'New', here), null],
      [{ record: ofRecord, kind: 'import', unit: 'source', value: source }, null],
      [{ record: ofRecord, kind: 'import', unit: 'finished', value: happened }, null],
      [{ record: ofRecord, kind: 'import', unit: 'undone', value: happened }, null],
      [{ record: settingsId, kind: 'settings', unit: 'authority', value: { name: 'Testshire' } }, null],
      [
        {
          record: settingsId,
          kind: 'settings',
          unit: 'retention',
          value: { months: null, cycles: [], laptopDays: null },
        },
        null,
      ],
      [
        {
          record: settingsId,
          kind: 'settings',
          unit: `certificate:${newId()}`,
          value: {
            ...{ at, by, audits: 1, changes: 1, from: '2026-01-01', to: '2026-01-02' },
            ...{ place: 1, head: 'a'.repeat(64) },
          },
        },
        null,
      ],
      [profile(newId(), 'New', `${newId()}@example.test`), 'somebody'],
      [
        profile(idOf(people['nobody now']), 'Ned', 'ned@example.org'),
        person === 'nobody now' ? 'themselves' : 'a QA lead',
      ],
      [
        roles(idOf(people['another auditor']), grant('auditor')),
        person === 'another auditor' ? 'themselves' : 'somebody',
      ],
      [roles(idOf(people['another auditor']), grant('qa-lead')), 'a QA lead'],
      [roles(second, grant('qa-lead')), 'a QA lead'],
      [profile(second, 'Sam', 'sam@example.org'), 'a QA lead'],
      [roles(by, grant('qa-lead'), grant('auditor')), 'themselves'],
      [roles(by, ...(person === 'the QA lead' ? [grant('qa-lead')] : [])), 'themselves'],
    ];
    for (const [edit, target] of tries) {
      const expected = mayWrite(person, edit, target) ? 'accepted' : 'held';
      const outcome = await outcomeOf(laptop, edit);
      if (outcome !== expected) wrong.push(`${person} ${edit.kind} ${edit.unit} of ${target}: ${outcome}`);
      // As it was, for the next who tries.
      if (outcome === 'accepted' && edit.unit === 'roles' && edit.record !== by && edit.record !== second)
        await quinn.write(roles(edit.record, grant('auditor')));
    }
  }
  assert.equal(wrong, []);
  assert.ok(server.log.filter((line) => line.includes('"op-held"')).length > 100, 'refusals are in the log');
});

test('kinds and units that nothing is kept in are refused to every role', async ({ people }) => {
  for (const person of everyWho) {
    for (const kind of kinds) {
      const edit: Edit = { record: newId(), kind, unit: 'nothing-like-it', value: {} };
      assert.is(await outcomeOf(people[person], edit), 'held', `${person} ${kind}`);
    }
  }
});

test('no head of service leads single teams, and no role names what it does not reach', async ({
  people,
  here,
  north,
}) => {
  const somebody = idOf(people['another auditor']);
  const wrong = [
    grant('head-of-service', { teams: [north] }),
    grant('administrator', { services: [here] }),
    grant('board-viewer', { services: [here] }),
    grant('auditor', { teams: [north] }),
  ];
  for (const each of wrong) assert.is(await outcomeOf(people['the QA lead'], roles(somebody, each)), 'held');
});

test('an administrator is sent people, services, teams and settings, and no content; a board viewer no record at all', async (context) => {
  const { people, audit } = context;
  await people['the QA lead'].write(...audit(newId()));
  const sent = async (person: Who): Promise<readonly Kind[]> => {
    await people[person].pull();
    return [...new Set([...people[person].records.values()].map(({ kind }) => kind))].sort();
  };
  const organisation = ['person', 'service', 'settings', 'team'];
  for (const person of everyWho) {
    const expected =
      person === 'nobody now' || person === 'the board viewer'
        ? []
        : person === 'the administrator' || !seesAudit(person)
          ? organisation
          : ['audit', ...organisation];
    assert.equal(await sent(person), expected, person);
  }
});

const seesAudit = (person: Who): boolean =>
  (['the auditor', 'the moderator', 'the team lead', 'the head of service', 'the QA lead'] as Who[]).includes(person);

test('accounts are a QA lead’s to look after, and an administrator’s but for QA leads and their own', async (context) => {
  const { people } = context;
  const second = newId();
  await people['the QA lead'].write(profile(second, 'Sam', 'sam@example.org'), roles(second, grant('qa-lead')));
  const somebody = newId();
  await people['the QA lead'].write(profile(somebody, 'Sid', 'sid@example.org'), roles(somebody, grant('auditor')));
  for (const person of everyWho) {
    const { browser, session } = people[person];
    const looksAfter = person === 'the QA lead' || person === 'the administrator';
    const status = async (path: string, fields: object): Promise<number> => (await browser.post(path, fields)).status;
    const expected = (isRight: boolean): number => (isRight ? 200 : 404);
    assert.is(await status(sessionPaths.accounts, {}), expected(looksAfter), person);
    const isQaLead = person === 'the QA lead';
    for (const [target, isRight] of [
      [somebody, looksAfter],
      [second, isQaLead],
      [newId(), false],
    ] as const) {
      assert.is(await status(sessionPaths.invite, { person: target }), expected(isRight), `${person} invites`);
      const access = { person: target, allowed: true };
      assert.is(await status(sessionPaths.access, access), expected(isRight), `${person} allows`);
      // Nobody here has a second factor: nothing to take away and no right to look the same.
      assert.is(await status(sessionPaths.resetFactor, { person: target }), 404, `${person} resets`);
    }
    assert.is(await status(sessionPaths.access, { person: session.person, allowed: true }), 404, 'never one’s own');
    assert.is(await status(sessionPaths.invite, { person: session.person }), expected(isQaLead), 'nor a link');
  }
});

test.run();
