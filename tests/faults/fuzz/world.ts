/** The authority that fuzzed pushes are sent to: a real server, eight people with their sessions and devices, and what the oracle knows of it. */
import { firstHead } from '../../../src/domain/chain.ts';
import type { AuthorityId } from '../../../src/domain/ids.ts';
import { kinds } from '../../../src/domain/record.ts';
import { recordsOfKind } from '../../../server/db/records.ts';
import { londonDay } from '../../../server/sync/standing.ts';
import type { Chance } from '../../e2e/support/random.ts';
import { hash, openLaptop, type Laptop } from '../../server/client.ts';
import { addPerson, firstQaLead, grant, service, startServer, team, type TestServer } from '../../server/example.ts';
import type { Known, KnownRecord, Version } from './known.ts';

export interface World {
  readonly server: TestServer;
  readonly known: Known;
  /** Two laptops of each. */
  readonly laptops: readonly Laptop[];
  /** Their ids, so that the fuzz makes up none that mean nothing. */
  readonly people: readonly string[];
  readonly services: string[];
  readonly teams: string[];
  readonly audits: string[];
  readonly imports: string[];
  newId(): string;
}

export async function openWorld(random: Chance): Promise<World> {
  const server = await startServer({
    tryLimits: {
      perAccount: 1e6,
      perAddress: 1e6,
      firstWaitMs: 15_000,
      perPersonMinute: 1e9,
      perAddressMinute: 1e9,
      newLaptops: 100_000,
      keptBytesDay: 1e12,
    },
  });
  const newId = (): string =>
    Array.from({ length: 4 }, () =>
      random
        .between(0, 2 ** 32 - 1)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const quinn = await firstQaLead(server);
  const services = [newId(), newId()];
  const teams = [newId(), newId()];
  await quinn.write(
    ...services.map((id, at) => service(id, `Service ${at}`)),
    ...teams.map((id, at) => team(id, `Team ${at}`, services[at] as string)),
  );
  const members = [
    quinn,
    await addPerson(quinn, 'Robin', grant('qa-lead'), grant('auditor')),
    await addPerson(quinn, 'Alex', grant('auditor')),
    await addPerson(quinn, 'Blake', grant('auditor')),
    await addPerson(quinn, 'Casey', grant('auditor'), grant('team-lead', { teams })),
    await addPerson(quinn, 'Lee', grant('team-lead', { services })),
    await addPerson(quinn, 'Ned', { ...grant('qa-lead'), to: '2021-01-01' }),
    await addPerson(quinn, 'Nobody'),
  ];
  const laptops = members.flatMap(({ browser, session }) => [
    openLaptop(browser, session, newId()),
    openLaptop(browser, session, newId()),
  ]);
  const known: Known = {
    authority: quinn.session.authority,
    pen: server.plumbline.server.authority.serverPerson,
    today: londonDay(server.clock.ms),
    records: await recordsOf(server),
    devices: new Map(),
    owners: new Map(),
  };
  const people = members.map(({ session }) => session.person as string);
  return { server, known, laptops, people, services, teams, audits: [], imports: [], newId };
}

/** Every record of the server, as the oracle keeps them. */
export async function recordsOf({ plumbline }: TestServer): Promise<Map<string, KnownRecord>> {
  const { database, authority } = plumbline.server;
  const found = await database.read(async (tx) => {
    const all = [];
    for (const kind of kinds) all.push(...(await recordsOfKind(tx, authority.id as AuthorityId, kind)));
    return all;
  });
  return new Map(
    found.map(({ id, kind, units }) => {
      const versions = Object.entries(units).map(([unit, { others, ...first }]) => {
        const each = [first, ...others].map(({ op, value, author, stamp }): Version => {
          return { op, value: value as Record<string, unknown>, author, at: [stamp.ms, stamp.count] };
        });
        return [unit, each] as const;
      });
      const inService = kind === 'team' ? [String(units['profile']?.value['service'])] : [];
      return [id as string, { kind, units: new Map(versions), services: new Set(inService) }];
    }),
  );
}

/** A laptop stands where the oracle says that the server has come with its device. */
export function standAtEnd(laptop: Laptop, known: Known): void {
  const { seq, head } = known.devices.get(laptop.device) ?? { seq: 0, head: firstHead(hash, laptop.device) };
  Object.assign(laptop, { seq, head });
}
