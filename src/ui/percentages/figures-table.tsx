/** The table behind the picture: every group with counts, percentages and likely range, each figure a link to its audits. */
import type { ComponentChildren } from 'preact';
import type { Scale } from '../../domain/grade.ts';
import type { Proportion } from '../../domain/proportion.ts';
import type { Beside, Figure, SummaryGroup } from '../../domain/summary.ts';
import { intervalText, percent } from '../format.ts';
import { Table } from '../parts/table.tsx';
import { number } from '../words/plural.ts';
import { percentages as say } from '../words/percentages.ts';
import { headlineOf } from './bar.ts';
import { headlineName } from './headline.tsx';
import type { NamedGroup } from './names.ts';
import { figureAddress, type Question } from './question.ts';

export const besideKinds = Object.keys(say.beside) as readonly (keyof Beside)[];

interface FiguresTableProps {
  readonly question: Question;
  readonly scale: Scale;
  readonly groups: readonly NamedGroup[];
  readonly total: SummaryGroup;
}

export function FiguresTable({ question, scale, groups, total }: FiguresTableProps) {
  const shownName = headlineName(scale, question.headline);
  // A column of noughts says nothing; the list above names every kind.
  const besides = besideKinds.filter((which) => which === 'drafts' || total.beside[which] > 0);
  const rowOf = (name: string, group: SummaryGroup, key: string | null | undefined) => {
    const of = key === undefined ? {} : { group: key };
    const link = (what: Figure['what'], n: number, about: string) => (
      <FigureLink question={question} figure={{ ...of, what }} n={n} about={say.behind(n, about, name)} />
    );
    const shown = headlineOf(group, scale, question.headline);
    return [
      name,
      ...scale.grades.map((grade, at) =>
        link({ kind: 'grade', grade: grade.id }, group.grades[at]?.count ?? 0, grade.name),
      ),
      <GoodOrBetter key="good" p={group.goodOrBetter}>
        {link({ kind: 'good-or-better' }, group.goodOrBetter.count, say.goodOrBetter)}
      </GoodOrBetter>,
      link({ kind: 'base' }, group.base, say.base),
      shown.share === null ? say.countsOnly : percent(shown.share),
      shown.interval === null ? '' : intervalText(shown.interval),
      ...besides.map((which) => link({ kind: 'beside', which }, group.beside[which], say.beside[which])),
    ];
  };
  return (
    <Table
      caption={say.tableTitle(say.by[question.by])}
      narrow="scroll"
      dense
      columns={[
        { text: say.by[question.by] },
        ...scale.grades.map((grade) => ({ text: grade.name, numeric: true })),
        { text: say.goodColumn, numeric: true },
        { text: say.base, numeric: true },
        { text: say.shareOf(shownName), numeric: true },
        { text: say.likelyOf(shownName), numeric: true },
        ...besides.map((which) => ({ text: say.beside[which], numeric: true })),
      ]}
      rows={[
        ...groups.map(({ name, group }) => ({ key: group.key ?? '-', cells: rowOf(name, group, group.key) })),
        { key: 'total', strong: true, cells: rowOf(say.total, total, undefined) },
      ]}
    />
  );
}

function GoodOrBetter({ p, children }: { readonly p: Proportion; readonly children: ComponentChildren }) {
  return (
    <>
      {children}
      {p.share !== null && ` (${percent(p.share)})`}
    </>
  );
}

interface FigureLinkProps {
  readonly question: Question;
  readonly figure: Figure;
  readonly n: number;
  readonly about: string;
}

/** A count that leads to its audits; 0 leads nowhere. */
export function FigureLink({ question, figure, n, about }: FigureLinkProps) {
  if (n === 0) return <>0</>;
  return (
    <a class="govuk-link" href={figureAddress(question, figure)} aria-label={about}>
      {number(n)}
    </a>
  );
}

/** What is in scope and in no denominator, counted beside it. */
export function BesideList({ question, total }: Pick<FiguresTableProps, 'question' | 'total'>) {
  return (
    <section class="app-beside" aria-labelledby="beside-title">
      <h2 id="beside-title" class="govuk-heading-s">
        {say.besideTitle}
      </h2>
      <p class="govuk-body-s">{say.besideLead}</p>
      <dl class="app-beside__list">
        {besideKinds.map((one) => (
          <div key={one}>
            <dt>{say.beside[one]}</dt>
            <dd>
              <FigureLink
                question={question}
                figure={{ what: { kind: 'beside', which: one } }}
                n={total.beside[one]}
                about={say.behind(total.beside[one], say.beside[one], say.total)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
