/** Runs one schedule from its first step to the last oracle. The same schedule always ends the same, to the last line. */
import { chanceFrom } from '../../../src/domain/example/chance.ts';
import type { Fault } from './fates.ts';
import { heal, notDone } from './heal.ts';
import { hash } from './ids.ts';
import { askAll } from './oracles.ts';
import { perform } from './perform.ts';
import type { Plant } from './plant.ts';
import { drawSchedule, type Schedule } from './steps.ts';
import type { Template } from './template.ts';
import { watchers } from './watch.ts';
import { makeWorld, type Violation } from './world.ts';

export interface Ended {
  readonly violation: Violation | null;
  readonly ops: number;
  /** What people were told to have been decided about held changes. */
  readonly decided: number;
  readonly faults: ReadonlyMap<Fault, number>;
  readonly trace: readonly string[];
  readonly hash: string;
}

export const scheduleOf = (seed: string): Schedule => drawSchedule(seed, chanceFrom(hash, seed)('schedule'));

export async function runSchedule(template: Template, schedule: Schedule, plant: Plant | null = null): Promise<Ended> {
  const watch = watchers();
  const world = await makeWorld(template, schedule, plant, watch);
  const failed = (error: unknown): void =>
    world.violate('no error', error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error));
  await world.time.pass(2_000);
  for (const [at, step] of schedule.steps.entries()) {
    if (world.violation !== null) break;
    // A tab that dies over a step never ends it.
    void perform(world, step, at).catch(failed);
    await world.time.pass(step.thenMs);
  }
  if (world.violation === null && !(await heal(world))) world.violate('idle within 90 s', (await notDone(world)) ?? '');
  // Percentages are told at most every 100 ms.
  await world.time.pass(1_000);
  await Promise.all(watch.asked);
  if (world.violation === null) await askAll(world).catch(failed);
  for (const laptop of world.laptops) laptop.powerCut();
  await world.server.stop();
  return {
    violation: world.violation,
    ops: world.ops,
    decided: world.told.length,
    faults: world.faults,
    trace: world.trace.lines(),
    hash: world.trace.hash(),
  };
}
