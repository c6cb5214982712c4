/**
 * One schedule's world: the server on its template, the laptops, time, wire and what was said to be saved. Steps act on it
 * (`perform`), oracles look at it (`oracles`). What must never be is kept as the first `violation`.
 */
import { chanceFrom, type ChanceOf } from '../../../src/domain/example/chance.ts';
import type { PersonId, RecordId } from '../../../src/domain/ids.ts';
import type { How } from '../../../src/store/record.ts';
import type { Cipher } from '../../../src/store/cipher.ts';
import type { Api } from '../../../server/routes/envelope.ts';
import type { ToldDecision } from './decisions.ts';
import { noFaults, type Fault } from './fates.ts';
import { hash, idsFrom } from './ids.ts';
import type { Plant } from './plant.ts';
import { simLaptop, type SimLaptop } from './sim-laptop.ts';
import { beatMs, simServer, type SimServer } from './sim-server.ts';
import type { Schedule } from './steps.ts';
import { startMs, type Template } from './template.ts';
import { newTrace, type Trace } from './trace.ts';
import { vaultCipher, vaultForServer } from './vault-cipher.ts';
import { virtualNetwork, type Network } from './virtual-network.ts';
import { virtualTime, type VirtualTime } from './virtual-time.ts';

/** What a laptop was told to be saved: the newest value of one pending row. */
export interface Said {
  readonly laptop: SimLaptop;
  readonly n: number;
  readonly word: string;
  readonly record: RecordId;
  readonly unit: string;
  readonly how: How;
}

export interface Violation {
  readonly oracle: string;
  readonly what: string;
}

export interface World {
  readonly schedule: Schedule;
  readonly template: Template;
  readonly time: VirtualTime;
  readonly trace: Trace;
  readonly faults: Map<Fault, number>;
  readonly server: SimServer;
  readonly network: Network;
  readonly laptops: SimLaptop[];
  readonly plant: Plant | null;
  readonly cipher: Cipher;
  readonly chanceOf: ChanceOf;
  /** By laptop and row number. */
  readonly said: Map<string, Said>;
  /** Audits that exist or have existed. */
  readonly audits: RecordId[];
  readonly imports: RecordId[];
  readonly wasCloned: { yes: boolean };
  /** Whether there is a copy of the server's database, and how often it has been put back. */
  readonly copy: { isKept: boolean; timesBack: number };
  /** What people were told to have been decided about held changes. */
  readonly told: ToldDecision[];
  /**
   * Groups about which a server that was put back had ended the matter before: their authors have let them go; and the words of
   * what it knew by that alone.
   */
  readonly letGo: Set<string>;
  ops: number;
  nextWord(): string;
  addLaptop(name: string, person: PersonId, tabs: number, copyOf?: SimLaptop): Promise<SimLaptop>;
  violation: Violation | null;
  violate(oracle: string, what: string): void;
}

/** Told by the world as it happens. */
export interface Watchers {
  readonly onState: (world: World, laptop: SimLaptop, provedEqualMs: number | null) => void;
  readonly onAnswered: (world: World, laptop: SimLaptop, path: string, request: string, reply: string) => void;
}

export async function makeWorld(
  template: Template,
  schedule: Schedule,
  plant: Plant | null,
  watchers: Watchers,
): Promise<World> {
  const time = virtualTime();
  time.begin(startMs);
  const trace = newTrace(time.nowMs);
  const faults = noFaults();
  const chanceOf = chanceFrom(hash, schedule.seed);
  await template.database.goBack('template');
  const database = plant?.database?.(template.database) ?? template.database;
  const forServer = vaultForServer();
  const server = simServer({
    serverKey: forServer.key,
    database,
    authority: template.authority,
    now: time.nowMs,
    newId: idsFrom(chanceOf('server ids')),
    ...(plant?.routes === undefined ? {} : { routes: (api: Api) => plant.routes?.(api) }),
  });
  const byWire = new Map<string, SimLaptop>();
  const network = virtualNetwork({
    time,
    server,
    trace,
    faults,
    onAnswered: (name, path, request, reply) => {
      const laptop = byWire.get(name);
      if (laptop !== undefined) watchers.onAnswered(world, laptop, path, request, reply);
    },
  });
  const cipher = vaultCipher();
  let words = 0;
  const world: World = {
    schedule,
    template,
    time,
    trace,
    faults,
    server,
    network,
    laptops: [],
    plant,
    cipher,
    chanceOf,
    said: new Map(),
    audits: [...template.audits],
    imports: [],
    wasCloned: { yes: false },
    copy: { isKept: false, timesBack: 0 },
    told: [],
    letGo: new Set(),
    ops: 0,
    nextWord: () => `w${(words += 1)}w`,
    async addLaptop(name, person, tabs, copyOf) {
      const laptop = simLaptop({
        name,
        person,
        authority: template.authority.id,
        tabs,
        time,
        wire: network.wire(name, person, chanceOf(`wire ${name}`)),
        chance: chanceOf(`laptop ${name}`),
        trace,
        faults,
        plant,
        cipher,
        sealForServer: forServer.seal,
        ...(copyOf === undefined ? {} : { rows: copyOf.port.dump() }),
        onState: (changed, state) => {
          const problem = state.problem === null ? '' : ` ${state.problem.kind}`;
          trace.say(`${name} ${state.phase}${problem}${state.provedEqualMs === null ? '' : ' equal'}`);
          watchers.onState(world, changed, state.provedEqualMs);
        },
      });
      byWire.set(name, laptop);
      world.laptops.push(laptop);
      laptop.wire.cookie = await server.signIn(person, undefined);
      await laptop.start();
      return laptop;
    },
    violation: null,
    violate(oracle, what) {
      world.violation ??= { oracle, what };
      trace.say(`VIOLATION ${oracle}: ${what}`);
    },
  };
  const beat = (): void =>
    void time.after(beatMs, () => {
      server.beat();
      beat();
    });
  beat();
  for (const [n, { who, tabs }] of schedule.laptops.entries()) {
    await world.addLaptop(`${who}${n}`, template.people[who], tabs);
  }
  return world;
}
