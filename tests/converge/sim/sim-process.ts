/** One process of many: runs its share of the schedules and tells what came of them. */
import { setImmediate } from 'node:timers/promises';
import { stopOrder, type News, type Order } from './many.ts';
import { plantNamed } from './planted/plants.ts';
import { runSchedule, scheduleOf } from './run-schedule.ts';
import { makeTemplate } from './template.ts';

const tellEvery = 25;

// Traces of errors that are part of a schedule cost more than the schedule; one that fails is run again with them.
Error.stackTraceLimit = 0;

let isStopped = false;
process.on('message', (order: Order | typeof stopOrder) => {
  if (order === stopOrder) isStopped = true;
  else void work(order);
});
process.on('disconnect', () => (isStopped = true));
// A key pressed at the terminal comes to every process: the one that started this one says what to do.
process.on('SIGINT', () => undefined);

async function work({ seed, first, every, below, untilMs, plant }: Order): Promise<void> {
  const template = await makeTemplate();
  let [schedules, ops, decided, faults] = [0, 0, 0, new Map<string, number>()];
  const tell = (failure: News['failure'], done: boolean): void => {
    if (process.connected)
      process.send?.({ schedules, ops, decided, faults: [...faults], failure, done } satisfies News);
    [schedules, ops, decided, faults] = [0, 0, 0, new Map()];
  };
  for (let number = first; number < below && Date.now() < untilMs && !isStopped; number += every) {
    const own = `${seed}:${number}`;
    const ended = await runSchedule(template, scheduleOf(own), plantNamed(plant));
    schedules += 1;
    ops += ended.ops;
    decided += ended.decided;
    for (const [fault, count] of ended.faults) faults.set(fault, (faults.get(fault) ?? 0) + count);
    if (ended.violation !== null) return tell({ seed: own, violation: ended.violation }, true);
    if (schedules === tellEvery) tell(null, false);
    // A word to stop is heard between two schedules.
    await setImmediate();
  }
  tell(null, true);
  if (process.connected) process.disconnect();
}
