/** The audits behind one figure of the percentages, newest month first, fifty to a page. */
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Laptop } from '../../bridge/laptop.ts';
import type { AuditsBehind } from '../../bridge/summary-bridge.ts';
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import { ofstedScale, type GradeId, type Scale } from '../../domain/grade.ts';
import type { Figure } from '../../domain/summary.ts';
import { sectionUnit } from '../../domain/unit-names.ts';
import type { AllocationValue, CaseValue, EventValue, OverallValue, SectionValue } from '../../domain/values.ts';
import { readRecords, type ShownRecord } from '../../store/view.ts';
import { personById, serviceById, teamById, useOrganisation } from '../data/organisation.ts';
import { useLive } from '../data/use-live.ts';
import { dayAt, dayText } from '../format.ts';
import { GradeMark } from '../parts/grade-mark.tsx';
import { Page } from '../parts/page.tsx';
import { Pagination } from '../parts/pagination.tsx';
import { Table } from '../parts/table.tsx';
import { headlineName } from '../percentages/headline.tsx';
import { groupName } from '../percentages/names.ts';
import { addressOf, figureAddress, figureFrom, queryOf, questionFrom, type Question } from '../percentages/question.ts';
import { words } from '../words.ts';
import { percentages as say } from '../words/percentages.ts';

const pageSize = 50;

export function FigureAudits({ laptop }: { readonly laptop: Laptop }) {
  const { query: address } = useRoute();
  const { route } = useLocation();
  const organisation = useOrganisation();
  const question = questionFrom(address);
  const figure = figureFrom(address);
  const page = Math.max(1, Number.parseInt(address['page'] ?? '1', 10) || 1);
  const found = useAuditsBehind(laptop, question, figure, page);
  const group = figure.group === undefined ? say.total : groupName(question.by, figure.group, organisation);
  const go = (to: number): void => route(`${figureAddress(question, figure)}&page=${to}`);
  return (
    <Page
      title={say.behindTitle}
      caption={say.behindCaption(figureName(figure), group)}
      back={{ href: `/percentages${addressOf(question)}`, text: say.behindBack }}
      width="wide"
    >
      {found === 'reading' && <p class="govuk-body">{say.behindReading}</p>}
      {found === null && <p class="govuk-body">{say.failed}</p>}
      {found !== null && found !== 'reading' && (
        <>
          <p class="govuk-body">{found.total === 0 ? say.behindNone : say.behindCount(found.total)}</p>
          {found.ids.length > 0 && <Audits laptop={laptop} ids={found.ids} question={question} figure={figure} />}
          <Pagination page={page} pages={Math.ceil(found.total / pageSize)} onPage={go} />
        </>
      )}
    </Page>
  );
}

/** The page of ids, asked again whenever the counts have moved on; null when it could not be answered. */
function useAuditsBehind(
  laptop: Laptop,
  question: Question,
  figure: Figure,
  page: number,
): AuditsBehind | null | 'reading' {
  const [found, setFound] = useState<AuditsBehind | null | 'reading'>('reading');
  const key = figureAddress(question, figure);
  const query = useMemo(() => queryOf(question), [key]);
  useEffect(() => laptop.summary.watch(query), [laptop, query]);
  const change = laptop.summary.summary.value?.change;
  useEffect(() => {
    let stopped = false;
    void laptop.summary.auditsBehind(query, figure, (page - 1) * pageSize, pageSize).then((answer) => {
      if (!stopped) setFound(answer);
    });
    return () => {
      stopped = true;
    };
  }, [laptop, query, key, page, change]);
  return found;
}

function figureName({ what }: Figure): string {
  switch (what.kind) {
    case 'base':
      return say.everything;
    case 'grade':
      return headlineName(ofstedScale, what.grade);
    case 'good-or-better':
      return say.goodOrBetter;
    case 'beside':
      return say.beside[what.which];
    default:
      return what satisfies never;
  }
}

interface AuditsProps {
  readonly laptop: Laptop;
  readonly ids: AuditsBehind['ids'];
  readonly question: Question;
  readonly figure: Figure;
}

function Audits({ laptop, ids, question, figure }: AuditsProps) {
  const records = useLive(laptop.store, () => readRecords(laptop.store, ids), ids.join());
  const organisation = useOrganisation();
  if (records === null) return <p class="govuk-body">{say.behindReading}</p>;
  const rowOf = ({ id, units }: ShownRecord) => {
    const allocation = shownValue<AllocationValue>(units, 'allocation');
    const submitted = shownValue<EventValue>(units, 'submitted');
    const reference = shownValue<Partial<CaseValue>>(units, 'case')?.reference ?? '';
    return {
      key: id,
      cells: [
        <a key="case" class="govuk-link" href={`/audit/${id}`}>
          {reference === '' ? words.names.noReference : reference}
        </a>,
        serviceById(organisation, allocation?.service)?.name ?? words.names.unknownService,
        teamById(organisation, allocation?.team)?.name ?? words.names.unknownTeam,
        personById(organisation, allocation?.auditor)?.name ??
          (units['imported'] === undefined ? words.names.nobody : ''),
        <Grades key="grades" units={units} question={question} figure={figure} />,
        submitted === undefined ? say.notSubmitted : dayText(dayAt(submitted.at)),
      ],
    };
  };
  return (
    <Table
      caption={say.behindTitle}
      captionSize="hidden"
      dense
      columns={[
        { text: say.caseReference },
        { text: say.service },
        { text: say.team },
        { text: say.auditor },
        { text: question.measure === 'sections' ? say.sectionGrades : say.gradeColumn },
        { text: say.date },
      ]}
      rows={records.map(rowOf)}
    />
  );
}

interface GradesProps {
  readonly units: ShownUnits;
  readonly question: Question;
  readonly figure: Figure;
}

/** The overall grade, or the sections that the figure counts with their grades. */
function Grades({ units, question, figure }: GradesProps) {
  const { tools } = useOrganisation();
  const tool = tools.find(({ id }) => id === shownValue<AllocationValue>(units, 'allocation')?.tool);
  const scale = tool?.scale ?? ofstedScale;
  if (question.measure === 'overall') {
    return <GradeMark scale={scale} grade={shownValue<Partial<OverallValue>>(units, 'overall')?.chosen ?? null} />;
  }
  const only = question.section !== '' ? question.section : question.by === 'section' ? figure.group : undefined;
  const graded = (tool?.sections ?? []).flatMap(({ id, title }) => {
    if (only != null && id !== only) return [];
    const value = shownValue<Partial<SectionValue>>(units, sectionUnit(id));
    const grade = value?.notApplicable === true ? ('na' as const) : (value?.grade ?? null);
    return isCounted(grade, figure, scale) ? [{ id, title, grade }] : [];
  });
  return (
    <ul class="govuk-list app-graded-sections">
      {graded.map(({ id, title, grade }) => (
        <li key={id}>
          <GradeMark scale={scale} grade={grade} /> {title}
        </li>
      ))}
    </ul>
  );
}

function isCounted(grade: GradeId | 'na' | null, { what }: Figure, scale: Scale): boolean {
  if (what.kind === 'grade') return grade === what.grade;
  if (what.kind === 'good-or-better') return grade !== null && scale.goodOrBetter.includes(grade);
  if (what.kind === 'beside' && what.which === 'notApplicable') return grade === 'na';
  if (what.kind === 'beside' && what.which === 'notGraded') return grade === null;
  return true;
}
