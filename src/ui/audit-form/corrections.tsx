/** That the case of a closed audit was corrected: when, by whom, why. What stood there before is on the council's server alone. */
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import { isCorrection } from '../../domain/unit-names.ts';
import type { CorrectionValue } from '../../domain/values.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';

/** Of those of which the texts have not been sent yet, the reason is missing. */
export const correctionsIn = (units: ShownUnits): readonly Partial<CorrectionValue>[] =>
  Object.keys(units)
    .filter(isCorrection)
    .map((unit) => shownValue<Partial<CorrectionValue>>(units, unit) ?? {})
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));

export function Corrections({ units }: { readonly units: ShownUnits }) {
  const organisation = useOrganisation();
  const all = correctionsIn(units);
  if (all.length === 0) return null;
  return (
    <ul class="govuk-list govuk-body-s">
      {all.map(({ by, at = 0, reason = '' }, i) => (
        <li key={i} class="app-long-words">
          {say.correctedOn(momentText(at), personById(organisation, by)?.name ?? words.names.unknownPerson, reason)}
        </li>
      ))}
    </ul>
  );
}
