/**
 * How the cost of accepting grows with what there is already: with audits, with laptops that have pushed, with teams and people.
 * On SQLite; each line is ops a second over the last part, as a ratio to the first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/db/transact.ts';
import { writeAsServer } from '../../server/sync/pen.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { newId } from '../server/client.ts';
import { profile, roles, team } from '../server/example.ts';
import { timed } from './accept.ts';
import { acceptAll, found, nowMs, sealAudits } from './backlog.ts';
import { table } from './figures.ts';

const steps = [0, 2_000, 6_000, 18_000];
const measuredAudits = 150;
const teams = 200;
const laptops = 500;

export type GrowthFigures = readonly { readonly what: string; readonly perSecond: number; readonly ratio: number }[];

/** Measures, prints a table, and answers the figures. */
export async function benchAcceptGrowth(): Promise<GrowthFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-growth-'));
  const database = await openDatabase(join(folder, 'plumbline.sqlite'));
  const founded = await found(database);
  const measured: { what: string; perSecond: number }[] = [];
  const measure = async (what: string): Promise<void> => {
    const batches = sealAudits(founded, measuredAudits, batchLimitBytes);
    const took = await timed(() => acceptAll(database, founded, batches));
    measured.push({ what, perSecond: (batches.flat().length * 1000) / took });
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

  const first = measured[0]?.perSecond ?? 1;
  const figures = measured.map((each) => ({ ...each, ratio: each.perSecond / first }));
  console.log(`accept-growth: ${measuredAudits} full audits in full pushes, on SQLite`);
  const rows = figures.map(({ what, perSecond, ratio }) => [what, perSecond.toFixed(0), ratio.toFixed(2)]);
  console.log(table([['with', 'ops/s', 'x the first'], ...rows]));
  return figures;
}
