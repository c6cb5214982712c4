/** A forgotten passphrase: after a fresh sign-in, a new one for the same copy. */
import type { GateActions } from '../../bridge/gate.ts';
import type { Session } from '../../protocol/session.ts';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';
import { NewPassphrase } from './new-passphrase.tsx';

interface RecoverProps {
  readonly gate: GateActions;
  readonly session: Session;
}

export function Recover({ gate, session }: RecoverProps) {
  const { doors } = words;
  return (
    <Door title={doors.recoverTitle} authorityName={session.authorityName}>
      <p class="govuk-body">{doors.recoverLead(session.email)}</p>
      <NewPassphrase
        email={session.email}
        submit={doors.recover}
        ask={async (passphrase) => {
          const problem = await gate.recover(passphrase);
          return problem === null ? null : { id: null, text: words.problems.gate(problem) };
        }}
      />
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {doors.back}
        </Button>
      </p>
    </Door>
  );
}
