/** What of a file comes in, what is here already, and what stays out and why: the same before it is written and after. */
import type { Kind } from '../../domain/record.ts';
import type { BringInReport, Counted } from '../../store/backup/bring-in.ts';
import { Table } from '../parts/table.tsx';
import { words } from '../words.ts';

interface ReportTablesProps {
  readonly report: BringInReport;
  /** It has been written. */
  readonly done?: boolean;
}

export function ReportTables({ report, done = false }: ReportTablesProps) {
  const { backup: text, problems } = words;
  const out = [...report.out].flatMap(([why, byKind]) =>
    [...byKind].map(([kind, { records }]) => ({
      key: `${why} ${kind}`,
      cells: [text.counted(kind, records), problems.out(why)],
    })),
  );
  return (
    <>
      {report.comes.size > 0 && <CountTable caption={done ? text.came : text.comes} counted={report.comes} />}
      {report.here.size > 0 && <CountTable caption={text.here} counted={report.here} />}
      {out.length > 0 && (
        <>
          <Table
            caption={done ? text.outDone : text.out}
            columns={[{ text: text.what }, { text: text.why }]}
            rows={out}
          />
          <p class="govuk-body">{text.outLead}</p>
        </>
      )}
    </>
  );
}

function CountTable({ caption, counted }: { readonly caption: string; readonly counted: ReadonlyMap<Kind, Counted> }) {
  const { backup: text } = words;
  return (
    <Table
      caption={caption}
      columns={[{ text: text.what }, { text: text.howMany, numeric: true }]}
      rows={[...counted].map(([kind, { records }]) => ({
        key: kind,
        cells: [text.kindName(kind), records.toLocaleString('en-GB')],
      }))}
    />
  );
}
