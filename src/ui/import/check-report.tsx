/** What was counted when the file was looked through: the grades that will be added, what is left out, what is here already. */
import { ofstedScale } from '../../domain/grade.ts';
import type { RowProblem } from '../../domain/import/apply.ts';
import type { ImportReport } from '../../domain/import/report.ts';
import type { FileReading, ImportCheck } from '../../protocol/import-job.ts';
import { useOrganisation } from '../data/organisation.ts';
import { dayAt, dayText } from '../format.ts';
import { Table } from '../parts/table.tsx';
import { importing as say } from '../words/import.ts';
import { number } from '../words/plural.ts';
import { unusedColumns, type Columns } from './mapping-form.ts';

interface ReportProps {
  readonly report: ImportReport;
  readonly reading: FileReading;
}

const titleIn = ({ mapping }: FileReading, column: number): string => {
  const title = mapping.graded.find((graded) => graded.column === column)?.title ?? '';
  return column === mapping.overall ? say.overallOf(title) : title;
};

export function GradesTable({ report, reading }: ReportProps) {
  return (
    <Table
      caption={say.gradesTable}
      captionSize="s"
      narrow="scroll"
      dense
      columns={[
        { text: say.section },
        ...ofstedScale.grades.map(({ name }) => ({ text: name, numeric: true })),
        { text: say.notApplicable, numeric: true },
        { text: say.notGraded, numeric: true },
        { text: say.blank, numeric: true },
        { text: say.unknownLabel, numeric: true },
      ]}
      rows={report.columns.map((column) => ({
        key: String(column.column),
        cells: [
          titleIn(reading, column.column),
          ...ofstedScale.grades.map(({ id }) => number(column.grades.get(id) ?? 0)),
          number(column.notApplicable),
          number(column.notGraded),
          number(column.blank),
          number(column.unknown),
        ],
      }))}
    />
  );
}

/** Texts that are written out of those that have no meaning. */
const shownTexts = 10;

export function LeftOut({ report, reading, columns }: ReportProps & { readonly columns: Columns }) {
  const refused = (Object.keys(say.refused) as RowProblem['kind'][]).filter((why) => report.refused[why].count > 0);
  const unknown = report.columns.filter((column) => column.unknown > 0);
  const unused = unusedColumns(reading.mapping, columns);
  const isNothing = refused.length + unknown.length + unused.length === 0 && report.withoutGrade.count === 0;
  return (
    <section aria-labelledby="import-left-out">
      <h2 class="govuk-heading-m" id="import-left-out">
        {say.leftOut}
      </h2>
      {isNothing && <p class="govuk-body">{say.nothingLeftOut}</p>}
      <ul class="govuk-list govuk-list--bullet">
        {refused.map((why) => {
          const { count, first } = report.refused[why];
          return (
            <li key={why}>
              {say.refused[why](count)}: {say.rowList(first, count)}
              {why === 'unreadable-date' && <UnreadableDates report={report} />}
            </li>
          );
        })}
        {unknown.map(({ column, unknown: cells, unknownLabels }) => {
          const shown = unknownLabels.values.slice(0, shownTexts);
          const more = cells - shown.reduce((sum, { count }) => sum + count, 0);
          const texts = shown.map(({ value, count }) => say.labelCount(value, count));
          return <li key={column}>{say.unknownIn(titleIn(reading, column), cells, texts, more)}</li>;
        })}
        {report.withoutGrade.count > 0 && <li>{say.withoutGrade(report.withoutGrade.count)}</li>}
        {unused.length > 0 && (
          <li>{say.columnsNotKept(unused.map(({ letter, heading }) => say.column(letter, heading)))}</li>
        )}
      </ul>
    </section>
  );
}

function UnreadableDates({ report: { unreadableDates, refused } }: { readonly report: ImportReport }) {
  const shown = unreadableDates.values.slice(0, shownTexts);
  const more = refused['unreadable-date'].count - shown.reduce((sum, { count }) => sum + count, 0);
  return (
    <p class="app-tight">
      {say.unreadableDates(
        shown.map(({ value }) => value),
        more,
      )}
    </p>
  );
}

export function AlreadyHere({ check }: { readonly check: ImportCheck }) {
  const { imports } = useOrganisation();
  if (check.here.size === 0) return null;
  return (
    <section aria-labelledby="import-here">
      <h2 class="govuk-heading-m" id="import-here">
        {say.alreadyHere}
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {[...check.here].map(([id, rows]) => {
          const from = imports.find((one) => one.id === id);
          const text =
            from === undefined
              ? say.alreadyHereUnknown(rows)
              : say.alreadyHereOf(rows, from.file, dayText(dayAt(from.at)));
          return <li key={id}>{text}</li>;
        })}
      </ul>
    </section>
  );
}
