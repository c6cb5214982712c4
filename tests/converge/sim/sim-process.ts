/** One process of many: runs its share of the schedules and tells what came of them. */
import type { News, Order } from './many.ts';
import { plantNamed } from './planted/plants.ts';
import { runSchedule, scheduleOf } from './run-schedule.ts';
import { makeTemplate } from './template.ts';

const tellEvery = 25;

// Traces of errors that are part of a schedule cost more than the schedule; one that fails is run again with them.
Error.stackTraceLimit = 0;

process.once('message', (order: Order) => void work(order));

async function work({ seed, first, every, below, untilMs, plant }: Order): Promise<void> {
  const template = await makeTemplate();
  let [schedules, ops, decided, faults] = [0, 0, 0, new Map<string, number>()];
  const tell = (failure: News['failure'], done: boolean): void => {
    process.send?.({ schedules, ops, decided, faults: [...faults], failure, done } satisfies News);
    [schedules, ops, decided, faults] = [0, 0, 0, new Map()];
  };
  for (let number = first; number < below && Date.now() < untilMs; number += every) {
    const own = `${seed}:${number}`;
    const ended = await runSchedule(template, scheduleOf(own), plantNamed(plant));
    schedules += 1;
    ops += ended.ops;
    decided += ended.decided;
    for (const [fault, count] of ended.faults) faults.set(fault, (faults.get(fault) ?? 0) + count);
    if (ended.violation !== null) return tell({ seed: own, violation: ended.violation }, true);
    if (schedules === tellEvery) tell(null, false);
  }
  tell(null, true);
  process.disconnect();
}
