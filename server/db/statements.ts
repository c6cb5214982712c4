/** Rows that are written or asked for together, so many at a time: every database has a limit to what one statement may name. */
const rowsTogether = 500;

export function inStatements<T>(rows: readonly T[], together = rowsTogether): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / together);
  return Array.from({ length: count }, (_, i) => rows.slice(i * together, (i + 1) * together));
}
