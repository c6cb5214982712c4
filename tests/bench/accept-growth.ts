/**
 * How the cost of accepting grows with what there is already: with audits, with laptops that have pushed, with teams and people.
 * Beside it, what it costs to answer somebody who may see it all and has it all: the digest is of everything.
 * On SQLite, in processor time an op: what else the machine does, and how fast its disk is, does not enter.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '../../server/db/transact.ts';
import { buildPull, cursorNow } from '../../server/sync/build-pull.ts';
import { writeAsServer } from '../../server/sync/pen.ts';
import { readStanding } from '../../server/sync/standing.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { newId } from '../server/client.ts';
import { profile, roles, team } from '../server/example.ts';
import { acceptAll, found, nowMs, sealAudits, type Founded } from './backlog.ts';
import { table } from './figures.ts';

/** Not from nothing: the first hundreds are slower, while Node still learns what is asked of it. */
const steps = [2_000, 6_000, 18_000];
const measuredAudits = 150;
const teams = 200;
const laptops = 500;
const pulls = 10;

export type GrowthFigures = readonly {
  readonly what: string;
  readonly microseconds: number;
  readonly ratio: number;
  readonly pullMs: number;
}[];

/** Measures, prints a table, and answers the figures. */
export async function benchAcceptGrowth(): Promise<GrowthFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-growth-'));
  const database = await openDatabase(join(folder, 'plumbline.sqlite'));
  const founded = await found(database);
  const measured: { what: string; microseconds: number; pullMs: number }[] = [];
  const measure = async (what: string): Promise<void> => {
    const batches = sealAudits(founded, measuredAudits, batchLimitBytes);
    const before = process.cpuUsage();
    await acceptAll(database, founded, batches);
    const { user, system } = process.cpuUsage(before);
    measured.push({
      what,
      microseconds: (user + system) / batches.flat().length,
      pullMs: await pullMs(database, founded),
    });
  };
  let there = 0;
  for (const step of steps) {
    for (; there < step; there += 500) await acceptAll(database, founded, sealAudits(founded, 500, batchLimitBytes));
    await measure(`${there} audits`);
    there += measuredAudits;
  }
  for (let i = 0; i < laptops; i += 1) await acceptAll(database, founded, sealAudits(founded, 1, batchLimitBytes));
  await measure(`and ${laptops} more laptops`);
  const asking = { authority: founded.authority, nowMs };
  for (let i = 0; i < teams; i += 1) {
    const person = newId();
    const edits = [
      team(newId(), `Team ${i}`, founded.service),
      profile(person, `Person ${i}`, `person-${i}@example.org`),
      roles(person),
    ];
    await database.write((tx) => writeAsServer(tx, asking, newId, edits as never));
  }
  await measure(`and ${teams} more teams and people`);
  await database.close();
  rmSync(folder, { recursive: true, force: true });

  const first = measured[0]?.microseconds ?? 1;
  const figures = measured.map((each) => ({ ...each, ratio: each.microseconds / first }));
  console.log(`accept-growth: ${measuredAudits} full audits in full pushes, on SQLite`);
  const rows = figures.map(({ what, microseconds, ratio, pullMs: ms }) => [
    what,
    microseconds.toFixed(0),
    ratio.toFixed(2),
    ms.toFixed(0),
  ]);
  console.log(table([['with', 'µs an op', 'x the first', 'ms a pull of nothing new'], ...rows]));
  return figures;
}

/** Processor time of a pull that finds nothing new, by somebody with a QA lead's rights. */
async function pullMs(database: Database, { authority, person }: Founded): Promise<number> {
  const asking = { authority, person, nowMs };
  const cursor = await database.read(async (tx) => cursorNow(tx, asking, await readStanding(tx, asking)));
  const before = process.cpuUsage();
  for (let i = 0; i < pulls; i += 1) {
    const answer = await database.read((tx) => buildPull(tx, asking, { device: null, cursor } as never));
    if (!answer.ok || !answer.value.last) throw new Error('There was something new');
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / pulls;
}
