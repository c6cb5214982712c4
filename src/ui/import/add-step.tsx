/** Step 7: the audits are added, with progress and a way to take it all back; then what has become of it. */
import { useState } from 'preact/hooks';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Notification } from '../parts/notification.tsx';
import { Progress } from '../parts/progress.tsx';
import { addressOf, blankQuestion } from '../percentages/question.ts';
import { importing as say } from '../words/import.ts';
import type { Adding, ImportFlow } from './import-flow.ts';
import { StepPage, stopErrors } from './step-page.tsx';

interface AddStepProps {
  readonly flow: ImportFlow;
  /** The file has to be looked through again before the rest is added. */
  readonly onLookAgain: () => void;
  readonly onAnother: () => void;
}

export function AddStep({ flow, onLookAgain, onAnother }: AddStepProps) {
  const state = flow.state.value;
  const { adding, stop } = state;
  if (adding === null) return null;
  const { phase, written, plan } = adding;
  const errors = phase === 'interrupted' ? stopErrors(state) : [];
  return (
    <StepPage step="add" state={state} title={titleOf(adding)} errors={errors}>
      {(phase === 'writing' || phase === 'cancelling') && <Writing flow={flow} adding={adding} />}
      {phase === 'done' && <Done adding={adding} onAnother={onAnother} />}
      {phase === 'cancelled' && (
        <>
          <p class="govuk-body">{written === 0 ? say.cancelledNone : say.cancelledBody(written)}</p>
          <Button href="/import">{say.toImports}</Button>
        </>
      )}
      {phase === 'interrupted' && (
        <>
          <InsetText>{say.interrupted(written)}</InsetText>
          <ButtonGroup>
            <Button onClick={() => (stop?.kind === 'look-again' ? onLookAgain() : void flow.write(plan))}>
              {say.tryAgain}
            </Button>
            <Button kind="secondary" href="/import">
              {say.toImports}
            </Button>
          </ButtonGroup>
        </>
      )}
    </StepPage>
  );
}

function titleOf({ phase }: Adding): string {
  switch (phase) {
    case 'writing':
    case 'cancelling':
    case 'interrupted':
      return say.addTitle;
    case 'done':
      return say.doneTitle;
    case 'cancelled':
      return say.cancelledTitle;
    default:
      return phase satisfies never;
  }
}

function Writing({ flow, adding }: { readonly flow: ImportFlow; readonly adding: Adding }) {
  const [asking, setAsking] = useState(false);
  const { doneBytes = 0, totalBytes = 0 } = flow.state.value.progress ?? {};
  const all = flow.state.value.looked?.check.fresh.audits ?? adding.plan.rows;
  const cancelling = adding.phase === 'cancelling';
  return (
    <>
      <Progress
        label={say.addingLabel}
        text={say.adding(adding.written, all)}
        share={totalBytes > 0 ? doneBytes / totalBytes : null}
      />
      <p class="govuk-body">{say.stay}</p>
      <Button kind="secondary" busy={cancelling} onClick={() => setAsking(true)}>
        {cancelling ? say.stopping : say.cancel}
      </Button>
      <ConfirmDialog
        open={asking && !cancelling}
        title={say.cancelTitle}
        confirm={say.cancelConfirm}
        cancel={say.cancelBack}
        warning
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void flow.cancel();
        }}
      >
        <p class="govuk-body">{say.cancelBody(adding.written)}</p>
      </ConfirmDialog>
    </>
  );
}

function Done({ adding: { plan, written }, onAnother }: { readonly adding: Adding; readonly onAnother: () => void }) {
  const overall = addressOf({ ...blankQuestion, tool: plan.tool.id });
  const sections = addressOf({ ...blankQuestion, tool: plan.tool.id, measure: 'sections', by: 'section' });
  return (
    <>
      <Notification kind="success" heading={written === 0 ? say.doneResumed : say.done(written)}>
        <p class="govuk-body">{say.doneBody}</p>
      </Notification>
      <ul class="govuk-list">
        {plan.tool.overall !== null && (
          <li>
            <a class="govuk-link" href={`/percentages${overall}`}>
              {say.toPercentages}
            </a>
          </li>
        )}
        {plan.tool.sections.length > 0 && (
          <li>
            <a class="govuk-link" href={`/percentages${sections}`}>
              {say.toSections}
            </a>
          </li>
        )}
      </ul>
      <ButtonGroup>
        <Button href="/import">{say.toImports}</Button>
        <Button kind="secondary" onClick={onAnother}>
          {say.another}
        </Button>
      </ButtonGroup>
    </>
  );
}
