/** The copy on this laptop is to be removed, and what it has not sent is being sent first. */
import type { SyncProblem } from '../../protocol/problem.ts';
import { momentText } from '../format.ts';
import { Door } from '../frame/door.tsx';
import { words } from '../words.ts';
import { laptops as say } from '../words/laptops.ts';

interface LeavingProps {
  readonly atMs: number;
  readonly trouble: SyncProblem | null;
}

export function Leaving({ atMs, trouble }: LeavingProps) {
  return (
    <Door title={say.leavingTitle}>
      <p class="govuk-body">{say.leavingAsked(momentText(atMs))}</p>
      <div role="status">
        {trouble !== null && (
          <>
            <p class="govuk-body">{say.leavingTrouble}</p>
            <p class="govuk-body">{words.problems.sync(trouble)}</p>
          </>
        )}
      </div>
    </Door>
  );
}
