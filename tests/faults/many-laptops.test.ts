/**
 * Ten laptops at 10 to 50 actions a second, every nemesis by chance, the server killed and started again, power cuts and
 * wrong clocks; then the line heals. Everything that was reported saved is at the server once, laptops of one person hold
 * the same, and syncing has resumed within 90 seconds. Time runs five times as fast, or as FAULTS_SPEED says; FAULTS_RUNS
 * says how many runs. A run that failed is had again with its own seed and FAULTS_RUNS=1.
 */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chance, chanceFrom, type Chance } from '../e2e/support/random.ts';
import { act, befall, gather, isSettled, totalOf, type Member } from './crowd.ts';
import { fastTime, type FastTime } from './fast-time.ts';
import { startKillableServer, type KillableServer } from './killable-server.ts';
import { inLongRun, isLongRun } from './long-run.ts';
import { until } from './until.ts';

const runs = Number(process.env['FAULTS_RUNS'] ?? inLongRun(200, 1));
const speed = Number(process.env['FAULTS_SPEED'] ?? 5);
const harmedMs = 40_000;
/** Fast time makes a busy machine slower: only the long run, which has it to itself, is held to this. */
const resumedWithinMs = 90_000;

const seconds = (ms: number | undefined): string => `${((ms ?? 0) / 1_000).toFixed(1)} s`;

interface Outcome {
  readonly resumedMs: number;
  readonly saved: number;
  readonly struck: number;
}

/** Ends when `members` have acted, and suffered, for `harmedMs`. */
async function harm(members: readonly Member[], server: KillableServer, time: FastTime, random: Chance): Promise<void> {
  const endMs = time.now() + harmedMs;
  const acting = async (): Promise<void> => {
    while (time.now() < endMs) {
      await act(random.pick(members), random);
      await time.pass(1_000 / random.between(10, 50));
    }
  };
  const befalling = async (): Promise<void> => {
    while (time.now() < endMs) {
      await befall(random.pick(members), random);
      await time.pass(random.between(200, 1_500));
    }
  };
  const killing = async (): Promise<void> => {
    for (let kill = 0; kill < 2; kill += 1) {
      await time.pass(random.between(5_000, 15_000));
      await server.kill();
      await time.pass(random.between(0, 5_000));
      await server.start();
    }
  };
  await Promise.all([acting(), befalling(), killing()]);
}

const told = ({ name, laptop }: Member): string => {
  const { phase, problem } = laptop.state();
  return `${name} ${phase} ${problem?.kind ?? ''} ${laptop.port.dump().pending.length} pending`;
};

async function runOnce(random: Chance): Promise<Outcome> {
  const time = fastTime(speed);
  const server = await startKillableServer(time);
  const members = await gather(server, time);
  try {
    for (const { laptop } of members) await laptop.start();
    await until(() => members.every(isSettled), 'all laptops have begun');
    await harm(members, server, time, random);
    for (const { proxy } of members) proxy.heal();
    const healedMs = time.now();
    const persons = new Map(
      members.map((member) => [
        member.laptop.person,
        members.filter((other) => other.laptop.person === member.laptop.person),
      ]),
    );
    await until(
      async () => {
        if (!members.every(isSettled)) return false;
        for (const theirs of persons.values()) {
          if (new Set(await Promise.all(theirs.map(totalOf))).size > 1) return false;
        }
        return true;
      },
      () => `all laptops are equal again: ${members.map(told).join(', ')}`,
    );
    const resumedMs = time.now() - healedMs;

    const stored = server.rows(`select value, held.code from op left join held using (authority, device, seq)`);
    const counts = new Map<string, number>();
    for (const { value, code } of stored) {
      const { evidence } = JSON.parse(String(value)) as { readonly evidence?: string };
      if (evidence === undefined) continue;
      assert.is(code, null, `${evidence} was held`);
      counts.set(evidence, (counts.get(evidence) ?? 0) + 1);
    }
    for (const { saved, name, laptop } of members) {
      for (const text of saved) assert.is(counts.get(text), 1, `${text} is there ${counts.get(text) ?? 0} times`);
      assert.is(laptop.port.dump().quarantine.length, 0);
      assert.ok(
        laptop.states.every(({ phase }) => phase !== 'signed-out' && phase !== 'paused'),
        name,
      );
    }
    const saved = members.reduce((sum, member) => sum + member.saved.length, 0);
    assert.is(counts.size, saved);
    return { resumedMs, saved, struck: members.reduce((sum, { proxy }) => sum + proxy.struck(), 0) };
  } finally {
    for (const { laptop, proxy } of members) {
      await laptop.stop();
      await proxy.close();
    }
    await server.remove();
  }
}

const test = suite('many laptops');

test(`in ${runs} runs nothing is lost, nothing is doubled, and syncing resumes within 90 seconds`, async () => {
  const resumed: number[] = [];
  const failed: string[] = [];
  const { seed } = chance('many laptops');
  for (let run = 0; run < runs; run += 1) {
    const said = `run ${run + 1} of PLUMBLINE_SEED=${seed + run}`;
    try {
      const { resumedMs, saved, struck } = await runOnce(chanceFrom(seed + run));
      resumed.push(resumedMs);
      const sorted = [...resumed].sort((a, b) => a - b);
      console.log(
        `${said}: ${saved} changes, ${struck} faults, resumed after ${seconds(resumedMs)}; ` +
          `median ${seconds(sorted[sorted.length >> 1])}, worst ${seconds(sorted.at(-1))}`,
      );
      if (isLongRun && resumedMs > resumedWithinMs) failed.push(`${said} resumed after ${seconds(resumedMs)}`);
    } catch (cause) {
      failed.push(`${said}: ${String(cause)}`);
      console.log(failed.at(-1));
    }
  }
  assert.equal(failed, []);
});

test.run();
