/** One step of an import as a page: heading, the list of steps, what is wrong, and the step itself. */
import type { ComponentChildren } from 'preact';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Page } from '../parts/page.tsx';
import { importing as say } from '../words/import.ts';
import type { FlowState } from './import-flow.ts';
import { StepList } from './step-list.tsx';
import { steps, type Step } from './steps.ts';

interface StepPageProps {
  readonly step: Step;
  readonly state: FlowState;
  readonly title: string;
  readonly errors?: readonly FieldError[];
  /** A new value moves the focus to the errors again. */
  readonly attempt?: number;
  readonly children: ComponentChildren;
}

export function StepPage({ step, state, title, errors = [], attempt = 0, children }: StepPageProps) {
  const before = steps[steps.indexOf(step) - 1];
  const back = step === 'file' ? '/import' : `/import/${before}`;
  return (
    <Page
      title={title}
      caption={say.caption}
      width="wide"
      hasError={errors.length > 0}
      {...(state.adding === null ? { back: { href: back } } : {})}
    >
      <div class="app-import">
        <StepList here={step} state={state} />
        <div class="app-import__step">
          <ErrorSummary errors={errors} attempt={attempt} />
          {children}
        </div>
      </div>
    </Page>
  );
}

/** What stopped the last reading or writing, as an error of the page. */
export const stopErrors = ({ stop }: FlowState, id: string | null = null): readonly FieldError[] =>
  stop === null || stop.kind === 'cancelled' ? [] : [{ id, text: say.stopSentence(stop) }];
