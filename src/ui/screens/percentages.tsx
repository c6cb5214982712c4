/**
 * The percentages of the audits on this laptop, counted by the summary worker, online or not: a sentence, what is counted
 * beside it, a picture and the table behind it. The question is the address.
 */
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import { ofstedScale } from '../../domain/grade.ts';
import { hasRole, mayExport, seesAllLaptops } from '../../domain/rights.ts';
import type { Summary } from '../../domain/summary.ts';
import { nowMs, today } from '../data/clock.ts';
import { standingIn, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { DownloadPercentages } from '../export/download-percentages.tsx';
import { momentText } from '../format.ts';
import { Button } from '../parts/button.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { Page } from '../parts/page.tsx';
import { BesideList, FiguresTable } from '../percentages/figures-table.tsx';
import { GradeBars } from '../percentages/grade-bars.tsx';
import { Headline, headlineName } from '../percentages/headline.tsx';
import {
  mayBeMissing,
  notBackSentence,
  oldSentence,
  readMayBeMissing,
  unheardSentence,
  type MayBeMissing,
} from '../percentages/may-be-missing.ts';
import { monthChoices } from '../percentages/months.ts';
import { namedGroups, type NamedGroup } from '../percentages/names.ts';
import { NoAudits } from '../percentages/no-audits.tsx';
import { FiltersInForce, QuestionFields } from '../percentages/question-fields.tsx';
import { addressOf, queryOf, questionFrom, type Question } from '../percentages/question.ts';
import { laptops } from '../words/laptops.ts';
import { percentages as say } from '../words/percentages.ts';
import { restored } from '../words/restored.ts';

const scale = ofstedScale;
/** Nothing is said until it is, and no file is made. */
const notRead = { isReceiving: false, comparedMs: null, lacking: {} };

export function Percentages({ laptop }: { readonly laptop: Laptop }) {
  const { query: address } = useRoute();
  const { route } = useLocation();
  const question = questionFrom(address);
  const key = addressOf(question);
  const query = useMemo(() => queryOf(question), [key]);
  useEffect(() => laptop.summary.watch(query), [laptop, query]);
  const ask = (next: Question): void => route(`/percentages${addressOf(next)}`, true);
  const summary = laptop.summary.summary.value;
  const organisation = useOrganisation();
  const answer = summary !== null && JSON.stringify(summary.query) === JSON.stringify(query) ? summary : null;
  const groups = answer === null ? [] : namedGroups(answer.groups, question.by, organisation);
  const standing = standingIn(organisation, laptop.store.person, today(laptop));
  // What could not be counted anew may be old, and a file would say that it was counted now.
  const exports = groups.length > 0 && !laptop.summary.failed.value && mayExport(standing);
  const { receiving } = laptop.sync.state.value;
  const beside = useLive(laptop.store, () => readMayBeMissing(laptop.store), 'beside');
  const { isReceiving, comparedMs, lacking }: Omit<MayBeMissing, 'nowMs'> = beside ?? notRead;
  const { unheard, notBack } = lacking;
  const old = oldSentence({ comparedMs, nowMs: nowMs(laptop) });
  return (
    <Page
      title={say.title}
      width="wide"
      actions={
        <>
          {answer !== null && beside !== null && exports && (
            <DownloadPercentages
              laptop={laptop}
              shown={{
                question,
                organisation,
                authorityName: organisation.authorityName ?? laptop.entry.authorityName,
                scale,
                groups,
                total: answer.total,
                speaksForPractice: answer.speaksForPractice,
                missing: mayBeMissing({ ...beside, nowMs: nowMs(laptop) }),
              }}
            />
          )}
          <Button kind="secondary" small onClick={() => window.print()}>
            {say.print}
          </Button>
        </>
      }
    >
      <QuestionFields question={question} scale={scale} months={monthChoices(today(laptop), question)} onChange={ask} />
      <FiltersInForce question={question} onChange={ask} />
      {laptop.summary.failed.value && (
        <InsetText>
          {say.failed}{' '}
          <button type="button" class="app-link-button" onClick={() => laptop.summary.watch(query)}>
            {say.countAgain}
          </button>
        </InsetText>
      )}
      {receiving !== null ? (
        <p class="govuk-body app-soft" role="status">
          {say.filling(receiving)}
        </p>
      ) : (
        isReceiving && <InsetText>{say.stillArriving}</InsetText>
      )}
      {old !== null && <InsetText>{old}</InsetText>}
      {unheard && (
        <InsetText>
          {unheardSentence(unheard)} {seesAllLaptops(standing) && <a href={laptops.href}>{say.unheardWhich}</a>}
        </InsetText>
      )}
      {notBack && (
        <InsetText>
          {notBackSentence(notBack)} {hasRole(standing, 'qa-lead') && <a href={restored.href}>{restored.bannerLink}</a>}
        </InsetText>
      )}
      <div aria-live="polite" aria-busy={answer === null}>
        {answer === null ? (
          <p class="govuk-body">{say.counting}</p>
        ) : (
          <Answer laptop={laptop} question={question} summary={answer} groups={groups} onChange={ask} />
        )}
      </div>
      <p class="app-print-only">{say.printedAt(momentText(nowMs(laptop)))}</p>
    </Page>
  );
}

interface AnswerProps {
  readonly laptop: Laptop;
  readonly question: Question;
  readonly summary: Summary;
  readonly groups: readonly NamedGroup[];
  readonly onChange: (question: Question) => void;
}

function Answer({ laptop, question, summary, groups, onChange }: AnswerProps) {
  if (groups.length === 0) return <NoAudits laptop={laptop} question={question} onChange={onChange} />;
  return (
    <>
      <div class="app-answer">
        <Headline summary={summary} question={question} scale={scale} />
        <BesideList question={question} total={summary.total} />
      </div>
      <GradeBars
        title={say.pictureTitle(say.by[question.by])}
        scale={scale}
        headline={question.headline}
        headlineName={headlineName(scale, question.headline)}
        groups={groups}
      />
      <FiguresTable question={question} scale={scale} groups={groups} total={summary.total} />
      <p class="govuk-body-s">{say.interval}</p>
    </>
  );
}
