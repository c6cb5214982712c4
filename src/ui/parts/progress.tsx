/**
 * How far a long job has come: a bar, a sentence for the eye, for the ear a word at each tenth, and how to stop it. Takes the
 * focus from what began the job.
 */
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../words.ts';
import { Button } from './button.tsx';

interface ProgressProps {
  /** What is being done, and how much of it where that is known. */
  readonly text: string;
  /** The same in words that stand still, e.g. "Reading the file"; the text where that does. */
  readonly label?: string;
  /** Between 0 and 1; null while that is not known. */
  readonly share: number | null;
  readonly onStop?: () => void;
}

export function Progress({ text, label = text, share, onStop }: ProgressProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div class="app-progress" ref={box} tabIndex={-1} role="group" aria-label={label}>
      <p class="govuk-body app-progress__text">{text}</p>
      <progress class="app-progress__bar" aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
      <p class="govuk-visually-hidden" role="status">
        {share !== null && words.parts.progress(label, Math.floor(share * 10) * 10)}
      </p>
      {onStop && (
        <Button kind="secondary" onClick={onStop}>
          {words.parts.stop}
        </Button>
      )}
    </div>
  );
}
