/** Step 3: what is in each column. Suggestions are filled in and marked; the rest is asked. */
import { useState } from 'preact/hooks';
import type { MappingDraft } from '../../domain/import/mapping.ts';
import { Button } from '../parts/button.tsx';
import type { FieldError } from '../parts/error-summary.tsx';
import { importing as say } from '../words/import.ts';
import { ColumnFields } from './column-fields.tsx';
import { GradedColumns } from './graded-columns.tsx';
import type { ImportFlow } from './import-flow.ts';
import { mappingErrors, unusedColumns, type Columns } from './mapping-form.ts';
import { ReadingProgress } from './reading-progress.tsx';
import { StepPage, stopErrors } from './step-page.tsx';

/** What the fields of the columns work with. */
export interface ColumnsForm {
  readonly draft: MappingDraft;
  readonly columns: Columns;
  readonly errorOf: (id: string) => string | null;
  readonly onChange: (draft: MappingDraft) => void;
}

interface ColumnsStepProps {
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

export function ColumnsStep({ flow, onDone }: ColumnsStepProps) {
  const [asked, setAsked] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const state = flow.state.value;
  const { inspection, draft } = state;
  if (inspection === null) return null;
  const { columns } = inspection;
  const busy = state.progress !== null;
  const wrong = asked ? mappingErrors(draft, columns) : [];
  const errors: readonly FieldError[] = wrong.length > 0 ? wrong : busy ? [] : stopErrors(state);
  const go = async (): Promise<void> => {
    setAsked(true);
    if (mappingErrors(draft, columns).length === 0 && (await flow.look())) return onDone();
    setAttempt((before) => before + 1);
  };
  const form: ColumnsForm = {
    draft,
    columns,
    errorOf: (id) => wrong.find((error) => error.id === id)?.text ?? null,
    onChange: flow.setDraft,
  };
  return (
    <StepPage step="columns" state={state} title={say.columnsTitle} errors={errors} attempt={attempt}>
      <p class="govuk-body">{say.columnsLead}</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void go();
        }}
      >
        <div class="app-import__reading">
          <ColumnFields {...form} />
        </div>
        <GradedColumns {...form} />
        <NotKept draft={draft} columns={columns} />
        <ReadingProgress flow={flow} />
        <Button type="submit" busy={busy}>
          {say.continue}
        </Button>
      </form>
    </StepPage>
  );
}

function NotKept({ draft, columns }: Pick<ColumnsForm, 'draft' | 'columns'>) {
  const unused = unusedColumns(draft, columns);
  if (unused.length === 0) return null;
  return (
    <section class="app-import__not-kept" aria-labelledby="import-not-kept">
      <h2 class="govuk-heading-s" id="import-not-kept">
        {say.notKept}
      </h2>
      <p class="govuk-body app-small">{say.notKeptLead}</p>
      <ul class="app-import__chips">
        {unused.map(({ letter, heading }) => (
          <li key={letter}>{say.column(letter, heading)}</li>
        ))}
      </ul>
    </section>
  );
}
