/**
 * Every role at every unit of an audit in every state, and at the organisation: what the real server takes, against an oracle
 * written from the words of the design and not from the table of rights (FAULTS S17).
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { newId, type Edit, type Laptop } from './client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  event,
  firstQaLead,
  grant,
  profile,
  roles,
  section,
  service,
  startServer,
  team,
} from './example.ts';

const test = suite('a matrix of rights');

const who = [
  'the auditor',
  'another auditor',
  'the team lead',
  'a lead elsewhere',
  'the QA lead',
  'nobody now',
] as const;
const states = ['allocated', 'in progress', 'submitted', 'voided'] as const;
type Who = (typeof who)[number];
type State = (typeof states)[number];

/** An audit is graded by whom it was allocated to, until it is submitted; a QA lead corrects its case until then, allocates and voids. */
function mayWrite(person: Who, unit: string, state: State): boolean {
  if (state === 'voided') return false;
  if (person === 'the QA lead')
    return unit === 'allocation' || unit === 'voided' || (unit === 'case' && state !== 'submitted');
  return person === 'the auditor' && state !== 'submitted' && unit !== 'allocation' && unit !== 'voided';
}

test('the server takes of an audit what the design says, and holds the rest', async () => {
  const server = await startServer();
  const quinn = await firstQaLead(server);
  const [here, there, north] = [newId(), newId(), newId()];
  await quinn.write(service(here, 'Assessment'), service(there, 'Early Help'), team(north, 'North', here));
  const ended = { ...grant('qa-lead'), to: '2021-01-01' };
  const people: Record<Who, Laptop> = {
    'the auditor': await addPerson(quinn, 'Alex', grant('auditor')),
    'another auditor': await addPerson(quinn, 'Blake', grant('auditor')),
    'the team lead': await addPerson(quinn, 'Lee', grant('team-lead', { services: [here] })),
    'a lead elsewhere': await addPerson(quinn, 'Olga', grant('team-lead', { services: [there] })),
    'the QA lead': quinn,
    'nobody now': await addPerson(quinn, 'Ned', ended),
  };
  const auditor = people['the auditor'];
  const place = { service: here, team: north, auditor: auditor.session.person };
  const units = (audit: string, by: string): readonly Edit[] => {
    const edit = (unit: string, value: object): Edit => ({ record: audit, kind: 'audit', unit, value });
    return [
      caseOf(audit, 'B2'),
      allocation(audit, { ...place, due: '2030-01-01' }),
      section(audit, 'good'),
      edit('checks:risk', { answers: {} }),
      edit('overall', { suggested: null, chosen: 'good', rule: '', reason: '' }),
      edit('voice:child', { obtained: true, words: 'made up', because: '' }),
      edit('concern', { raised: false, told: '', toldAt: null, how: '' }),
      event(audit, 'submitted', by),
      event(audit, 'voided', by),
    ];
  };
  const outcomeOf = async (laptop: Laptop, edit: Edit) => {
    const { body, problem } = await laptop.write(edit);
    return problem?.kind ?? body.results[0]?.outcome;
  };
  const wrong: string[] = [];
  for (const state of states) {
    for (const person of who) {
      const count = units('', '').length;
      for (let at = 0; at < count; at += 1) {
        const audit = newId();
        await quinn.write(caseOf(audit), allocation(audit, place));
        if (state !== 'allocated') await auditor.write(section(audit, 'inadequate'));
        if (state === 'submitted') await auditor.write(event(audit, 'submitted', auditor.session.person));
        if (state === 'voided') await quinn.write(event(audit, 'voided', quinn.session.person));
        const laptop = people[person];
        const edit = units(audit, laptop.session.person)[at] as Edit;
        const expected = mayWrite(person, edit.unit, state) ? 'accepted' : 'held';
        const outcome = await outcomeOf(laptop, edit);
        if (outcome !== expected) wrong.push(`${person} ${edit.unit} ${state}: ${outcome}`);
      }
    }
  }
  assert.equal(wrong, []);

  // The organisation, and who is what in it, is a QA lead's alone.
  for (const person of who) {
    const { session } = people[person];
    const edits = [
      service(newId(), 'New'),
      team(newId(), 'New', here),
      profile(newId(), 'New', `${newId()}@example.test`),
      roles(session.person, grant('qa-lead'), grant('auditor')),
    ];
    for (const edit of edits) {
      assert.is(
        await outcomeOf(people[person], edit),
        person === 'the QA lead' ? 'accepted' : 'held',
        `${person} ${edit.kind}`,
      );
    }
  }
  const held = server.log.filter((line) => line.includes('"op-held"')).length;
  assert.ok(held > 100, `${held} refusals are in the log`);
  await server.stop();
});

test.run();
