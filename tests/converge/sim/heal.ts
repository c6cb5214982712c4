/** Takes away everything that is wrong and waits, as long as was promised, for every laptop to be idle and equal. */
import { readStanding } from '../../../server/sync/standing.ts';
import { visibleDigests } from '../../../server/sync/visible.ts';
import { sumDigests } from '../../../src/domain/digest.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { waiting } from '../../../src/store/rows.ts';
import { unheardDecision } from './held-oracles.ts';
import type { World } from './world.ts';

/** "A laptop with a healthy network is idle and equal within 90 seconds." */
const promisedMs = 90_000;
const lookEveryMs = 2_500;

/** Answers whether the promise was kept. */
export async function heal(world: World): Promise<boolean> {
  const { time, trace } = world;
  // What comes back by itself has come back before the clock of the promise starts.
  await time.pass(21_000);
  trace.say('healthy from here on');
  world.network.tripsOver.clear();
  for (const laptop of world.laptops) {
    laptop.diskIsFull = false;
    laptop.powerCutIn = 0;
    laptop.killIn = 0;
    laptop.wire.online = true;
    laptop.wire.swallowsEvents = false;
    laptop.wire.fates = [];
    if (!(await world.server.isSignedIn(laptop.wire.cookie))) {
      laptop.wire.cookie = await world.server.signIn(laptop.person, undefined);
      laptop.sessions().forEach((session) => session.signedIn());
    }
    await laptop.start();
    await laptop.startWorkers();
  }
  for (let waited = 0; waited < promisedMs && world.violation === null; waited += lookEveryMs) {
    await time.pass(lookEveryMs);
    if (waited >= 2 * lookEveryMs && (await isDone(world))) return true;
  }
  return isDone(world);
}

/** Every leader says so, and it is so. */
const isDone = async (world: World): Promise<boolean> => (await notDone(world)) === null;

/** The first laptop that does not say that it is idle and equal, or is not; null when all are. */
export async function notDone(world: World): Promise<string | null> {
  for (const { name, states, port } of world.laptops) {
    // What a restored server cannot place yet waits there, for up to 30 days.
    const waits = port.dump().pending.some(({ serverVersion }) => serverVersion === waiting);
    for (const { phase, provedEqualMs, problem } of states())
      if (phase !== 'idle' || (provedEqualMs === null && !waits) || problem !== null)
        return `${name} is ${phase} with ${problem?.kind ?? 'no problem'}, ${provedEqualMs === null ? 'not proved equal' : 'proved equal'}`;
  }
  for (const laptop of world.laptops) {
    const { name, person, port } = laptop;
    const { pending, confirmed } = port.dump();
    const open = pending.filter(({ serverVersion }) => serverVersion !== waiting).length;
    if (open > 0) return `${name} has ${open} changes pending`;
    const total = await visibleTotal(world, person);
    const own = sumDigests(confirmed.map(({ digest }) => digest));
    if (confirmed.length !== total.count || own !== total.digest) return `${name} says that it is equal and is not`;
    const unheard = world.wasCloned.yes ? null : await unheardDecision(world, laptop);
    if (unheard !== null) return `${name} ${unheard}`;
  }
  return null;
}

function visibleTotal(world: World, person: PersonId): Promise<{ readonly count: number; readonly digest: string }> {
  const { server, time } = world;
  const asking = { authority: server.server.authority, person, nowMs: time.nowMs() };
  return server.database.read(async (tx) => {
    const digests = await visibleDigests(tx, asking, await readStanding(tx, asking));
    return { count: digests.length, digest: sumDigests(digests.map(({ digest }) => digest)) };
  });
}
