/** What goes wrong, and how a person or a machine comes back from it by itself a while later. */
import { beginHistory } from '../../../server/db/new-history.ts';
import { wordsIn } from './edits.ts';
import { idsFrom } from './ids.ts';
import { countFault } from './fates.ts';
import type { SimLaptop } from './sim-laptop.ts';
import type { mishaps, Step } from './steps.ts';
import type { World } from './world.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const offsets = [
  minuteMs,
  -minuteMs,
  3 * minuteMs,
  -dayMs,
  dayMs,
  yearMs,
  -yearMs,
  10 * yearMs,
  -10 * yearMs,
  0,
  0,
] as const;
const naps = [5 * minuteMs, 3_600_000, 13 * 3_600_000, 3 * dayMs, 31 * dayMs, 400 * dayMs] as const;

export async function happen(world: World, laptop: SimLaptop, step: Step, at: number): Promise<void> {
  const { time, faults } = world;
  const what = step.do as (typeof mishaps)[number];
  const later = (ms: number, run: () => void | Promise<void>): void => void time.after(ms, () => void run());
  switch (what) {
    case 'fates':
      laptop.wire.fates = [...step.fates];
      return;
    case 'offline':
      countFault(faults, 'offline');
      laptop.wire.online = false;
      return;
    case 'online':
      laptop.wire.online = true;
      laptop.wire.swallowsEvents = false;
      return laptop.sessions().forEach((session) => session.nudge());
    case 'power cut':
      countFault(faults, 'power cut');
      laptop.powerCut();
      return later(1_000 + step.what * 10, laptop.start);
    case 'power cut soon':
      laptop.powerCutIn = 1 + (step.what % 40);
      return;
    case 'kill worker':
      countFault(faults, 'worker killed');
      laptop.killWorker(step.tab % Math.max(1, laptop.states().length));
      return later(3_000, laptop.startWorkers);
    case 'kill worker soon':
      laptop.killIn = 1 + (step.what % 40);
      return;
    case 'disk full':
      countFault(faults, 'disk full');
      [laptop.diskIsFull, laptop.wasFull] = [true, true];
      return;
    case 'disk free':
      laptop.diskIsFull = false;
      return;
    case 'clock':
      countFault(faults, 'clock moved');
      laptop.offsetMs = offsets[step.what % offsets.length] ?? 0;
      return;
    case 'asleep': {
      const nap = naps[step.what % naps.length] ?? 0;
      countFault(faults, nap > 30 * dayMs ? 'asleep for a month' : 'everybody asleep');
      return time.sleep(nap);
    }
    case 'events swallowed':
      countFault(faults, 'events swallowed');
      laptop.wire.swallowsEvents = true;
      return;
    case 'server crash':
      return world.network.crashServer(500 + step.what * 20);
    case 'server trips': {
      const word = [...world.said.values()].at(-1)?.word;
      if (word === undefined || word === '') return;
      countFault(faults, 'server trips over a change');
      return void world.network.tripsOver.add(word);
    }
    case 'session ended':
      countFault(faults, 'session ended');
      laptop.wire.cookie = 'ended';
      return;
    case 'clone':
      if (world.laptops.length > 4 || !laptop.isOn()) return;
      countFault(faults, 'laptop cloned');
      world.wasCloned.yes = true;
      await world.addLaptop(`copy${at}`, laptop.person, 1, laptop);
      return;
    case 'keep a copy':
      world.copy.isKept = true;
      return world.server.database.keep('copy');
    case 'restore':
      return restore(world, step);
    default:
      return what satisfies never;
  }
}

/** Last night's copy is put back: by the command, which begins a new history, or by hand. */
async function restore(
  { server, network, time, faults, chanceOf, copy, trace, letGo }: World,
  step: Step,
): Promise<void> {
  if (!copy.isKept) return;
  countFault(faults, 'server restored');
  copy.timesBack += 1;
  const decided = await server.database.read((tx) =>
    tx.selectFrom('decision').select(['grp', 'content']).where('what', '<>', 'returned').execute(),
  );
  for (const { grp, content } of decided) for (const each of [grp, ...wordsIn(content ?? '')]) letGo.add(each);
  network.crashServer(2_000 + step.what * 5);
  await server.database.goBack('copy');
  const byCommand = step.which % 2 === 0;
  const newId = idsFrom(chanceOf(`restore ${time.nowMs()}`));
  if (byCommand) await server.database.write((tx) => beginHistory(tx, { newId, nowMs: time.nowMs(), newKey: false }));
  trace.say(`the server is restored ${byCommand ? 'by command' : 'by hand'}`);
  await server.restart();
}
