/** The first page: three doors, each with who has the audits behind it and what happens when the laptop is lost. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import { DoorCard } from '../frame/door-card.tsx';
import { Door } from '../frame/door.tsx';
import { LostCopies } from '../frame/lost-work.tsx';
import { Button } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { words } from '../words.ts';

interface WelcomeProps {
  readonly gate: GateActions;
  readonly canGoBack: boolean;
}

export function Welcome({ gate, canGoBack }: WelcomeProps) {
  const [opening, setOpening] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { doors } = words;
  const openExample = async (): Promise<void> => {
    setOpening(true);
    setErrors([]);
    const problem = await gate.openExample();
    setOpening(false);
    if (problem === null) return;
    const text = problem.kind === 'example-missing' ? doors.exampleMissing : words.problems.store(problem);
    setErrors([{ id: null, text }]);
  };
  return (
    <Door title={doors.welcomeTitle} wide hasError={errors.length > 0}>
      <ErrorSummary errors={errors} />
      <LostCopies losses={gate.losses} />
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
        <DoorCard
          picture="example"
          title={doors.exampleDoor}
          who={doors.exampleWho}
          lost={doors.exampleLost}
          onOpen={() => void openExample()}
          busy={opening ? doors.openingExample : null}
        />
      </ul>
      <p class="govuk-body">
        {words.backup.openDoorLead}{' '}
        <Button kind="link" onClick={() => gate.toOpenFile()}>
          {words.backup.openDoor}
        </Button>
      </p>
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
