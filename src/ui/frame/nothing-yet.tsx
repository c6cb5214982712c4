/** A laptop that has no records yet, or a person who has no role yet: says which, and what comes next. */
import type { Laptop } from '../../bridge/laptop.ts';
import { Page } from '../parts/page.tsx';
import { words } from '../words.ts';

interface NothingYetProps {
  readonly laptop: Laptop;
  /** Whether this person's own record has arrived. */
  readonly known: boolean;
}

export function NothingYet({ laptop, known }: NothingYetProps) {
  const { phase, receiving, problem, provedEqualMs } = laptop.sync.state.value;
  const { frame, problems } = words;
  // Once all has been here, nothing is on its way: whoever has lost every role is sent not even their own record.
  if (known || provedEqualMs !== null) {
    return (
      <Page title={frame.noRoleTitle}>
        <p class="govuk-body">{frame.noRoleBody}</p>
      </Page>
    );
  }
  const away = phase === 'offline' || phase === 'off';
  return (
    <Page title={frame.fetchingTitle}>
      <p class="govuk-body">{away ? frame.fetchingOffline : frame.fetchingBody}</p>
      {receiving !== null && receiving > 0 && (
        <p class="govuk-body" role="status">
          {frame.fetched(receiving)}
        </p>
      )}
      {problem !== null && <p class="govuk-body">{problems.cycle(problem)}</p>}
    </Page>
  );
}
