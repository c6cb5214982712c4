/** Step 5: what is the same for every audit of the file: how the cases were picked, and what its tool is called. */
import { useState } from 'preact/hooks';
import { selectionMethods, type SelectionMethod } from '../../domain/values.ts';
import { useOrganisation } from '../data/organisation.ts';
import { errorAt } from '../data/typed-secrets.ts';
import { Button } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Radios } from '../parts/radios.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { words } from '../words.ts';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';
import { knownTool, toolNameError } from './plan.ts';
import { StepPage } from './step-page.tsx';

interface AboutStepProps {
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

export const selectionName = (method: SelectionMethod): string =>
  method === 'other' ? say.selectionUnknown : words.names.selections[method];

export function AboutStep({ flow, onDone }: AboutStepProps) {
  const organisation = useOrganisation();
  const state = flow.state.value;
  const [selection, setSelection] = useState(state.selection);
  const [asked, setAsked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const { inspection, looked, toolName } = state;
  if (inspection === null || looked === null) return null;
  const known = knownTool(organisation, looked.reading, inspection.columns);
  const wrong = [
    ...errorAt('selection', selection === '' ? say.needSelection : null),
    ...errorAt('tool-name', known === undefined ? toolNameError(toolName) : null),
  ];
  const errors = asked ? wrong : [];
  const errorOf = (id: string): string | null => errors.find((error) => error.id === id)?.text ?? null;
  return (
    <StepPage step="about" state={state} title={say.aboutTitle} errors={errors} attempt={attempt}>
      <form
        class="app-import__reading"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          setAttempt(attempt + 1);
          if (wrong.length > 0) return;
          flow.set({ selection });
          onDone();
        }}
      >
        <Radios<SelectionMethod>
          id="selection"
          label={say.selection}
          labelSize="m"
          hint={say.selectionHint}
          value={selection === '' ? null : selection}
          error={errorOf('selection')}
          choices={selectionMethods.map((value) => ({ value, label: selectionName(value) }))}
          onChange={setSelection}
        />
        {known === undefined ? (
          <TextInput
            id="tool-name"
            label={say.toolName}
            hint={say.toolNameHint}
            value={toolName}
            error={errorOf('tool-name')}
            onInput={(next) => flow.set({ toolName: next })}
          />
        ) : (
          <InsetText>{say.toolKnown(known.name)}</InsetText>
        )}
        <Button type="submit">{say.continue}</Button>
      </form>
    </StepPage>
  );
}
