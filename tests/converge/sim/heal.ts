/** Takes away everything that is wrong and waits, as long as was promised, for every laptop to be idle and equal. */
import { readStanding } from '../../../server/sync/standing.ts';
import { visibleDigests } from '../../../server/sync/visible.ts';
import { sumDigests } from '../../../src/domain/digest.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
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
async function isDone(world: World): Promise<boolean> {
  for (const laptop of world.laptops) {
    const isIdle = laptop
      .states()
      .every(({ phase, provedEqualMs, problem }) => phase === 'idle' && provedEqualMs !== null && problem === null);
    if (!isIdle) return false;
  }
  for (const laptop of world.laptops) {
    const { pending, confirmed } = laptop.port.dump();
    const total = await visibleTotal(world, laptop.person);
    const own = sumDigests(confirmed.map(({ digest }) => digest));
    if (pending.length > 0 || confirmed.length !== total.count || own !== total.digest) return false;
  }
  return true;
}

function visibleTotal(world: World, person: PersonId): Promise<{ readonly count: number; readonly digest: string }> {
  const { server, time } = world;
  const asking = { authority: server.server.authority, person, nowMs: time.nowMs() };
  return server.database.read(async (tx) => {
    const digests = await visibleDigests(tx, asking, await readStanding(tx, asking));
    return { count: digests.length, digest: sumDigests(digests.map(({ digest }) => digest)) };
  });
}
