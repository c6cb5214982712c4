/** First use on this laptop: the passphrase that seals its copy. */
import type { GateActions } from '../../bridge/gate.ts';
import type { Session } from '../../protocol/session.ts';
import { SetUpBefore } from '../first-run/set-up-before.tsx';
import { Door } from '../frame/door.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { words } from '../words.ts';
import { NewPassphrase } from './new-passphrase.tsx';

interface ChoosePassphraseProps {
  readonly gate: GateActions;
  readonly session: Session;
}

export function ChoosePassphrase({ gate, session }: ChoosePassphraseProps) {
  const { doors } = words;
  return (
    <Door title={doors.choosePassphraseTitle} authorityName={session.authorityName}>
      <SetUpBefore session={session} />
      <p class="govuk-body">{doors.choosePassphraseLead}</p>
      <p class="govuk-body">{doors.choosePassphraseAsks}</p>
      <NewPassphrase
        email={session.email}
        submit={doors.choosePassphrase}
        ask={async (passphrase) => {
          const problem = await gate.choosePassphrase(passphrase);
          return problem === null ? null : { id: null, text: words.problems.gate(problem) };
        }}
      />
      <InsetText>{doors.choosePassphraseForgotten}</InsetText>
    </Door>
  );
}
