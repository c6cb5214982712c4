/** Step 1: the file. It is read at once; what cannot be read is said. */
import { useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { FileInput } from '../parts/file-input.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';
import { ReadingProgress } from './reading-progress.tsx';
import { StepPage, stopErrors } from './step-page.tsx';

const fieldId = 'import-file';

interface FileStepProps {
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

export function FileStep({ flow, onDone }: FileStepProps) {
  const [file, setFile] = useState<File | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [missing, setMissing] = useState(false);
  const state = flow.state.value;
  const busy = state.progress !== null;
  // What was wrong with a file says nothing of the next one.
  const stopped = file === state.file ? stopErrors(state, fieldId) : [];
  const errors = missing ? [{ id: fieldId, text: say.fileMissing }] : stopped;
  const go = async (): Promise<void> => {
    setMissing(file === null);
    if (file !== null && (await flow.choose(file))) return onDone();
    setAttempt((before) => before + 1);
  };
  return (
    <StepPage step="file" state={state} title={say.fileTitle} errors={busy ? [] : errors} attempt={attempt}>
      <form
        class="app-import__reading"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void go();
        }}
      >
        <FileInput
          id={fieldId}
          label={say.fileLabel}
          hint={say.fileHint}
          accept=".csv,.tsv,.txt,text/csv"
          error={busy ? null : errors[0]?.text}
          onFile={(chosen) => {
            setFile(chosen);
            setMissing(false);
          }}
        />
        <InsetText>{say.fileStays}</InsetText>
        <ReadingProgress flow={flow} />
        <Button type="submit" busy={busy}>
          {say.continue}
        </Button>
      </form>
    </StepPage>
  );
}
