/**
 * Ops accepted per second by the real accept path, as a ratio to the same batches inserted bare: one insert per op into one
 * table with the real one's keys, in the same transactions, equally durable. On SQLite and on PostgreSQL. Aim: at least half.
 *
 * Beside it, bare with the records: the same, and for each record one more row with all its units and the keys of the real
 * table, with the last of its ops. That is what accepting leaves in the two large tables, by design twice.
 *
 * And bare sharing commits: as many pushes a transaction as there are laptops at once.
 *
 * On SQLite also in processor time, all of which is this process's: what else the machine does, and its disk, do not enter.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Client } from 'pg';
import { openDatabase } from '../../server/db/transact.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { ensurePostgres, postgresPrograms, startPostgres } from '../run/postgres.ts';
import { bareRecord, bareRow, bareTables, inTurns, sharing, withRecords, type Batch } from './accept-bare.ts';
import { acceptAtOnce, found, sealAudits } from './backlog.ts';
import { table } from './figures.ts';

const rounds = 3;
const aim = 0.5;

/** What laptops hand in, each its next push when the one before is answered: so many at once, and so many audits by each of them. */
interface Load {
  readonly laptops: number;
  readonly audits: number;
  readonly limitBytes: number;
}
/** A backlog in pushes as large as they may be, and work as it is done, one action a push. */
const loads: Readonly<Record<string, Load>> = {
  'a backlog, in full pushes': { laptops: 1, audits: 300, limitBytes: batchLimitBytes },
  '20 laptops at once, a backlog each': { laptops: 20, audits: 15, limitBytes: batchLimitBytes },
  'as it is done, an action a push': { laptops: 1, audits: 30, limitBytes: 0 },
  '20 laptops at once, an action a push': { laptops: 20, audits: 2, limitBytes: 0 },
};

/** What it took, at best: ops a second, and microseconds of this process an op. */
interface Cost {
  readonly perSecond: number;
  readonly processorUs: number;
}
/** `sharing`: bare, and what as many laptops push at once in one transaction, which is the most that accepting may share. */
const ways = ['accepted', 'bare', 'with records', 'sharing'] as const;
type Way = (typeof ways)[number];

interface Measured {
  readonly database: string;
  readonly load: string;
  readonly ops: number;
  readonly pushes: number;
  readonly costs: Readonly<Record<Way, Cost>>;
  /** Whether the database works in this process. */
  readonly isOwn: boolean;
}

export interface AcceptFigures {
  readonly measured: readonly Measured[];
  readonly aim: number;
}

interface Spent {
  readonly ms: number;
  readonly processorUs: number;
}

interface Place {
  readonly isOwn: boolean;
  /** Where a fresh database is, of this name. */
  open(name: string): Promise<string>;
  /** Inserts batches bare into a fresh database; answers what it took. */
  bare(name: string, batches: readonly Batch[]): Promise<Spent>;
  end(): Promise<void>;
}

/** Measures, prints a table, and answers the figures. */
export async function benchAccept(): Promise<AcceptFigures> {
  const measured: Measured[] = [];
  for (const [database, open] of Object.entries(places)) {
    const place = await open();
    if (place === null) {
      console.log(`${database}: not measured, there is none here`);
      continue;
    }
    for (const [load, asked] of Object.entries(loads)) measured.push(await measure(place, database, load, asked));
    await place.end();
  }
  console.log(`accept: full audits of 8 to 12 sections, 50 to 400 words each; best of ${rounds}; aim ${aim} of bare`);
  const ratio = (part: number, whole: number): string => (part / whole).toFixed(2);
  const rows = measured.flatMap(({ database, load, ops, pushes, costs, isOwn }) =>
    ways.map((way) => [
      `${database}: ${load}: ${way}`,
      String(ops),
      String(pushes),
      costs[way].perSecond.toFixed(0),
      ratio(costs.accepted.perSecond, costs[way].perSecond),
      isOwn ? costs[way].processorUs.toFixed(0) : '-',
      isOwn ? ratio(costs[way].processorUs, costs.accepted.processorUs) : '-',
    ]),
  );
  console.log(table([['', 'ops', 'pushes', 'ops/s', 'accepted of it', 'processor µs an op', 'of accepted'], ...rows]));
  return { measured, aim };
}

async function measure(
  place: Place,
  database: string,
  load: string,
  { laptops, audits, limitBytes }: Load,
): Promise<Measured> {
  const times: Record<Way, Spent>[] = [];
  let [ops, pushes] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const name = `${round}_${laptops}_${limitBytes}`;
    const opened = await openDatabase(await place.open(`accepted_${name}`));
    const founded = await found(opened);
    const each = Array.from({ length: laptops }, () => sealAudits(founded, audits, limitBytes));
    const accepted = await timed(() => acceptAtOnce(opened, founded, each));
    const records = await opened.read((tx) => tx.selectFrom('record').selectAll().execute());
    await opened.close();
    const batches = inTurns(each);
    const opsAlone = batches.map((pushed): Batch => ({ ops: pushed, records: [] }));
    times.push({
      accepted,
      bare: await place.bare(`bare_${name}`, opsAlone),
      'with records': await place.bare(`both_${name}`, withRecords(batches, records)),
      sharing: await place.bare(`sharing_${name}`, sharing(opsAlone, laptops)),
    });
    [ops, pushes] = [batches.flat().length, batches.length];
  }
  // The best of each: what else the machine does only ever makes it slower.
  const best = (way: Way): Cost => ({
    perSecond: ops / (Math.min(...times.map((time) => time[way].ms)) / 1000),
    processorUs: Math.min(...times.map((time) => time[way].processorUs)) / ops,
  });
  const costs = Object.fromEntries(ways.map((way) => [way, best(way)])) as Record<Way, Cost>;
  return { database, load, ops, pushes, costs, isOwn: place.isOwn };
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const [started, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - started, processorUs: user + system };
}

const places: Readonly<Record<string, () => Promise<Place | null>>> = {
  SQLite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
    return {
      isOwn: true,
      open: async (name) => join(folder, `${name}.sqlite`),
      async bare(name, batches) {
        const file = new SqliteFile(join(folder, `${name}.sqlite`));
        file.pragma('journal_mode = WAL');
        file.pragma('synchronous = FULL');
        const { create, insertOp, insertRecord } = bareTables(batches, () => '?');
        file.exec(create);
        const op = file.prepare(insertOp);
        const record = insertRecord === undefined ? undefined : file.prepare(insertRecord);
        const took = await timed(async () => {
          for (const { ops, records } of batches)
            file.transaction(() => {
              for (const each of ops) op.run(...Object.values(bareRow(each)));
              for (const each of records) record?.run(...Object.values(bareRecord(each)));
            })();
        });
        file.close();
        return took;
      },
      end: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
  PostgreSQL: async () => {
    await ensurePostgres();
    if (postgresPrograms() === undefined) return null;
    const postgres = await startPostgres({ durable: true });
    const made = async (name: string): Promise<string> => {
      const admin = new Client({ connectionString: postgres.url('postgres') });
      await admin.connect();
      await admin.query(`create database ${name}`);
      await admin.end();
      return postgres.url(name);
    };
    return {
      isOwn: false,
      open: made,
      async bare(name, batches) {
        const client = new Client({ connectionString: await made(name) });
        await client.connect();
        const { create, insertOp, insertRecord = '' } = bareTables(batches, (i) => `$${i + 1}`);
        await client.query(create);
        const took = await timed(async () => {
          for (const { ops, records } of batches) {
            await client.query('begin');
            for (const op of ops)
              await client.query({ name: 'insert-op', text: insertOp, values: Object.values(bareRow(op)) });
            for (const row of records)
              await client.query({ name: 'insert-record', text: insertRecord, values: Object.values(bareRecord(row)) });
            await client.query('commit');
          }
        });
        await client.end();
        return took;
      },
      end: () => postgres.stop(),
    };
  },
};
