/** How far the reading of the file is, and a way to end it. */
import { Progress } from '../parts/progress.tsx';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';

export function ReadingProgress({ flow }: { readonly flow: ImportFlow }) {
  const { progress } = flow.state.value;
  if (progress === null) return null;
  const { doneBytes, totalBytes } = progress;
  return (
    <div class="app-import__progress">
      <Progress
        label={say.readingLabel}
        text={say.reading(doneBytes, totalBytes)}
        share={totalBytes > 0 ? doneBytes / totalBytes : null}
        onStop={() => void flow.stopReading()}
      />
    </div>
  );
}
