/** How far a long job has come, in words and as a bar, and how to stop it. Takes the focus from what began the job. */
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words.ts';
import { Button } from './button.tsx';

interface ProgressProps {
  /** What is being done, e.g. "Reading the file". */
  readonly text: string;
  /** Between 0 and 1; null while that is not known. */
  readonly share: number | null;
  readonly onStop?: () => void;
}

export function Progress({ text, share, onStop }: ProgressProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="app-progress" ref={box} tabIndex={-1} role="group" aria-labelledby="progress-text">
      <p class="govuk-body app-progress__text" id="progress-text">
        {text}
      </p>
      <progress
        class="app-progress__bar"
        aria-labelledby="progress-text"
        max={1}
        {...(share === null ? {} : { value: share })}
      />
      {onStop && (
        <Button kind="secondary" onClick={onStop}>
          {words.parts.stop}
        </Button>
      )}
    </div>
  );
}
