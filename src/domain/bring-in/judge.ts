/**
 * Whether actions made elsewhere may be made here by the person who brings them in: judged as the server will judge them, one
 * after another, so that nothing is sent only to be held.
 */
import { illegalBecause } from '../audit.ts';
import { writtenFacts } from '../facts.ts';
import type { PersonId, RecordId } from '../ids.ts';
import type { Kind, UnitVersion } from '../record.ts';
import { mayWrite, type Standing, type Written } from '../rights.ts';
import { isEvent, settingsId } from '../unit-names.ts';
import type { MadeChange } from './made-change.ts';

export type Objection =
  /** Rights do not reach it. */
  | 'not-allowed'
  /** The audit has been submitted or voided here. */
  | 'closed'
  /** An event that is somebody else's to write. */
  | 'not-the-writer';

/** The units of a record as the judge needs them. */
export type JudgedUnits = Readonly<Record<string, Pick<UnitVersion, 'value' | 'author'>>>;

export interface Judged<Change> {
  readonly action: readonly Change[];
  readonly objection: Objection | null;
}

interface Case<Change> {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly actions: readonly (readonly Change[])[];
  /** The record as it stands here; no units when there is none. */
  readonly here: JudgedUnits;
  readonly person: PersonId;
  /** null on a laptop of one's own, where nobody else's rights are touched. */
  readonly standing: Standing | null;
}

/** Each action, as if those before it that may be made had been. */
export function judgeActions<Change extends MadeChange>(of: Case<Change>): readonly Judged<Change>[] {
  const { record, kind, actions, here, person, standing } = of;
  let units = here;
  return actions.map((action) => {
    const before = units;
    let after: JudgedUnits = units;
    let objection: Objection | null = null;
    const together = action.map(({ unit }) => unit);
    for (const { unit, value } of action) {
      if (kind === 'audit' && illegalBecause(after, unit, together) !== null) objection ??= 'closed';
      if (isEvent(unit) && value['by'] !== person) objection ??= 'not-the-writer';
      after = { ...after, [unit]: { value, author: person } };
    }
    if (standing !== null && objection === null) {
      const facts = [factsOf(kind, record, before), factsOf(kind, record, after)] as const;
      const isRight = action.every(({ unit }) => mayWrite(standing, kind, unit, ...facts));
      if (!isRight || (kind === 'settings' && (record as string) !== settingsId)) objection = 'not-allowed';
    }
    if (objection === null) units = after;
    return { action, objection };
  });
}

/** As the server sees them: none where the record does not exist yet. */
const factsOf = (kind: Kind, record: RecordId, units: JudgedUnits): Written =>
  Object.keys(units).length > 0 ? writtenFacts(kind, record, units) : null;
