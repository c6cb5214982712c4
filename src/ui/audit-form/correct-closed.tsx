/**
 * Corrects the case of a closed audit, for a QA lead: one form with a reason, recorded as one act. What it stands on is what was in
 * front of its reader when they opened it: what arrives meanwhile is not written over unseen.
 */
import { useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { ShownUnit } from '../../domain/fold.ts';
import type { DeviceId, RecordId } from '../../domain/ids.ts';
import { shortTextLimit } from '../../protocol/text.ts';
import { nowMs } from '../data/clock.ts';
import { useSave } from '../organisation/use-save.ts';
import { Button, ButtonGroup } from '../parts/button.tsx';
import { Details } from '../parts/details.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { TextArea } from '../parts/text-area.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { CaseForm, errorOf } from './case-form.tsx';
import { askedOf, correctionEdits, correctionErrors, correctionPrefix, type CaseSeen } from './correction.ts';

interface CorrectClosedProps {
  readonly laptop: Laptop;
  readonly record: RecordId;
  readonly shown: ShownUnit;
  readonly device: DeviceId;
}

export function CorrectClosed({ laptop, record, shown, device }: CorrectClosedProps) {
  const [seen, setSeen] = useState<CaseSeen | null>(null);
  const [open, setOpen] = useState(false);
  // Folded away, what was typed stays.
  const onToggle = (isOpen: boolean): void => {
    setOpen(isOpen);
    if (isOpen) setSeen(seen ?? { shown, device });
  };
  const onDone = (): void => {
    setOpen(false);
    setSeen(null);
  };
  return (
    <Details summary={say.correctCase} open={open} onToggle={onToggle}>
      {seen !== null && <Correcting laptop={laptop} record={record} seen={seen} onDone={onDone} />}
    </Details>
  );
}

interface CorrectingProps {
  readonly laptop: Laptop;
  readonly record: RecordId;
  readonly seen: CaseSeen;
  readonly onDone: () => void;
}

function Correcting({ laptop, record, seen, onDone }: CorrectingProps) {
  const [asked, setAsked] = useState(() => askedOf(seen));
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const save = useSave(laptop);
  const correct = async (): Promise<void> => {
    const wrong = correctionErrors(asked, seen);
    setAttempt(attempt + 1);
    setErrors(wrong);
    if (wrong.length > 0) return;
    const { person, newId } = laptop.store;
    setBusy(true);
    const edits = correctionEdits(asked, { record, seen, by: person, at: nowMs(laptop), id: newId() });
    const problem = await save(edits, say.caseCorrected);
    setBusy(false);
    if (problem === null) onDone();
    else setErrors([{ id: null, text: problem }]);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void correct();
      }}
    >
      <ErrorSummary errors={errors} attempt={attempt} />
      <p class="govuk-body">{say.correctClosedLead}</p>
      <CaseForm
        prefix={correctionPrefix}
        asked={asked}
        errors={errors}
        onChange={(fields) => setAsked({ ...asked, ...fields })}
      />
      <TextArea
        id={`${correctionPrefix}-reason`}
        label={say.correctionWhy}
        hint={say.correctionWhyHint}
        rows={3}
        limit={shortTextLimit}
        value={asked.reason}
        error={errorOf(errors, `${correctionPrefix}-reason`)}
        onInput={(reason) => setAsked({ ...asked, reason })}
      />
      <ButtonGroup>
        <Button type="submit" busy={busy}>
          {say.correct}
        </Button>
        <Button kind="secondary" onClick={onDone}>
          {words.parts.cancel}
        </Button>
      </ButtonGroup>
    </form>
  );
}
