/**
 * An authority set up over HTTP by a hand-made QA lead, for flows that are about something else: services, teams, people
 * with roles, their invitation links, allocated audits. All of it made up.
 */
import type { ToolId } from '../../../src/domain/ids.ts';
import type { AllocationValue, RoleGrant } from '../../../src/domain/values.ts';
import { sessionPaths } from '../../../src/protocol/session.ts';
import { join, newId, openBrowser, openLaptop, type Edit, type Laptop } from '../../server/client.ts';
import type { CouncilServer } from './council-server.ts';

export const password = 'a made-up password';

export interface Made {
  readonly id: string;
  readonly name: string;
}

export interface MadePerson extends Made {
  readonly email: string;
  /** The invitation's full address. */
  readonly link: string;
}

export interface MadeAuthority {
  readonly qaLead: Laptop;
  addService(name: string): Promise<Made>;
  addTeam(service: Made, name: string): Promise<Made>;
  addPerson(name: string, grants: readonly RoleGrant[]): Promise<MadePerson>;
  /** Allocates an audit; answers its id. */
  allocate(
    reference: string,
    to: Made,
    place: { service: Made; team: Made },
    more?: Partial<AllocationValue>,
  ): Promise<string>;
  /** Gives an audit that this has allocated to another auditor. */
  reallocate(audit: string, to: Made): Promise<void>;
  /** Writes as the QA lead. */
  write(...edits: readonly Edit[]): Promise<void>;
  /** Joins as a person, with a hand-made laptop. Uses their invitation up. */
  laptopOf(person: MadePerson): Promise<Laptop>;
}

const defaultTool = 'assessment-service@1.0.0' as ToolId;

/** A role from 2020 on, without an end. */
export function grant(role: RoleGrant['role'], services: readonly Made[] = [], teams: readonly Made[] = []): RoleGrant {
  const ids = (made: readonly Made[]): never[] => made.map(({ id }) => id as never);
  return { role, services: ids(services), teams: ids(teams), from: '2020-01-01', to: null };
}

/** An allocation to a person, or to nobody, as it stands when nothing else is said. */
export const allocationTo = (to: Made | null, { service, team }: { service: Made; team: Made }): AllocationValue =>
  ({
    tool: defaultTool,
    service: service.id,
    team: team.id,
    auditor: to?.id ?? null,
    moderator: null,
    due: '2030-01-31',
    selection: 'random',
    cycle: null,
    extendedTo: null,
    extensionApprover: null,
    extensionReason: '',
    exempt: false,
    exemptionApprover: null,
    exemptionReason: '',
  }) as AllocationValue;

/** Writes one group; throws when the server holds any of it. */
export async function writeAs(laptop: Laptop, ...edits: readonly Edit[]): Promise<void> {
  const { body, problem } = await laptop.write(...edits);
  const held = problem ?? body.results.find(({ outcome }) => outcome === 'held');
  if (held) throw new Error(`A change was refused: ${JSON.stringify(held)}`);
}

/** Joins as the first QA lead of a fresh server. */
export async function setUpAuthority(server: CouncilServer): Promise<MadeAuthority> {
  const browser = openBrowser(server.url);
  const joined = await join(browser, server.firstLink, password, {
    name: 'Quinn Lead (made up)',
    email: 'quinn@example.test',
  });
  if (joined.problem) throw new Error(`The first QA lead could not join: ${joined.problem.kind}`);
  const qaLead = openLaptop(browser, joined.body);
  const write = (...edits: readonly Edit[]): Promise<void> => writeAs(qaLead, ...edits);
  const allocations = new Map<string, AllocationValue>();
  const profile = (name: string): object => ({ name, from: '2020-01-01', to: null, was: [] });
  return {
    qaLead,
    write,
    laptopOf: async ({ name, link }) => {
      const own = openBrowser(server.url);
      const reply = await join(own, link, password);
      if (reply.problem) throw new Error(`${name} could not join: ${reply.problem.kind}`);
      return openLaptop(own, reply.body);
    },
    addService: async (name) => {
      const id = newId();
      await write({ record: id, kind: 'service', unit: 'profile', value: profile(name) });
      return { id, name };
    },
    addTeam: async (service, name) => {
      const id = newId();
      await write({ record: id, kind: 'team', unit: 'profile', value: { ...profile(name), service: service.id } });
      return { id, name };
    },
    addPerson: async (name, grants) => {
      const id = newId();
      const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@example.test`;
      await write(
        { record: id, kind: 'person', unit: 'profile', value: { name, email } },
        { record: id, kind: 'person', unit: 'roles', value: { grants } },
      );
      const invited = await browser.post<{ link: string }>(sessionPaths.invite, { person: id });
      return { id, name, email, link: new URL(invited.body.link, server.url).href };
    },
    allocate: async (reference, to, place, more = {}) => {
      const id = newId();
      const value = { ...allocationTo(to, place), ...more };
      allocations.set(id, value);
      await write(
        { record: id, kind: 'audit', unit: 'case', value: { reference, initials: null, ageBand: null, header: {} } },
        { record: id, kind: 'audit', unit: 'allocation', value },
      );
      return id;
    },
    reallocate: (audit, to) =>
      write({ record: audit, kind: 'audit', unit: 'allocation', value: { ...allocations.get(audit), auditor: to.id } }),
  };
}
