/** Rows that are written or asked for together, so many at a time: every database has a limit to what one statement may name. */
import { CompiledQuery, PostgresAdapter } from 'kysely';
import type { Tables, Tx } from './tables.ts';

const rowsTogether = 500;

export function inStatements<T>(rows: readonly T[], together = rowsTogether): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / together);
  return Array.from({ length: count }, (_, i) => rows.slice(i * together, (i + 1) * together));
}

/** What becomes of a row that is there already: found by its key, it takes these columns from the new one. */
interface OnConflict<Row> {
  readonly key: readonly (keyof Row & string)[];
  readonly takes: readonly (keyof Row & string)[];
}

/**
 * Inserts rows, each with the same columns. Not by Kysely's builder: that makes several objects of every value, and a full
 * push has thousands of values.
 */
export async function insertRows<T extends keyof Tables>(
  tx: Tx,
  table: T,
  rows: readonly Tables[T][],
  onConflict?: OnConflict<Tables[T]>,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first) as (keyof Tables[T])[];
  const isNumbered = tx.getExecutor().adapter instanceof PostgresAdapter;
  const into = `insert into "${table}" (${listOf(columns)}) values `;
  for (const some of inStatements(rows)) {
    const values = some.flatMap((row) => columns.map((column) => row[column]));
    const text = into + placesFor(some.length, columns.length, isNumbered) + endOf(onConflict);
    await tx.executeQuery(CompiledQuery.raw(text, values));
  }
}

const listOf = (columns: readonly PropertyKey[]): string => columns.map((column) => `"${String(column)}"`).join(', ');

/** `(?, ?), (?, ?)`, or `($1, $2), ($3, $4)`. */
function placesFor(rows: number, columns: number, isNumbered: boolean): string {
  const row = (from: number): string =>
    `(${Array.from({ length: columns }, (_, i) => (isNumbered ? `$${from + i + 1}` : '?')).join(', ')})`;
  if (!isNumbered) return Array<string>(rows).fill(row(0)).join(', ');
  return Array.from({ length: rows }, (_, i) => row(i * columns)).join(', ');
}

function endOf<Row>(onConflict: OnConflict<Row> | undefined): string {
  if (onConflict === undefined) return '';
  const takes = onConflict.takes.map((column) => `"${column}" = excluded."${column}"`);
  return ` on conflict (${listOf(onConflict.key)}) do update set ${takes.join(', ')}`;
}
