/** The copy on this laptop is to be removed: what it has not sent is being sent first, unless it is stolen, or what keeps it here. */
import type { RevokeForm } from '../../protocol/laptops.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import { momentText } from '../format.ts';
import { Door } from '../frame/door.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface LeavingProps {
  readonly form: RevokeForm;
  readonly atMs: number;
  readonly trouble: SyncProblem | null;
  /** Another window of this browser still has it open. */
  readonly elsewhere: boolean;
}

export function Leaving({ form, atMs, trouble, elsewhere }: LeavingProps) {
  return (
    <Door title={say.leavingTitle}>
      <p class="govuk-body">{say.leavingAsked[form](momentText(atMs))}</p>
      <div role="status">
        {elsewhere && <p class="govuk-body">{say.leavingElsewhere}</p>}
        {trouble !== null && (
          <>
            <p class="govuk-body">{say.leavingTrouble}</p>
            <p class="govuk-body">{words.problems.cycle(trouble)}</p>
          </>
        )}
      </div>
    </Door>
  );
}
