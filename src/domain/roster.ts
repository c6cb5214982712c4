/**
 * The audits that count: a row of each, without those of an import that was undone. Whoever keeps counts is told of each
 * row that begins or ends to count, whichever arrives first, the audit or the undoing.
 */
import type { RecordId } from './ids.ts';
import type { AuditRow } from './summary.ts';

export interface RosterDeps {
  readonly onCounted: (row: AuditRow) => void;
  /** Told with the very row that `onCounted` was told. */
  readonly onLeft: (row: AuditRow) => void;
}

export interface Roster {
  /** The audit as it is now, or undefined when this laptop has it no more. True when it came, changed or went. */
  setAudit(id: RecordId, row: AuditRow | undefined): boolean;
  /** Whether an import has been undone. True when that is new and it has audits here. */
  setUndone(id: RecordId, undone: boolean): boolean;
  counted(): readonly AuditRow[];
}

export function newRoster({ onCounted, onLeft }: RosterDeps): Roster {
  const rows = new Map<RecordId, AuditRow>();
  const undoneImports = new Set<RecordId>();
  const counts = (row: AuditRow): boolean => row.import === null || !undoneImports.has(row.import);

  return {
    setAudit(id, next) {
      const before = rows.get(id);
      if (before !== undefined && counts(before)) onLeft(before);
      if (next === undefined) return rows.delete(id);
      rows.set(id, next);
      if (counts(next)) onCounted(next);
      return true;
    },
    setUndone(id, undone) {
      if (undoneImports.has(id) === undone) return false;
      const ofImport = [...rows.values()].filter((row) => row.import === id);
      if (undone) undoneImports.add(id);
      else undoneImports.delete(id);
      for (const row of ofImport) (undone ? onLeft : onCounted)(row);
      return ofImport.length > 0;
    },
    counted: () => [...rows.values()].filter(counts),
  };
}
