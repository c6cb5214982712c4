/** Property: whatever people do, what each has pulled adds up, computed by them, to the server's count and digest. */
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mayRead } from '../../src/domain/rights.ts';
import { auditFacts } from '../../src/domain/facts.ts';
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import { headsWithin } from '../../server/db/heads.ts';
import { recordsOfKind } from '../../server/db/records.ts';
import { reachableBy, readStanding } from '../../server/sync/standing.ts';
import { newId, openLaptop, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  roles,
  section,
  service,
  startServer,
  team,
} from './example.ts';

const digest = suite('digest');

const anAction = fc.record({
  who: fc.nat(3),
  what: fc.constantFrom('grade', 'submit', 'void', 'allocate', 'move-team', 'roles', 'start', 'pull'),
  audit: fc.nat(5),
  person: fc.nat(3),
  team: fc.nat(2),
  grade: fc.constantFrom('good', 'inadequate', null),
});
type Action = typeof anAction extends fc.Arbitrary<infer T> ? T : never;

digest('equals what each person computes from the pages they were sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anAction, { minLength: 5, maxLength: 30 }), async (actions) => {
      const server = await startServer();
      try {
        const quinn = await firstQaLead(server);
        const services = [newId(), newId()];
        const teams = [newId(), newId(), newId()];
        await quinn.write(
          ...services.map((id) => service(id, id)),
          ...teams.map((id) => team(id, id, services[0] ?? '')),
        );
        const people = [
          quinn,
          await addPerson(quinn, 'Alex', grant('auditor')),
          await addPerson(quinn, 'Lee', grant('auditor'), grant('team-lead', { services })),
          await addPerson(quinn, 'Tess', grant('team-lead', { teams: teams.slice(1) })),
        ];
        const audits = Array.from({ length: 6 }, newId);
        for (const action of actions) await act(action, people, audits, teams, services);
        for (const person of people) {
          const laptop = openLaptop(person.browser, person.session);
          assert.equal((await laptop.pull()).total, laptop.total());
        }
        await assertReach(server, people);
      } finally {
        await server.stop();
      }
    }),
    { numRuns: 12 },
  );
});

async function act(
  action: Action,
  people: Laptop[],
  audits: string[],
  teams: string[],
  services: string[],
): Promise<void> {
  const who = people[action.who] as Laptop;
  const target = people[action.person]?.session.person ?? '';
  const audit = audits[action.audit] ?? '';
  const inTeam = { team: teams[action.team], service: services[action.team % 2] };
  switch (action.what) {
    case 'grade':
      return void (await who.write(section(audit, action.grade, 'words')));
    case 'submit':
      return void (await who.write(event(audit, 'submitted', who.session.person)));
    case 'void':
      return void (await who.write(event(audit, 'voided', who.session.person)));
    case 'allocate': {
      const moderator = people[(action.person + 1) % 4]?.session.person ?? null;
      const value = { ...inTeam, auditor: target, moderator: action.grade === null ? moderator : null };
      return void (await who.write(caseOf(audit), allocation(audit, value)));
    }
    case 'start':
      return void (await who.write(caseOf(audit), allocation(audit, { ...inTeam, auditor: who.session.person })));
    case 'move-team':
      return void (await who.write(team(teams[action.team] ?? '', 'moved', services[1] ?? '')));
    case 'roles':
      return void (await who.write(roles(target, grant('team-lead', { teams: [teams[action.team] ?? ''] }))));
    case 'pull':
      return void (await who.pull());
    default:
      return action.what satisfies never;
  }
}

/** The question asked of the database finds exactly the records that the rights table lets a person read. */
async function assertReach(server: Awaited<ReturnType<typeof startServer>>, people: readonly Laptop[]): Promise<void> {
  const { database, authority } = server.plumbline.server;
  for (const { session } of people) {
    await database.read(async (tx) => {
      const asking = { authority, person: session.person as PersonId, nowMs: server.clock.ms };
      const standing = await readStanding(tx, asking);
      const found = await headsWithin(tx, authority.id, reachableBy(standing));
      const audits = await recordsOfKind(tx, session.authority as AuthorityId, 'audit');
      const readable = audits.filter(({ units }) => mayRead(standing, 'audit', auditFacts(units)));
      const ids = found.filter(({ kind }) => kind === 'audit').map(({ id }) => id);
      assert.equal(ids.sort(), readable.map(({ id }) => id).sort());
    });
  }
}

digest.run();
