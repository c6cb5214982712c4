/** The first page: three doors, each with who has the audits behind it and what happens when the laptop is lost. */
import type { GateActions } from '../../bridge/gate.ts';
import { DoorCard } from '../frame/door-card.tsx';
import { Door } from '../frame/door.tsx';
import { Button } from '../parts/button.tsx';
import { words } from '../words.ts';

interface WelcomeProps {
  readonly gate: GateActions;
  readonly canGoBack: boolean;
}

export function Welcome({ gate, canGoBack }: WelcomeProps) {
  const { doors } = words;
  return (
    <Door title={doors.welcomeTitle} wide>
      <p class="govuk-body">{doors.welcomeLead}</p>
      <ul class="app-cards">
        <DoorCard
          picture="server"
          title={doors.serverDoor}
          who={doors.serverWho}
          lost={doors.serverLost}
          onOpen={() => gate.toSignIn()}
        />
        <DoorCard
          picture="laptop"
          title={doors.laptopDoor}
          who={doors.laptopWho}
          lost={doors.laptopLost}
          onOpen={() => gate.toSetUp()}
        />
      </ul>
      {canGoBack && (
        <p class="govuk-body">
          <Button kind="link" onClick={() => gate.back()}>
            {doors.backToUnlock}
          </Button>
        </p>
      )}
    </Door>
  );
}
