/** The graded columns, each with what its labels mean, and which of them is the overall grade. */
import { useMemo, useState } from 'preact/hooks';
import { ofstedScale } from '../../domain/grade.ts';
import type { ImportColumn } from '../../domain/import/column.ts';
import type { Counted } from '../../domain/import/distinct.ts';
import { labelKey, suggestGrade } from '../../domain/import/labels.ts';
import { suggestMapping, type GradedColumn, type LabelChoice } from '../../domain/import/mapping.ts';
import { Button } from '../parts/button.tsx';
import { Select } from '../parts/select.tsx';
import { Table } from '../parts/table.tsx';
import { Tag } from '../parts/tag.tsx';
import { TextInput } from '../parts/text-input.tsx';
import { importing as say } from '../words/import.ts';
import { number } from '../words/plural.ts';
import type { ColumnsForm } from './columns-step.tsx';
import { choiceOf, columnAt, unusedColumns, withGraded, withLabel, withoutGraded, withTitle } from './mapping-form.ts';

const noneValue = 'none';

export function GradedColumns(form: ColumnsForm) {
  const { draft, columns, errorOf, onChange } = form;
  const { graded, overall } = draft;
  const suggestion = useMemo(() => suggestMapping(columns, ofstedScale).overall, [columns]);
  const isSuggested = overall != null && overall === suggestion;
  return (
    <section aria-labelledby="import-graded">
      <h2 class="govuk-heading-m" id="import-graded">
        {say.gradedTitle}
      </h2>
      <p class="govuk-body">{graded.length === 0 ? say.noGraded : say.gradedLead}</p>
      {graded.map((one) => {
        const column = columnAt(columns, one.column);
        return column === undefined ? null : <Graded key={one.column} {...form} graded={one} column={column} />;
      })}
      <AddGraded {...form} />
      {graded.length > 0 && (
        <Select
          id="overall"
          label={say.overall}
          labelSize="s"
          hint={
            <>
              {say.overallHint} {isSuggested && <Tag colour="blue">{say.suggested}</Tag>}
            </>
          }
          value={overall === undefined ? '' : overall === null ? noneValue : String(overall)}
          error={errorOf('overall')}
          choices={[
            ...graded.map(({ column, title }) => ({ value: String(column), label: title })),
            { value: noneValue, label: say.noOverall },
          ]}
          onChange={(value) => {
            const { overall: _, ...rest } = draft;
            if (value === '') onChange(rest);
            else onChange({ ...rest, overall: value === noneValue ? null : Number(value) });
          }}
        />
      )}
    </section>
  );
}

interface GradedProps extends ColumnsForm {
  readonly graded: GradedColumn;
  readonly column: ImportColumn;
}

function Graded({ draft, graded, column, errorOf, onChange }: GradedProps) {
  const { index, letter, heading } = column;
  return (
    <section class="app-import__graded" aria-labelledby={`graded-${index}`}>
      <div class="app-import__graded-head">
        <h3 class="govuk-heading-s" id={`graded-${index}`}>
          {say.gradedColumn(letter, heading)}
        </h3>
        <Button kind="link" about={say.column(letter, heading)} onClick={() => onChange(withoutGraded(draft, index))}>
          {say.removeGraded}
        </Button>
      </div>
      <TextInput
        id={`title-${index}`}
        label={say.sectionTitle}
        width={30}
        value={graded.title}
        error={errorOf(`title-${index}`)}
        onInput={(title) => onChange(withTitle(draft, index, title))}
      />
      <Labels
        graded={graded}
        column={column}
        onChoice={(label, choice) => onChange(withLabel(draft, index, label, choice))}
      />
    </section>
  );
}

/** Labels shown of one column; a column with more is hardly one of grades. */
const shownLabels = 30;

interface LabelsProps {
  readonly graded: GradedColumn;
  readonly column: ImportColumn;
  readonly onChoice: (label: string, choice: LabelChoice | null) => void;
}

function Labels({ graded, column, onChoice }: LabelsProps) {
  const labels = column.values.filter(({ value }) => labelKey(value) !== '');
  const shown = labels.slice(0, shownLabels);
  const others = column.rest + labels.slice(shownLabels).reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Table
        caption={say.gradedColumn(column.letter, column.heading)}
        captionSize="hidden"
        dense
        columns={[{ text: say.label }, { text: say.cells, numeric: true, narrow: true }, { text: say.means }]}
        rows={shown.map(({ value, count }) => ({
          key: value,
          cells: [
            `“${value}”`,
            number(count),
            <Meaning key="means" label={value} graded={graded} column={column} onChoice={onChoice} />,
          ],
        }))}
      />
      {(column.blank > 0 || others > 0) && (
        <p class="govuk-body app-soft app-small">
          {[
            ...(column.blank > 0 ? [say.blanks(column.blank)] : []),
            ...(others > 0 ? [say.moreLabels(others)] : []),
          ].join(' · ')}
        </p>
      )}
    </>
  );
}

interface MeaningProps extends LabelsProps {
  readonly label: Counted['value'];
}

function Meaning({ label, graded, column, onChoice }: MeaningProps) {
  const choice = choiceOf(graded, label);
  const isSuggested = choice?.kind === 'grade' && suggestGrade(ofstedScale, label) === choice.grade;
  const at = column.values.findIndex(({ value }) => value === label);
  return (
    <div class="app-import__meaning">
      <Select
        id={`label-${column.index}-${at}`}
        label={say.meansOf(label, column.heading)}
        hideLabel
        empty={say.undecided}
        value={valueOf(choice)}
        choices={[
          ...ofstedScale.grades.map(({ id, name }) => ({ value: `grade:${id}`, label: name })),
          { value: 'not-graded', label: say.notGraded },
          { value: 'not-applicable', label: say.notApplicable },
        ]}
        onChange={(value) => onChoice(label, choiceFrom(value))}
      />
      {isSuggested && <Tag colour="blue">{say.suggested}</Tag>}
    </div>
  );
}

const valueOf = (choice: LabelChoice | null): string => {
  if (choice === null) return '';
  return choice.kind === 'grade' ? `grade:${choice.grade}` : choice.kind;
};

function choiceFrom(value: string): LabelChoice | null {
  if (value === 'not-graded' || value === 'not-applicable') return { kind: value };
  return value.startsWith('grade:') ? { kind: 'grade', grade: value.slice('grade:'.length) } : null;
}

function AddGraded({ draft, columns, errorOf, onChange }: ColumnsForm) {
  const [wanted, setWanted] = useState('');
  const unused = unusedColumns(draft, columns);
  if (unused.length === 0) return null;
  const chosen = unused.find(({ index }) => String(index) === wanted);
  return (
    <div class="app-import__add">
      <Select
        id="add-graded"
        label={say.addGraded}
        labelSize="s"
        hint={say.addGradedHint}
        value={chosen === undefined ? '' : wanted}
        error={errorOf('add-graded')}
        choices={unused.map(({ index, letter, heading }) => ({
          value: String(index),
          label: say.column(letter, heading),
        }))}
        onChange={setWanted}
      />
      <Button
        kind="secondary"
        onClick={() => {
          if (chosen !== undefined) onChange(withGraded(draft, chosen));
          setWanted('');
        }}
      >
        {say.add}
      </Button>
    </div>
  );
}
