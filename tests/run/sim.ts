/**
 * The convergence simulator: `npm run sim -- --schedules N --seed S [--minutes M] [--planted]`, or `--replay SEED` for one
 * schedule with its trace. Prints every thousand schedules, and what was run and injected, also when it is stopped (Ctrl+C); a failure with its seed, its shortest steps and their trace.
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { runMany, type Totals } from '../converge/sim/many.ts';
import type { Plant } from '../converge/sim/plant.ts';
import { plantNamed, plants } from '../converge/sim/planted/plants.ts';
import { runSchedule, scheduleOf, type Ended } from '../converge/sim/run-schedule.ts';
import { shrink } from '../converge/sim/shrink.ts';
import type { Schedule } from '../converge/sim/steps.ts';
import { makeTemplate, type Template } from '../converge/sim/template.ts';
import type { Counted } from './steps.ts';

export interface SimAsk {
  readonly schedules: number;
  readonly seed?: string;
  readonly minutes?: number;
  /** Ends it after the schedules that are being run. */
  readonly stop?: AbortSignal;
}

/** Longer than any number of schedules takes. */
const noLimitMinutes = 10_000;
/** A planted bug that its oracles do not find in so many schedules is not caught. */
const plantedSchedules = 3_000;
/** Said after so many schedules each. */
const sayEvery = 1_000;

/** Runs schedules on the product as it is. Each failure counts as one, and so does a run without any. */
export async function runSim({
  schedules,
  seed = newSeed(),
  minutes = noLimitMinutes,
  stop,
}: SimAsk): Promise<Counted> {
  console.log(`Simulating ${schedules} schedules, seed ${seed} ...`);
  const startedMs = Date.now();
  let said = 0;
  const ask = { seed, schedules, minutes, plant: null, ...(stop === undefined ? {} : { stop }) };
  const totals = await runMany(ask, ({ schedules: done }) => {
    if (done - said < sayEvery) return;
    said = done - (done % sayEvery);
    console.log(`${said} of ${schedules} schedules, ${perMinute(done, Date.now() - startedMs)} a minute`);
  });
  if (stop?.aborted === true) console.log('Stopped.');
  report(totals, Date.now() - startedMs);
  for (const { seed: failed, violation } of totals.failures) {
    console.log(`FAIL ${failed}: ${violation.oracle}: ${violation.what}`);
    await replay(failed);
  }
  const failed = totals.failures.length;
  return { passed: failed === 0 ? 1 : 0, failed };
}

/** Runs the product with each planted bug, or with one, until an oracle finds it; one that none finds is a failure. */
export async function runPlanted(seed: string = newSeed(), only: readonly Plant[] = plants): Promise<Counted> {
  let [passed, failed] = [0, 0];
  const template = await makeTemplate();
  for (const plant of only) {
    const caught = await findPlanted(template, seed, plant);
    if (caught === null) failed += 1;
    else passed += 1;
    console.log(
      `${caught === null ? 'FAIL' : 'ok  '} planted ${plant.name}: ${caught ?? `not caught in ${plantedSchedules} schedules of the seed ${seed}`}`,
    );
  }
  await template.database.close();
  return { passed, failed };
}

async function findPlanted(template: Template, seed: string, plant: Plant): Promise<string | null> {
  for (let number = 0; number < plantedSchedules; number += 1) {
    const own = `${seed}:${number}`;
    const { violation } = await runSchedule(template, scheduleOf(own), plant);
    if (violation !== null && plant.caughtBy.includes(violation.oracle))
      return `caught by “${violation.oracle}” with --replay ${own} --plant "${plant.name}"`;
  }
  return null;
}

const newSeed = (): string => randomBytes(4).toString('hex');

const perMinute = (schedules: number, ms: number): number => Math.round(schedules / (ms / 60_000));

function report({ schedules, ops, decided, faults }: Totals, ms: number): void {
  console.log(
    `${schedules} schedules, ${ops} ops, ${decided} decisions on held changes, ${perMinute(schedules, ms)} schedules a minute`,
  );
  const kinds = [...faults].sort(([, a], [, b]) => b - a).map(([fault, count]) => `${fault} ${count}`);
  console.log(`faults: ${kinds.join(', ')}`);
}

/** One schedule again, shortened when it fails, with its trace. */
async function replay(seed: string, plant: string | null = null): Promise<Ended> {
  const template = await makeTemplate();
  const run = (schedule: Schedule): Promise<Ended> => runSchedule(template, schedule, plantNamed(plant));
  const whole = scheduleOf(seed);
  const ended = await run(whole);
  if (ended.violation === null) {
    console.log(`${ended.trace.join('\n')}\nNothing wrong with ${seed}, trace ${ended.hash}`);
    return ended;
  }
  const short = await shrink(whole, ended.violation.oracle, run);
  const last = await run(short);
  console.log(
    `The shortest steps that fail the same way, on ${short.laptops.map(({ who, tabs }) => `${who} (${tabs} tabs)`).join(', ')}:`,
  );
  for (const { fates, thenMs, ...step } of short.steps)
    console.log(`  ${JSON.stringify(step.do === 'fates' ? { ...step, fates, thenMs } : { ...step, thenMs })}`);
  console.log(last.trace.join('\n'));
  console.log(`${last.violation?.oracle}: ${last.violation?.what}`);
  return last;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      schedules: { type: 'string', default: '5000' },
      seed: { type: 'string' },
      minutes: { type: 'string' },
      planted: { type: 'boolean', default: false },
      plant: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  const stopped = new AbortController();
  const seed = values.seed === undefined ? {} : { seed: values.seed };
  if (values.replay !== undefined) {
    process.exitCode = (await replay(values.replay, values.plant ?? null)).violation === null ? 0 : 1;
  } else {
    if (!values.planted) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopped.abort());
    const { passed, failed } = values.planted
      ? await runPlanted(
          values.seed,
          plants.filter(({ name }) => (values.plant ?? name) === name),
        )
      : await runSim({
          schedules: Number(values.schedules),
          minutes: Number(values.minutes ?? noLimitMinutes),
          stop: stopped.signal,
          ...seed,
        });
    console.log(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  }
}
