/** What is left of an audit whose content was erased: what was kept, when it was erased, under whose period and which certificate. */
import { shownValue, type ShownUnits } from '../../domain/fold.ts';
import type { Tool } from '../../domain/tool.ts';
import type { ChecksValue, ErasedValue, OverallValue, SectionValue } from '../../domain/values.ts';
import { personById, useOrganisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { GradeMark } from '../parts/grade-mark.tsx';
import { InsetText } from '../parts/inset-text.tsx';
import { SummaryList } from '../parts/summary-list.tsx';
import { words } from '../words.ts';
import { auditForm as say } from '../words/audit-form.ts';
import { retention } from '../words/retention.ts';
import { CaseReading } from './audit-reading.tsx';

interface ErasedReadingProps {
  readonly tool: Tool;
  readonly units: ShownUnits;
  readonly erased: ErasedValue;
}

export function ErasedReading({ tool, units, erased: { by, at, certificate } }: ErasedReadingProps) {
  const organisation = useOrganisation();
  const setBy = personById(organisation, by)?.name ?? words.names.unknownPerson;
  const grades = keptGrades(tool, units);
  const answers = keptAnswers(units);
  return (
    <div class="app-audit-reading">
      <InsetText>
        <p class="govuk-body">{retention.erasedSentence(momentText(at))}</p>
        <p class="govuk-body app-long-words">{retention.erasedUnder(setBy, certificate)}</p>
      </InsetText>
      <section class="app-part">
        <h2 class="govuk-heading-m">{retention.keptTitle}</h2>
        <CaseReading tool={tool} units={units} erased />
        <SummaryList
          rows={[
            ...grades.map(({ name, grade }) => ({ name, value: <GradeMark scale={tool.scale} grade={grade} /> })),
            ...(answers > 0 ? [{ name: say.checksTitle, value: retention.keptAnswers(answers) }] : []),
          ]}
        />
      </section>
    </div>
  );
}

export interface KeptGrade {
  readonly name: string;
  readonly grade: string;
}

/** The grades that still count; a part that was never graded has no line. */
export function keptGrades(tool: Tool, units: ShownUnits): readonly KeptGrade[] {
  const overall = shownValue<Partial<OverallValue>>(units, 'overall')?.chosen ?? null;
  const sections = tool.sections.flatMap(({ id, title }) => {
    const { grade = null, notApplicable = false } = shownValue<Partial<SectionValue>>(units, `section:${id}`) ?? {};
    const kept = notApplicable ? 'na' : grade;
    return kept === null ? [] : [{ name: title, grade: kept }];
  });
  return overall === null ? sections : [{ name: say.overall, grade: overall }, ...sections];
}

/** How many checks have an answer. */
const keptAnswers = (units: ShownUnits): number =>
  Object.keys(units)
    .filter((unit) => unit.startsWith('checks:'))
    .reduce((sum, unit) => sum + Object.keys(shownValue<Partial<ChecksValue>>(units, unit)?.answers ?? {}).length, 0);
