/** The tables, rows and statements of the bare inserts that accepting is compared with: keys as in the real ones, and nothing else. */
import { rowOf } from '../../server/db/op-row.ts';
import { inStatements } from '../../server/db/statements.ts';
import type { Tables } from '../../server/db/tables.ts';
import type { Op } from '../../src/domain/record.ts';
import { nowMs } from './backlog.ts';

/** What one transaction inserts bare. */
export interface Batch {
  readonly ops: readonly Op[];
  readonly records: readonly RecordRow[];
}
/** A row of the real table, with its units as what they are. */
type RecordRow = Omit<Tables['record'], 'units'> & { readonly units: unknown };

/** Each record with the batch that has the last of its ops. */
export function withRecords(batches: readonly (readonly Op[])[], rows: readonly Tables['record'][]): Batch[] {
  const lastBatch = new Map(batches.flatMap((ops, i) => ops.map((op) => [op.record as string, i] as const)));
  const parsed = rows.map((row) => ({ ...row, units: JSON.parse(row.units) as unknown }));
  return batches.map((ops, i) => ({ ops, records: parsed.filter(({ id }) => lastBatch.get(id) === i) }));
}

/** The pushes of several laptops in the order in which they come when each sends its next one in its turn. */
export const inTurns = (each: readonly (readonly Op[][])[]): Op[][] =>
  Array.from({ length: Math.max(...each.map(({ length }) => length)) }, (_, i) =>
    each.flatMap((pushes) => (pushes[i] === undefined ? [] : [pushes[i]])),
  ).flat();

/** So many batches a transaction. */
export const sharing = (batches: readonly Batch[], together: number): readonly Batch[] =>
  inStatements(batches, together).map((some) => ({
    ops: some.flatMap(({ ops }) => ops),
    records: some.flatMap(({ records }) => records),
  }));

/** The row that is kept of an op, for a table with the keys of the real one, and nothing else. */
export const bareRow = (op: Op) =>
  rowOf({
    op: { ...op, text: JSON.stringify(op.value) },
    order: op.claimed,
    receivedMs: nowMs,
    roles: '[]',
    result: { seq: op.seq, outcome: 'accepted', version: op.seq, stamp: op.claimed },
  });
export const bareRecord = (row: RecordRow) => ({ ...row, units: JSON.stringify(row.units) });
const numbers = /^(seq|group_size|accepted|version|.*_ms|.*_count)$/;

/** The keys of the real tables. */
const keys = {
  op: ['unique (authority, device, seq)', '(authority, record, unit)', '(authority, device, grp)'],
  record: [
    'unique (authority, id)',
    'unique (authority, version)',
    '(authority, kind, version)',
    '(authority, auditor, version)',
    '(authority, moderator, version)',
    '(authority, email)',
    '(authority, version, id, kind, service, team, auditor, moderator, digest, blind, changed_ms)',
  ],
};

/** A table for rows like this one. */
function create(name: keyof typeof keys, row: object): string {
  const columns = Object.keys(row).map((column) => `${column} ${numbers.test(column) ? 'bigint' : 'text'}`);
  const indexes = keys[name].map((key, i) => {
    const [unique, on] = key.startsWith('unique') ? ['unique ', key.slice(7)] : ['', key];
    return `create ${unique}index ${name}_${i} on ${name} ${on}`;
  });
  return [`create table ${name} (${columns.join(', ')})`, ...indexes].join('; ');
}

const insertInto = (name: keyof typeof keys, row: object, parameter: (i: number) => string): string =>
  `insert into ${name} values (${Object.keys(row)
    .map((_, i) => parameter(i))
    .join(', ')})`;

/** The two tables, and the statements that fill them, for batches like these. */
export function bareTables(batches: readonly Batch[], parameter: (i: number) => string) {
  const op = batches[0]?.ops[0];
  if (op === undefined) throw new Error('Nothing to insert');
  const [record] = batches.flatMap(({ records }) => records);
  const tables = [create('op', bareRow(op)), ...(record ? [create('record', bareRecord(record))] : [])];
  return {
    create: tables.join('; '),
    insertOp: insertInto('op', bareRow(op), parameter),
    insertRecord: record && insertInto('record', bareRecord(record), parameter),
  };
}
