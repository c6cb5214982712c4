/**
 * The people of the made-up authority. Every name says that it is made up. A team has a manager, who leads that team and
 * audits and moderates others; practice leads audit and moderate only; each service has a lead, and a director, head of them all, approves exemptions.
 */
import type { PersonId, TeamId } from '../ids.ts';
import type { PersonValue, RoleName } from '../values.ts';
import { services } from './story.ts';

/** Ids by what they are of, such as `team Assessment Team 1`. */
export type IdOf = <Id extends string>(label: string) => Id;

export interface CastPerson extends PersonValue {
  readonly id: PersonId;
  /** Names of the teams they manage. */
  readonly manages: readonly string[];
  /** Keys of the services they lead. */
  readonly leads: readonly string[];
  /** Further roles, with the keys of the services that they are for. */
  readonly also: readonly { readonly role: RoleName; readonly of: readonly string[] }[];
  readonly audits: boolean;
  readonly isQaLead: boolean;
  /** The team they work in, which they never audit; null when it is none. */
  readonly home: string | null;
}

/** One account a visitor can use for each role. */
export interface ExampleAccount extends PersonValue {
  readonly person: PersonId;
  readonly role: RoleName;
}

export interface Cast {
  readonly people: readonly CastPerson[];
  readonly qaLead: CastPerson;
  readonly director: CastPerson;
  /** The auditor whose account is given out. */
  readonly auditor: CastPerson;
  readonly leadOf: (service: string) => CastPerson;
  readonly accounts: readonly ExampleAccount[];
}

const firstNames = 'Ash Blake Casey Drew Ellis Finley Gray Harper Indigo Jules Kit Lane Marlow Noor Oakley Perry';
const surnames =
  'Acorn Bramble Candle Dovetail Ember Foxglove Gosling Hazelnut Inkwell Juniper Kestrel Lantern Marigold Nutmeg Oatcake Pebble Quince Rosehip Saffron Thimble';

const marked = (name: string): string => `${name} (made up)`;

/** The lead whose account is given out leads the service with the clearest story. */
const knownLeadOf = 'assessment';
/** Where the known auditor works. */
const knownHome = 'Early Help North';
const practiceLeads = 6;

export function castOf(idOf: IdOf): Cast {
  const nobody = { manages: [], leads: [], also: [], audits: false, isQaLead: false, home: null };
  let named = 0;
  const ordinary = (label: string, more: Partial<CastPerson>): CastPerson => {
    const [first, last] = [nameAt(firstNames, named * 7), nameAt(surnames, named)] as const;
    named += 1;
    const email = `${first}.${last}@example.test`.toLowerCase();
    return { ...nobody, ...more, id: idOf(`person ${label}`), name: marked(`${first} ${last}`), email };
  };
  const known = (label: string, name: string, email: string, more: Partial<CastPerson>): CastPerson => ({
    ...nobody,
    ...more,
    id: idOf(`person ${label}`),
    name: marked(name),
    email: `${email}@example.test`,
  });

  const qaLead = known('qa lead', 'Quinn Quality', 'qa.lead', { isQaLead: true });
  const auditor = known('auditor', 'Avery Auditor', 'auditor', { audits: true, home: knownHome });
  const every = services.map(({ key }) => key);
  const director = ordinary('director', { also: [{ role: 'head-of-service', of: every }] });
  const moderates = { also: [{ role: 'moderator', of: every }] } as const;
  const moderator = known('moderator', 'Morgan Moderator', 'moderator', moderates);
  const administrator = known('administrator', 'Adel Administrator', 'administrator', {
    also: [{ role: 'administrator', of: [] }],
  });
  const boardViewer = known('board viewer', 'Bailey Board', 'board.viewer', {
    also: [{ role: 'board-viewer', of: [] }],
  });
  const leads = services.map(({ key }) =>
    key === knownLeadOf
      ? known(`lead of ${key}`, 'Lee Lead', 'team.lead', { leads: [key] })
      : ordinary(`lead of ${key}`, { leads: [key] }),
  );
  const teams = services.flatMap((service) => service.teams).filter(({ managed }) => managed !== true);
  const managers = teams.map(({ name }) =>
    ordinary(`manager of ${name}`, { audits: true, manages: [name], home: name, ...moderates }),
  );
  const others = teams
    .slice(0, practiceLeads - 1)
    .map(({ name }, i) => ordinary(`practice lead ${i + 1}`, { audits: true, home: name, ...moderates }));
  const knownLead = leads.find(({ leads: [key] }) => key === knownLeadOf) ?? qaLead;
  return {
    people: [qaLead, director, ...leads, auditor, ...managers, ...others, moderator, administrator, boardViewer],
    qaLead,
    director,
    auditor,
    leadOf: (service) => leads.find(({ leads: [key] }) => key === service) ?? director,
    accounts: [
      accountOf(auditor, 'auditor'),
      accountOf(moderator, 'moderator'),
      accountOf(knownLead, 'team-lead'),
      accountOf(director, 'head-of-service'),
      accountOf(qaLead, 'qa-lead'),
      accountOf(administrator, 'administrator'),
      accountOf(boardViewer, 'board-viewer'),
    ],
  };
}

const accountOf = ({ id, name, email }: CastPerson, role: RoleName): ExampleAccount => ({
  person: id,
  name,
  email,
  role,
});

const nameAt = (list: string, at: number): string => {
  const names = list.split(' ');
  return names[at % names.length] ?? '';
};

/** The id of a team by the name it began with. */
export const teamId = (idOf: IdOf, name: string): TeamId => idOf<TeamId>(`team ${name}`);
