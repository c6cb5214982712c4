/** A server with a proxy in front of it, and auditors of one team, each with an audit of their own. All of it made up. */
import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/open.ts';
import { recordEdits, type Edit } from '../../src/store/record.ts';
import { realLaptop, type RealLaptop } from '../converge/real-laptop.ts';
import { newId, openBrowser, signIn, type Browser, type Laptop } from '../server/client.ts';
import {
  addPerson,
  allocation,
  caseOf,
  firstQaLead,
  grant,
  password,
  section,
  service,
  startServer,
  team,
  type TestServer,
} from '../server/example.ts';
import { fastTime, type FastTime } from './fast-time.ts';
import { nodeLaptop, type NodeLaptop } from './node-laptop.ts';
import { openProxy, type FaultProxy } from './proxy.ts';

export interface Auditor {
  readonly hand: Laptop;
  readonly audit: RecordId;
  /** A browser that finds the server through `proxy`. */
  through(proxy: FaultProxy): Browser;
  /** A laptop that syncs when it is told. */
  laptop(proxy: FaultProxy, clock?: { ms: number }): Promise<RealLaptop>;
  /** A laptop that syncs by itself. */
  syncing(proxy: FaultProxy, offMs?: number): Promise<NodeLaptop>;
}

export interface Scene {
  readonly server: TestServer;
  readonly proxy: FaultProxy;
  readonly time: FastTime;
  readonly quinn: Laptop;
  auditor(name: string): Promise<Auditor>;
  /** Gives an auditor another audit; answers its id. */
  allocate(to: Auditor): Promise<RecordId>;
  end(): Promise<void>;
}

export async function openScene(speed = 1): Promise<Scene> {
  const time = fastTime(speed);
  const platform = { now: time.now, newId, randomBytes };
  const server = await startServer({ platform, beatMs: 20_000 / speed });
  const proxy = await openProxy(() => server.address);
  const quinn = await firstQaLead(server);
  const [serviceId, teamId] = [newId(), newId()];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const allocate = async ({ hand }: { readonly hand: Laptop }): Promise<RecordId> => {
    const audit = newId() as RecordId;
    const place = { auditor: hand.session.person, service: serviceId, team: teamId };
    const { problem } = await quinn.write(caseOf(audit), allocation(audit, place));
    if (problem !== undefined) throw new Error(`No audit: ${problem.kind}`);
    return audit;
  };
  return {
    server,
    proxy,
    time,
    quinn,
    allocate,
    async auditor(name) {
      const hand = await addPerson(quinn, name, grant('auditor'));
      const through = (by: FaultProxy) => Object.assign(openBrowser(by.address), { cookie: hand.browser.cookie });
      return {
        hand,
        audit: await allocate({ hand }),
        through,
        laptop: (by, clock = { ms: time.now() }) => realLaptop(through(by), hand.session, clock),
        async syncing(by, offMs = 0) {
          // With a session of its own: one belongs to the copy that unlocks with it.
          const own = openBrowser(server.address);
          const { body } = await signIn(own, hand.session.email, password);
          const browser = Object.assign(openBrowser(by.address), { cookie: own.cookie });
          return nodeLaptop({ browser, session: body, time, address: by.address, offMs });
        },
      };
    },
    async end() {
      await proxy.close();
      await server.stop();
    },
  };
}

/** Writes evidence into one section of an audit, as one user action; throws when it is not saved. */
export async function write(store: Store, audit: string, evidence: string, sectionId = 'risk'): Promise<void> {
  const { value, ...edit } = section(audit, 'good', evidence, sectionId);
  const saved = await recordEdits(store, [{ base: null, ...edit, value: value as JsonObject } as Edit], 'act');
  if (!saved.ok) throw new Error(`Not saved: ${JSON.stringify(saved.problem)}`);
}

/** What the server has of a person's devices, op by op: device, number, evidence, and whether it was accepted. */
export function storedEvidence(
  { rows }: TestServer,
  person: string,
): { readonly op: string; readonly evidence: string; readonly accepted: boolean }[] {
  return rows(
    `select device, seq, value, held.code from op left join held using (authority, device, seq) where op.person = '${person}' order by op.device, op.seq`,
  ).map(({ device, seq, value, code }) => ({
    op: `${String(device)}:${String(seq)}`,
    evidence: String((JSON.parse(String(value)) as { readonly evidence?: string }).evidence),
    accepted: code === null,
  }));
}
