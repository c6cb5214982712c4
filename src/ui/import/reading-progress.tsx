/** How far the reading of the file is, and a way to end it. */
import { Button } from '../parts/button.tsx';
import { Progress } from '../parts/progress.tsx';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';

export function ReadingProgress({ flow }: { readonly flow: ImportFlow }) {
  const { progress } = flow.state.value;
  if (progress === null) return null;
  const { doneBytes, totalBytes } = progress;
  return (
    <div class="app-import__progress">
      <Progress label={say.readingLabel} done={doneBytes} of={totalBytes}>
        {say.reading(doneBytes, totalBytes)}
      </Progress>
      <Button kind="secondary" onClick={() => void flow.stopReading()}>
        {say.stop}
      </Button>
    </div>
  );
}
