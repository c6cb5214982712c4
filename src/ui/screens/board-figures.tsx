/**
 * What a board viewer sees: the cube that the council's server made, as it was last told, online or not. Percentages of the
 * authority without small numbers, and no way to an audit or a person.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import { smallestTold } from '../../domain/board/suppress.ts';
import type { CubeYear } from '../../domain/board/cube.ts';
import { gradeById, ofstedScale, type GradeId } from '../../domain/grade.ts';
import { readCube } from '../../store/board.ts';
import { CubeTables } from '../board/cube-tables.tsx';
import { useLive } from '../data/use-live.ts';
import { momentText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { lackingSentences } from '../percentages/may-be-missing.ts';
import { board as say } from '../words/board.ts';
import { percentages } from '../words/percentages.ts';

export function BoardFigures({ laptop }: { readonly laptop: Laptop }) {
  const kept = useLive(laptop.store, () => readCube(laptop.store), laptop.store.person);
  if (kept === null) {
    return (
      <Page title={say.title}>
        <p class="govuk-body">{say.fetching}</p>
      </Page>
    );
  }
  const { cube, madeMs } = kept;
  return (
    <Page
      title={say.title}
      width="wide"
      actions={
        <Button kind="secondary" small onClick={() => window.print()}>
          {say.print}
        </Button>
      }
    >
      <p class="govuk-body-l">{say.lead(laptop.entry.authorityName)}</p>
      <p class="govuk-body">
        <strong>{say.made(momentText(madeMs))}</strong> {say.freshness}
      </p>
      <InsetText>
        <h2 class="govuk-heading-s">{say.leftOutTitle}</h2>
        <p class="govuk-body">{say.leftOut(smallestTold)}</p>
      </InsetText>
      {lackingSentences(kept).map((sentence) => (
        <InsetText key={sentence}>{sentence}</InsetText>
      ))}
      {cube.years.map((year) => (
        <section key={year.from} aria-labelledby={`year-${year.from}`}>
          <h2 id={`year-${year.from}`} class="govuk-heading-l">
            {say.period(year.from, year.to)}
          </h2>
          <Year year={year} grades={cube.grades} />
        </section>
      ))}
      <p class="govuk-body-s">
        {say.whichAudits} {percentages.interval}
      </p>
    </Page>
  );
}

function Year({ year, grades }: { readonly year: CubeYear; readonly grades: readonly GradeId[] }) {
  const { base, goodOrBetter, grades: told } = year.whole;
  if (base === null) return <p class="govuk-body">{say.tooFewInAll}</p>;
  if (base === 0) return <p class="govuk-body">{say.noneInAll}</p>;
  const worst = told?.at(-1);
  const worstName = gradeById(ofstedScale, grades.at(-1))?.name ?? '';
  return (
    <>
      {worst !== undefined && <p class="govuk-body-l">{percentages.headline('overall', worstName, worst)}</p>}
      {goodOrBetter !== null && (
        <p class="govuk-body-l">{percentages.headline('overall', percentages.goodOrBetter, goodOrBetter)}</p>
      )}
      <p class="govuk-body">{year.speaksForPractice ? percentages.speaksForPractice : percentages.theseAudits}</p>
      <CubeTables year={year} grades={grades} />
    </>
  );
}
