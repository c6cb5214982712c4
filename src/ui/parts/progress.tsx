/** How far a long job is: a bar, a sentence for the eye, and for the ear a word at each tenth. */
import type { ComponentChildren } from 'preact';
import { words } from '../words.ts';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly of: number;
  readonly children: ComponentChildren;
}

export function Progress({ label, done, of, children }: ProgressProps) {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  return (
    <div class="app-progress">
      <progress class="app-progress__bar" aria-label={label} value={share} max={1} />
      <p class="app-progress__text">{children}</p>
      <p class="govuk-visually-hidden" role="status">
        {words.parts.progress(label, Math.floor(share * 10) * 10)}
      </p>
    </div>
  );
}
