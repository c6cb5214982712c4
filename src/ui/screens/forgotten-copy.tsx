/** A copy that was on this laptop has been removed because the council said so: when, why, and what became of the work on it. */
import type { GateActions } from '../../bridge/gate.ts';
import type { Forgotten } from '../../protocol/forgotten.ts';
import { momentText } from '../format.ts';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { laptops as say } from '../words/laptops.ts';

interface ForgottenCopyProps {
  readonly gate: Pick<GateActions, 'readForgotten'>;
  readonly forgotten: Forgotten;
}

export function ForgottenCopy({ gate, forgotten: { form, atMs, goneMs, givenUp } }: ForgottenCopyProps) {
  return (
    <Door title={say.forgottenTitle}>
      <p class="govuk-body">{say.forgotten[form](momentText(atMs), momentText(goneMs))}</p>
      {givenUp > 0 && <p class="govuk-body">{say.forgottenGivenUp(givenUp)}</p>}
      <p class="govuk-body">{say.forgottenNext}</p>
      <Button onClick={() => gate.readForgotten()}>{say.forgottenRead}</Button>
    </Door>
  );
}
