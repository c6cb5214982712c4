/** The correction of a closed audit's case: what is asked, what is wrong with the answers, and the one group it is. Pure. */
import { sameValue, type JsonObject } from '../../domain/canonical.ts';
import { basisOf, type ShownUnit } from '../../domain/fold.ts';
import type { DeviceId, PersonId, RecordId } from '../../domain/ids.ts';
import { correctionUnit } from '../../domain/unit-names.ts';
import type { CaseValue, CorrectionValue } from '../../domain/values.ts';
import { shortTextLimit, tidyText } from '../../protocol/text.ts';
import type { Edit } from '../../store/record.ts';
import { caseOf, type CaseAsked } from '../data/audit-edits.ts';
import type { FieldError } from '../parts/error-summary.tsx';
import { auditForm as say } from '../words/audit-form.ts';
import { held } from '../words/held.ts';
import { caseLineProblem } from './case-lines.ts';
import { versionsToSee } from './versions-to-see.ts';

export interface CorrectionAsked extends CaseAsked {
  readonly reason: string;
}

/** The case as whoever corrects it had it in front of them. */
export interface CaseSeen {
  readonly shown: ShownUnit;
  readonly device: DeviceId;
}

export const correctionPrefix = 'correct';

export function askedOf({ shown }: CaseSeen): CorrectionAsked {
  const { reference = '', initials = null, ageBand = null } = shown.value as Partial<CaseValue>;
  return { reference, initials: initials ?? '', ageBand: ageBand ?? '', reason: '' };
}

/** What is wrong, in the order of the fields. */
export function correctionErrors(asked: CorrectionAsked, seen: CaseSeen): readonly FieldError[] {
  const reason = tidyText(asked.reason).trim();
  const isSame = sameValue(correctedCase(asked, seen), seen.shown.value) && settledBy(seen).length === 0;
  const wrong: readonly (readonly [keyof CorrectionAsked, string | null])[] = [
    ['reference', caseLineProblem('reference', asked.reference) ?? (isSame ? say.nothingCorrected : null)],
    ['initials', caseLineProblem('initials', asked.initials)],
    ['reason', reason === '' ? say.correctionWhyMissing : reason.length > shortTextLimit ? held.whyTooLong : null],
  ];
  return wrong.flatMap(([field, text]) => (text === null ? [] : [{ id: `${correctionPrefix}-${field}`, text }]));
}

interface Correcting {
  readonly record: RecordId;
  readonly seen: CaseSeen;
  readonly by: PersonId;
  readonly at: number;
  /** A fresh id. */
  readonly id: string;
}

/** One group. The corrected case settles every version that was to be seen beside it. */
export function correctionEdits(asked: CorrectionAsked, { record, seen, by, at, id }: Correcting): readonly Edit[] {
  const said: CorrectionValue = { unit: 'case', by, at, reason: tidyText(asked.reason).trim() };
  const { base, settles } = basisOf(seen.shown);
  const edit = { record, kind: 'audit' } as const;
  return [
    { ...edit, unit: correctionUnit(id), value: { ...said } as JsonObject, base: null },
    {
      ...edit,
      unit: 'case',
      value: correctedCase(asked, seen),
      base,
      settles: [...settles, ...settledBy(seen)],
    },
  ];
}

const settledBy = ({ shown, device }: CaseSeen) => versionsToSee(shown, device).map(({ op }) => op);

/** Whatever else the case holds stays. */
const correctedCase = (asked: CaseAsked, { shown }: CaseSeen): JsonObject => {
  const { header: _, ...lines } = caseOf(asked);
  return { ...shown.value, ...lines };
};
