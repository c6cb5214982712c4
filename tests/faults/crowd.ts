/** Ten laptops of five auditors, each behind a proxy of its own, and what befalls them: network, power, clocks. */
import type { RecordId } from '../../src/domain/ids.ts';
import { localTotal } from '../../src/store/totals.ts';
import type { Chance } from '../e2e/support/random.ts';
import { join, newId, openBrowser, openLaptop, signIn } from '../server/client.ts';
import { addPerson, allocation, caseOf, grant, password, service, team } from '../server/example.ts';
import type { FastTime } from './fast-time.ts';
import type { KillableServer } from './killable-server.ts';
import { always, byChance, unharmed, type Nemesis, type Plan } from './nemeses.ts';
import { nodeLaptop, type NodeLaptop } from './node-laptop.ts';
import { openProxy, type FaultProxy } from './proxy.ts';
import { write } from './scene.ts';

export interface Member {
  readonly name: string;
  readonly laptop: NodeLaptop;
  readonly proxy: FaultProxy;
  readonly audits: readonly RecordId[];
  /** Everything that was reported saved here, each text once. */
  readonly saved: string[];
}

const people = 5;
const laptopsEach = 2;
const auditsEach = 3;

export async function gather(server: KillableServer, time: FastTime): Promise<Member[]> {
  const browser = openBrowser(server.address());
  const joined = await join(browser, server.firstLink, password, { name: 'Quinn', email: 'quinn@example.org' });
  const quinn = openLaptop(browser, joined.body);
  await quinn.pull();
  const [serviceId, teamId] = [newId(), newId()];
  await quinn.write(service(serviceId, 'Assessment'), team(teamId, 'Team 1', serviceId));
  const members: Member[] = [];
  for (let person = 0; person < people; person += 1) {
    const hand = await addPerson(quinn, `Alex${person}`, grant('auditor'));
    const audits: RecordId[] = [];
    for (let n = 0; n < auditsEach; n += 1) {
      const audit = newId() as RecordId;
      const place = { auditor: hand.session.person, service: serviceId, team: teamId };
      await quinn.write(caseOf(audit), allocation(audit, place));
      audits.push(audit);
    }
    for (let n = 0; n < laptopsEach; n += 1) {
      const proxy = await openProxy(server.address);
      // Each with a session of its own: one belongs to the copy that unlocks with it.
      const through = openBrowser(proxy.address);
      const { body } = await signIn(through, hand.session.email, password);
      const laptop = await nodeLaptop({ browser: through, session: body, time, address: proxy.address });
      members.push({ name: `${person}.${n}`, laptop, proxy, audits, saved: [] });
    }
  }
  return members;
}

/** One user action. What the laptop does not report as saved need not arrive. */
export async function act({ name, laptop, audits, saved }: Member, random: Chance): Promise<void> {
  const text = `${name}:${saved.length}`;
  try {
    await write(laptop.store(), random.pick(audits), text, `s${random.between(0, 5)}`);
  } catch {
    return;
  }
  saved.push(text);
}

const oneByOne: readonly Nemesis[] = [
  { kind: 'drop' },
  { kind: 'drop-reply' },
  { kind: 'duplicate' },
  { kind: 'late' },
  { kind: 'truncate' },
  { kind: 'stall' },
  { kind: 'stall-reply' },
  { kind: 'bad-gateway' },
  { kind: 'bad-request' },
  { kind: 'html' },
  { kind: 'redirect' },
  { kind: 'empty' },
  { kind: 'garbage' },
  { kind: 'old-reply' },
];
const forAWhile: readonly Nemesis[] = [
  // Partitions: both ways, one way, refused.
  { kind: 'stall' },
  { kind: 'stall-reply' },
  { kind: 'drop' },
  { kind: 'html' },
  { kind: 'too-large', limitBytes: 8 * 1024 },
  { kind: 'thin', bitsPerSecond: 640_000, breaksAfterBytes: 50_000 },
];

/** The network of one laptop until it changes again. */
export function weather(random: Chance): Plan {
  const kind = random.between(1, 10);
  if (kind <= 2) return unharmed;
  if (kind <= 6) return byChance(random, random.between(10, 60), oneByOne);
  if (kind === 7) return always({ kind: 'stall' }, ['pokes']);
  return always(random.pick(forAWhile));
}

const offsets = [0, 60_000, 301_000, 86_400_000, 365 * 86_400_000, 10 * 365 * 86_400_000];

/** Something befalls one laptop: its network changes, its power goes, it is closed and opened, or its clock is set. */
export async function befall({ laptop, proxy }: Member, random: Chance): Promise<void> {
  const what = random.between(1, 20);
  if (what <= 14) return proxy.plan(weather(random));
  if (what <= 16) return laptop.losePower();
  if (what === 17) return laptop.stop().then(laptop.start);
  laptop.clock.offMs = random.pick(offsets) * random.pick([1, -1]);
}

/** Nothing is left to send, nothing stands in the way, and both sides were proved equal. */
export const isSettled = ({ laptop }: Member): boolean => {
  const { phase, problem, provedEqualMs } = laptop.state();
  return phase === 'idle' && problem === null && provedEqualMs !== null && laptop.port.dump().pending.length === 0;
};

export const totalOf = async ({ laptop }: Member): Promise<string> => JSON.stringify(await localTotal(laptop.store()));
