/** Questions about the rows that are not watched: asked once, answered once. */
import type { RecordId } from '../../src/domain/ids.ts';
import type { AuditRow, Figure, SummaryQuery } from '../../src/domain/summary.ts';
import { auditsBehind } from '../../src/domain/tally.ts';

export interface BehindPage {
  readonly ids: readonly RecordId[];
  readonly total: number;
}

/** The audits behind a figure, newest month first: those from `offset` on, at most `limit`, and how many in all. */
export function behindPage(
  rows: readonly AuditRow[],
  query: SummaryQuery,
  figure: Figure,
  offset: number,
  limit: number,
): BehindPage {
  const ids = auditsBehind(rows, query, figure);
  const from = Math.max(0, offset);
  return { ids: ids.slice(from, from + Math.max(0, limit)), total: ids.length };
}
