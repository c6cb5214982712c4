/**
 * Ops accepted per second by the real accept path, as a ratio to the same batches inserted bare: one insert per op into one
 * table, in the same transactions, equally durable. On SQLite and on PostgreSQL. Aim: at least half.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteFile from 'better-sqlite3';
import { Client } from 'pg';
import { rowOf } from '../../server/db/op-row.ts';
import { openDatabase } from '../../server/db/transact.ts';
import type { Op } from '../../src/domain/record.ts';
import { batchLimitBytes } from '../../src/protocol/op.ts';
import { ensurePostgres, postgresPrograms, startPostgres } from '../run/postgres.ts';
import { acceptAll, found, nowMs, sealAudits } from './backlog.ts';
import { table } from './figures.ts';

const rounds = 3;
const aim = 0.5;

/** What a laptop hands in: a backlog in pushes as large as they may be, and work as it is done, one action a push. */
const loads: Readonly<Record<string, { readonly audits: number; readonly limitBytes: number }>> = {
  'a backlog, in full pushes': { audits: 300, limitBytes: batchLimitBytes },
  'as it is done, an action a push': { audits: 30, limitBytes: 0 },
};

interface Measured {
  readonly database: string;
  readonly load: string;
  readonly ops: number;
  readonly pushes: number;
  /** Ops a second: accepted, inserted bare, and the first over the second. */
  readonly accepted: number;
  readonly bare: number;
  readonly ratio: number;
}

export interface AcceptFigures {
  readonly measured: readonly Measured[];
  readonly aim: number;
}

interface Place {
  /** Where a fresh database is, of this name. */
  open(name: string): Promise<string>;
  /** Inserts batches bare into a database; answers how long it took. */
  bare(name: string, batches: readonly Op[][]): Promise<number>;
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
  const rows = measured.map(({ database, load, ops, pushes, accepted, bare, ratio }) => [
    `${database}: ${load}`,
    String(ops),
    String(pushes),
    accepted.toFixed(0),
    bare.toFixed(0),
    ratio.toFixed(2),
  ]);
  console.log(`accept: full audits of 8 to 12 sections, 50 to 400 words each; best of ${rounds}`);
  console.log(table([['', 'ops', 'pushes', 'accepted/s', 'bare/s', `ratio (aim ${aim})`], ...rows]));
  return { measured, aim };
}

async function measure(
  place: Place,
  database: string,
  load: string,
  { audits, limitBytes }: { readonly audits: number; readonly limitBytes: number },
): Promise<Measured> {
  const times: { accepted: number; bare: number }[] = [];
  let [ops, pushes] = [0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const opened = await openDatabase(await place.open(`accepted_${round}_${limitBytes}`));
    const founded = await found(opened);
    const batches = sealAudits(founded, audits, limitBytes);
    const accepted = await timed(() => acceptAll(opened, founded, batches));
    await opened.close();
    times.push({ accepted, bare: await place.bare(`bare_${round}_${limitBytes}`, batches) });
    [ops, pushes] = [batches.flat().length, batches.length];
  }
  // The best of each: what else the machine does only ever makes it slower.
  const best = (key: 'accepted' | 'bare'): number => ops / (Math.min(...times.map((time) => time[key])) / 1000);
  const [accepted, bare] = [best('accepted'), best('bare')];
  return { database, load, ops, pushes, accepted, bare, ratio: accepted / bare };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The row that is kept of an op, for a table with the keys of the real one, and nothing else. */
const bareRow = (op: Op) =>
  rowOf({
    op: { ...op, text: JSON.stringify(op.value) },
    order: op.claimed,
    receivedMs: nowMs,
    roles: '[]',
    result: { seq: op.seq, outcome: 'accepted', version: op.seq, stamp: op.claimed },
  });
const numbers = /^(seq|group_size|accepted|version|.*_ms|.*_count)$/;

const create = (op: Op): string =>
  `create table op (${Object.keys(bareRow(op))
    .map((name) => `${name} ${numbers.test(name) ? 'bigint' : 'text'}`)
    .join(', ')}, primary key (authority, device, seq)); create index op_by_record on op (authority, record, unit)`;

const insertInto = (op: Op, parameter: (i: number) => string): string =>
  `insert into op values (${Object.keys(bareRow(op))
    .map((_, i) => parameter(i))
    .join(', ')})`;

const firstOf = (batches: readonly Op[][]): Op => {
  const op = batches[0]?.[0];
  if (op === undefined) throw new Error('Nothing to insert');
  return op;
};

const places: Readonly<Record<string, () => Promise<Place | null>>> = {
  SQLite: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
    return {
      open: async (name) => join(folder, `${name}.sqlite`),
      async bare(name, batches) {
        const file = new SqliteFile(join(folder, `${name}.sqlite`));
        file.pragma('journal_mode = WAL');
        file.pragma('synchronous = FULL');
        file.exec(create(firstOf(batches)));
        const insert = file.prepare(insertInto(firstOf(batches), () => '?'));
        const took = await timed(async () => {
          for (const ops of batches)
            file.transaction(() => ops.forEach((op) => insert.run(...Object.values(bareRow(op)))))();
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
      open: made,
      async bare(name, batches) {
        const client = new Client({ connectionString: await made(name) });
        await client.connect();
        await client.query(create(firstOf(batches)));
        const text = insertInto(firstOf(batches), (i) => `$${i + 1}`);
        const took = await timed(async () => {
          for (const ops of batches) {
            await client.query('begin');
            for (const op of ops) await client.query({ name: 'insert', text, values: Object.values(bareRow(op)) });
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
