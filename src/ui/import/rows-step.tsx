/** Step 2: how the file was read, and its first rows, so that one sees whether that was right. */
import { useState } from 'preact/hooks';
import { delimiters, type Delimiter, type FileRow, type Inspection } from '../../protocol/import.ts';
import type { InspectAsked } from '../../protocol/import-job.ts';
import { Button } from '../parts/button.tsx';
import { Select } from '../parts/select.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { Table } from '../parts/table.tsx';
import { importing as say } from '../words/import.ts';
import type { ImportFlow } from './import-flow.ts';
import { ReadingProgress } from './reading-progress.tsx';
import { StepPage, stopErrors } from './step-page.tsx';

interface RowsStepProps {
  readonly flow: ImportFlow;
  readonly onDone: () => void;
}

export function RowsStep({ flow, onDone }: RowsStepProps) {
  const [attempt, setAttempt] = useState(0);
  const state = flow.state.value;
  const { file, inspection, asked } = state;
  const busy = state.progress !== null;
  if (file === null || inspection === null) return null;
  const readAgain = async (changed: InspectAsked): Promise<void> => {
    if (!(await flow.choose(file, { ...asked, ...changed }))) setAttempt((before) => before + 1);
  };
  const { layout, columns, rowCount } = inspection;
  return (
    <StepPage step="rows" state={state} title={say.rowsTitle} errors={busy ? [] : stopErrors(state)} attempt={attempt}>
      <p class="govuk-body">{say.rowsLead(columns.length, rowCount)}</p>
      <SummaryList
        rows={[
          { name: say.fileName, value: file.name },
          { name: say.size, value: say.sizeText(file.size) },
          { name: say.encoding, value: say.encodings[layout.encoding] },
        ]}
      />
      <Notices inspection={inspection} />
      <div class="app-row app-import__reading">
        <Select<Delimiter>
          id="delimiter"
          label={say.delimiter}
          empty={null}
          value={layout.delimiter}
          disabled={busy}
          choices={delimiters.map((value) => ({ value, label: say.delimiters[value] }))}
          onChange={(delimiter) => delimiter !== '' && void readAgain({ delimiter })}
        />
        <Select
          id="header-row"
          label={say.headerRow}
          empty={null}
          value={String(layout.headerRow)}
          disabled={busy}
          choices={headerRows(inspection)}
          onChange={(row) => void readAgain({ headerRow: Number(row) })}
        />
      </div>
      <ReadingProgress flow={flow} />
      <FirstRows inspection={inspection} />
      <Button busy={busy} onClick={onDone}>
        {say.continue}
      </Button>
    </StepPage>
  );
}

function Notices({ inspection }: { readonly inspection: Inspection }) {
  if (inspection.notices.length === 0) return null;
  return (
    <section class="app-import__notices" aria-labelledby="import-notices">
      <h2 class="govuk-heading-s" id="import-notices">
        {say.notices}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {inspection.notices.map((notice) => {
          const sentence = say.noticeSentence(notice);
          return <li key={sentence}>{sentence}</li>;
        })}
      </ul>
    </section>
  );
}

/** The rows that can be the row of headings, by what is in them. */
function headerRows({ layout, columns, above, firstRows }: Inspection) {
  const headings: FileRow = { row: layout.headerRow, cells: columns.map(({ heading }) => heading) };
  return [...above, headings, ...firstRows].map(({ row, cells }) => ({
    value: String(row),
    label: say.headerRowOption(row, preview(cells)),
  }));
}

const previewed = 60;

function preview(cells: readonly string[]): string {
  const text = cells.filter((cell) => cell.trim() !== '').join(' | ');
  return text.length > previewed ? `${text.slice(0, previewed)}…` : text;
}

/** More would make the page slow, and nobody looks so far to the right. */
const shownColumns = 30;

function FirstRows({ inspection }: { readonly inspection: Inspection }) {
  const { columns, firstRows, rowCount } = inspection;
  const shown = columns.slice(0, shownColumns);
  return (
    <>
      <Table
        caption={say.firstRows}
        captionSize="s"
        narrow="scroll"
        dense
        columns={[
          { text: say.rowColumn, numeric: true },
          ...shown.map(({ letter, heading }) => ({ text: say.column(letter, heading) })),
        ]}
        rows={firstRows.map(({ row, cells }) => ({
          key: String(row),
          cells: [row, ...shown.map(({ index }) => cells[index] ?? '')],
        }))}
      />
      <p class="govuk-body app-soft app-small">
        {say.firstRowsOf(firstRows.length, rowCount)}
        {columns.length > shown.length && `. ${say.moreColumns(columns.length - shown.length)}`}
      </p>
    </>
  );
}
