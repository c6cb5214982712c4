/** One person of every kind there is, around one service and its audits: for tests that try something as each of them. */
import { newId, type Edit, type Laptop } from './client.ts';
import { addPerson, allocation, caseOf, firstQaLead, grant, service, team, type TestServer } from './example.ts';

export const everyWho = [
  'the auditor',
  'another auditor',
  'the moderator',
  'another moderator',
  'the team lead',
  'a lead elsewhere',
  'the head of service',
  'a head elsewhere',
  'the QA lead',
  'the administrator',
  'the board viewer',
  'nobody now',
] as const;
export type Who = (typeof everyWho)[number];

export interface Everybody {
  readonly people: Readonly<Record<Who, Laptop>>;
  readonly here: string;
  readonly there: string;
  readonly north: string;
  /** What makes an audit here: allocated to the auditor, with the moderator. */
  audit(id: string): readonly Edit[];
}

export const idOf = ({ session }: Laptop): string => session.person;

export async function everybody(server: TestServer): Promise<Everybody> {
  const quinn = await firstQaLead(server);
  const [here, there, north] = [newId(), newId(), newId()];
  await quinn.write(service(here, 'Assessment'), service(there, 'Early Help'), team(north, 'North', here));
  const [ofHere, ofThere] = [{ services: [here] }, { services: [there] }];
  const ended = { ...grant('qa-lead'), to: '2021-01-01' };
  const people: Record<Who, Laptop> = {
    'the auditor': await addPerson(quinn, 'Alex', grant('auditor')),
    'another auditor': await addPerson(quinn, 'Blake', grant('auditor')),
    'the moderator': await addPerson(quinn, 'Morgan', grant('moderator', { teams: [north] })),
    'another moderator': await addPerson(quinn, 'Marlow', grant('moderator', ofHere)),
    'the team lead': await addPerson(quinn, 'Lee', grant('team-lead', { teams: [north] })),
    'a lead elsewhere': await addPerson(quinn, 'Olga', grant('team-lead', ofThere)),
    'the head of service': await addPerson(quinn, 'Harper', grant('head-of-service', ofHere)),
    'a head elsewhere': await addPerson(quinn, 'Hollis', grant('head-of-service', ofThere)),
    'the QA lead': quinn,
    'the administrator': await addPerson(quinn, 'Adel', grant('administrator')),
    'the board viewer': await addPerson(quinn, 'Bailey', grant('board-viewer')),
    'nobody now': await addPerson(quinn, 'Ned', ended),
  };
  const place = { service: here, team: north };
  const given = { auditor: idOf(people['the auditor']), moderator: idOf(people['the moderator']) };
  return {
    people,
    here,
    there,
    north,
    audit: (id) => [caseOf(id), allocation(id, { ...place, ...given })],
  };
}

/** What the server made of a group: `accepted` or `held`, or the problem it answered with. */
export async function outcomeOf(laptop: Laptop, ...edits: readonly Edit[]): Promise<string | undefined> {
  const { body, problem } = await laptop.write(...edits);
  return problem?.kind ?? body.results[0]?.outcome;
}
