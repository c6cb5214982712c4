/**
 * One year of the cube as two tables: by quarter, and by service, with the teams of each when they are asked for. Nothing in them
 * leads anywhere.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CubeBeside, CubeRow, CubeYear } from '../../domain/board/cube.ts';
import { gradeById, ofstedScale, type GradeId } from '../../domain/grade.ts';
import type { Proportion } from '../../domain/proportion.ts';
import { intervalText, percent } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { board as say } from '../words/board.ts';
import { percentages } from '../words/percentages.ts';
import { number } from '../words/plural.ts';

interface CubeTablesProps {
  readonly year: CubeYear;
  /** Those of the cube. */
  readonly grades: readonly GradeId[];
}

export function CubeTables({ year, grades }: CubeTablesProps) {
  const [withTeams, setWithTeams] = useState(false);
  const period = say.period(year.from, year.to);
  const whole = { key: 'whole', strong: true, cells: [say.whole, ...cellsOf(year.whole, grades)] };
  const byQuarter = year.quarters.map((row) => ({
    key: row.from,
    cells: [say.period(row.from, row.to), ...cellsOf(row, grades)],
  }));
  const byPlace = year.services.flatMap((service) => {
    const key = service.service ?? '-';
    return [
      { key, cells: [service.name ?? say.unnamedService, ...cellsOf(service, grades)] },
      ...(withTeams ? service.teams : []).map((team) => ({
        key: `${key} ${team.team ?? '-'}`,
        cells: [<Team key="name" name={team.name ?? say.unnamedTeam} />, ...cellsOf(team, grades)],
      })),
    ];
  });
  return (
    <>
      <Table caption={say.byQuarter(period)} columns={columnsOf(say.quarter, grades)} rows={[...byQuarter, whole]} />
      <Table
        caption={withTeams ? say.byTeam(period) : say.byService(period)}
        columns={columnsOf(withTeams ? say.serviceAndTeam : say.service, grades)}
        rows={[...byPlace, whole]}
      />
      <p class="govuk-body app-no-print">
        <Button kind="link" about={period} onClick={() => setWithTeams(!withTeams)}>
          {withTeams ? say.hideTeams : say.showTeams}
        </Button>
      </p>
      <h3 class="govuk-heading-s">{say.beside}</h3>
      <SummaryList
        rows={besideKinds.map((kind) => ({
          name: percentages.beside[kind],
          value: say.besideNumber(year.beside[kind]),
        }))}
      />
    </>
  );
}

const besideKinds: readonly (keyof CubeBeside)[] = ['drafts', 'awaitingModeration', 'voided', 'exempt', 'notGraded'];

const columnsOf = (first: string, grades: readonly GradeId[]): readonly Column[] => [
  { text: first },
  { text: say.base, numeric: true },
  { text: say.goodOrBetter, numeric: true },
  ...grades.map((id) => ({ text: gradeById(ofstedScale, id)?.name ?? id, numeric: true })),
];

function cellsOf({ base, goodOrBetter, grades: told }: CubeRow, grades: readonly GradeId[]): ComponentChildren[] {
  if (base === 0) return ['0', ...[null, ...grades].map(() => say.none)];
  return [
    base === null ? <TooFew key="base" /> : number(base),
    <Part key="good" p={goodOrBetter} />,
    ...grades.map((id, at) => <Part key={id} p={told?.[at] ?? null} />),
  ];
}

const Team = ({ name }: { readonly name: string }) => <span class="app-board__team">{name}</span>;

/** "12 (20%)", with its likely range below. */
function Part({ p }: { readonly p: Proportion | null }) {
  if (p === null) return <TooFew />;
  return (
    <span class="app-board__part">
      {number(p.count)}
      {p.share !== null && ` (${percent(p.share)})`}
      {p.interval !== null && <span class="app-board__range">{say.likely(intervalText(p.interval))}</span>}
    </span>
  );
}

const TooFew = () => <span class="app-soft">{say.tooFew}</span>;
