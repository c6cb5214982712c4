/** One record as this laptop has it, as far as work that comes in has to know. */
import type { JudgedUnits } from '../../domain/bring-in/judge.ts';
import type { UnitHere } from '../../domain/bring-in/missing.ts';
import type { Kind } from '../../domain/record.ts';
import type { Store } from '../open.ts';
import { isKept, type QuarantineRow } from '../rows.ts';
import { kindOf, openAll, openRows, type OpenedRow, type RecordRows } from '../view.ts';

export interface RecordHere {
  /** Nothing of it is here but what was refused or kept out. */
  readonly isNew: boolean;
  readonly kind: Kind | undefined;
  /** As they show. */
  readonly units: ReadonlyMap<string, UnitHere>;
  readonly judged: JudgedUnits;
  /** What the server did not accept, and what an earlier file held that did not come in. */
  readonly refused: readonly OpenedRow<QuarantineRow>[];
  readonly keptOut: readonly OpenedRow<QuarantineRow>[];
}

export async function readHere({ cipher, person }: Store, rows: RecordRows): Promise<RecordHere> {
  const [{ units: confirmed, changes }, held] = await Promise.all([
    openRows(cipher, rows),
    openAll(cipher, rows.quarantine),
  ]);
  const units = new Map<string, UnitHere>();
  const judged = new Map<string, JudgedUnits[string]>();
  for (const [unit, { value, stamp, author, op }] of Object.entries(confirmed)) {
    units.set(unit, { value, ms: stamp.ms, isMine: author === person, base: op });
    judged.set(unit, { value, author });
  }
  for (const { unit, value, claimed, base } of changes) {
    units.set(unit, { value, ms: claimed.ms, isMine: true, base });
    judged.set(unit, { value, author: person });
  }
  const kind = kindOf({ ...rows, quarantine: [] });
  return {
    isNew: kind === undefined,
    kind,
    units,
    judged: Object.fromEntries(judged),
    refused: held.filter((row) => row.code !== 'not-brought-in' && isKept(row)),
    keptOut: held.filter(({ code }) => code === 'not-brought-in'),
  };
}
