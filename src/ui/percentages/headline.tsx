/** The answer in one sentence, with what has to be said beside it: base, range, and what it speaks for. */
import { gradeById, type Scale } from '../../domain/grade.ts';
import { smallestBase } from '../../domain/proportion.ts';
import type { Summary } from '../../domain/summary.ts';
import { GradeMark } from '../parts/grade-mark.tsx';
import { Tag } from '../parts/tag.tsx';
import { percentages as say } from '../words/percentages.ts';
import { headlineOf } from './bar.ts';
import { figureAddress, filtersOn, type Headline as HeadlineGrade, type Question } from './question.ts';

/** Below this base a percentage is only a hint (DOMAIN 7.1). */
const firmBase = 10;

export const headlineName = (scale: Scale, headline: HeadlineGrade): string =>
  headline === 'good-or-better' ? say.goodOrBetter : (gradeById(scale, headline)?.name ?? headline);

interface HeadlineProps {
  readonly summary: Summary;
  readonly question: Question;
  readonly scale: Scale;
}

export function Headline({ summary, question, scale }: HeadlineProps) {
  const { total, speaksForPractice } = summary;
  if (total.base === 0) return <NothingCounted isFiltered={filtersOn(question).length > 0} />;
  const shown = headlineOf(total, scale, question.headline);
  const what =
    question.headline === 'good-or-better'
      ? ({ kind: 'good-or-better' } as const)
      : ({ kind: 'grade', grade: question.headline } as const);
  return (
    <div class="app-headline">
      <p class={`app-headline__sentence ${total.base < firmBase ? 'app-headline__sentence--hint' : ''}`}>
        <a class="govuk-link govuk-link--no-underline" href={figureAddress(question, { what })}>
          {say.headline(question.measure, headlineName(scale, question.headline), shown)}
        </a>
      </p>
      {total.base < smallestBase && <p class="govuk-body">{say.smallBase(total.base)}</p>}
      {total.base >= smallestBase && total.base < firmBase && <p class="govuk-body">{say.greyBase}</p>}
      {shown.count === 0 && shown.interval !== null && (
        <p class="govuk-body">{say.zeroNotSafe(shown.interval.upper)}</p>
      )}
      <GradeLines summary={summary} question={question} scale={scale} />
      <p class="app-headline__scope">
        <Tag colour={speaksForPractice ? 'green' : 'grey'}>
          {speaksForPractice ? say.scopePractice : say.scopeAudits}
        </Tag>{' '}
        {speaksForPractice ? say.speaksForPractice : say.theseAudits}
      </p>
    </div>
  );
}

/** The other grades, and good or better, each with its base and range. */
function GradeLines({ summary: { total }, question, scale }: HeadlineProps) {
  const lines = [
    ...scale.grades.map((grade, at) => ({
      id: grade.id,
      name: <GradeMark scale={scale} grade={grade.id} />,
      what: { kind: 'grade', grade: grade.id } as const,
      p: total.grades[at],
    })),
    {
      id: 'good-or-better',
      name: say.goodOrBetter,
      what: { kind: 'good-or-better' } as const,
      p: total.goodOrBetter,
    },
  ].filter(({ id }) => id !== question.headline);
  return (
    <ul class="app-headline__grades">
      {lines.map(
        ({ id, name, what, p }) =>
          p !== undefined && (
            <li key={id}>
              <span>{name}</span>
              {p.count === 0 ? (
                <span>{say.countOf(p)}</span>
              ) : (
                <a class="govuk-link" href={figureAddress(question, { what })}>
                  {say.countOf(p)}
                </a>
              )}
              <span>{say.shareAndRange(p)}</span>
            </li>
          ),
      )}
    </ul>
  );
}

function NothingCounted({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div class="app-headline">
      <p class="app-headline__sentence">{say.nothingCounted}</p>
      <p class="govuk-body">{isFiltered ? say.nothingFits : say.nothingCountedWhy}</p>
    </div>
  );
}
