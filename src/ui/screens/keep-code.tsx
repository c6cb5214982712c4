/** The recovery code of a new laptop: shown, printed, and then asked for in part, so that it is known to have been kept. */
import { useState } from 'preact/hooks';
import type { GateActions } from '../../bridge/gate.ts';
import type { NewPerson } from '../../store/first-edits.ts';
import { CodeSheet } from '../frame/code-sheet.tsx';
import { DoorFormShell, useDoorForm } from '../frame/door-form.tsx';
import { Door } from '../frame/door.tsx';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';

interface KeepCodeProps {
  readonly gate: GateActions;
  readonly who: NewPerson;
  readonly code: readonly string[];
  readonly madeMs: number;
}

export function KeepCode({ gate, who, code, madeMs }: KeepCodeProps) {
  const [onPaper, setOnPaper] = useState(false);
  const { doors } = words;
  if (onPaper) return <Proof gate={gate} onBack={() => setOnPaper(false)} />;
  return (
    <Door title={doors.codeTitle}>
      <p class="govuk-body app-no-print">{doors.codeLead}</p>
      <CodeSheet who={who} code={code} madeMs={madeMs} />
      <p class="govuk-body app-no-print">{doors.codeKeepWhere}</p>
      <ButtonGroup>
        <Button onClick={() => setOnPaper(true)}>{doors.codeKept}</Button>
        <Button kind="secondary" onClick={() => window.print()}>
          {doors.codePrint}
        </Button>
      </ButtonGroup>
      <p class="govuk-body">
        <Button kind="link" onClick={() => gate.back()}>
          {doors.codeCancel}
        </Button>
      </p>
    </Door>
  );
}

interface ProofProps {
  readonly gate: GateActions;
  readonly onBack: () => void;
}

function Proof({ gate, onBack }: ProofProps) {
  const [end, setEnd] = useState('');
  const form = useDoorForm();
  const { doors, problems } = words;
  const submit = (): void =>
    form.submit([], async () => {
      const problem = await gate.keptCode(end);
      if (problem === null) return null;
      return { id: problem.kind === 'code-end' ? 'code-end' : null, text: problems.gate(problem) };
    });
  return (
    <Door title={doors.proofTitle} hasError={form.errors.length > 0}>
      <p class="govuk-body">{doors.proofLead}</p>
      <DoorFormShell form={form} onSubmit={submit} submit={doors.proofSubmit} submitting={doors.preparing}>
        <TextInput
          id="code-end"
          label={doors.proofLabel}
          hint={doors.proofHint}
          code
          width={20}
          value={end}
          error={form.errorOf('code-end')}
          onInput={setEnd}
        />
      </DoorFormShell>
      <p class="govuk-body">
        <Button kind="link" onClick={onBack}>
          {doors.proofAgain}
        </Button>
      </p>
    </Door>
  );
}
