/** What to count, grouped how, and the filters, which combine. Every change is a new address. */
import type { Scale } from '../../domain/grade.ts';
import type { PersonId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import { dimensions, type Dimension, type Measure } from '../../domain/summary.ts';
import { selectionMethods, type SelectionMethod } from '../../domain/values.ts';
import { useOrganisation } from '../data/organisation.ts';
import { monthText } from '../format.ts';
import { Details } from '../parts/details.tsx';
import { Radios } from '../parts/radios.tsx';
import { Select } from '../parts/select.tsx';
import { words } from '../words.ts';
import { percentages as say } from '../words/percentages.ts';
import { filterText } from './filter-text.ts';
import { sectionChoices } from './names.ts';
import { filtersOn, withoutFilters, type Headline, type Question } from './question.ts';

interface QuestionFieldsProps {
  readonly question: Question;
  readonly scale: Scale;
  /** `YYYY-MM`, newest first. */
  readonly months: readonly string[];
  readonly onChange: (question: Question) => void;
}

export function QuestionFields(props: QuestionFieldsProps) {
  const { question, scale, onChange } = props;
  const on = filtersOn(question);
  const headlines = [
    ...scale.grades.map(({ id, name }) => ({ value: id, label: name })),
    { value: 'good-or-better', label: say.goodOrBetter },
  ];
  return (
    <div class="app-question">
      <div class="app-question__main">
        <Radios<Measure>
          id="measure"
          label={say.measure}
          inline
          small
          value={question.measure}
          onChange={(measure) => onChange(withMeasure(question, measure))}
          choices={[
            { value: 'overall', label: say.measures.overall },
            { value: 'sections', label: say.measures.sections },
          ]}
        />
        <Select<Dimension>
          id="by"
          label={say.groupBy}
          empty={null}
          value={question.by}
          onChange={(by) =>
            by !== '' && onChange({ ...question, by, ...(by === 'section' ? { measure: 'sections' } : {}) })
          }
          choices={dimensions.map((value) => ({ value, label: say.by[value] }))}
        />
        <Select<Headline>
          id="grade"
          label={say.grade}
          empty={null}
          value={question.headline}
          onChange={(headline) => headline !== '' && onChange({ ...question, headline })}
          choices={headlines}
        />
      </div>
      <Details summary={on.length === 0 ? say.filters : say.filtersOn(on.length)} open={on.length > 0}>
        <Filters {...props} />
      </Details>
    </div>
  );
}

/** Overall grades have no section to group by or to pick. */
function withMeasure(question: Question, measure: Measure): Question {
  if (measure === 'sections') return { ...question, measure };
  return { ...question, measure, section: '', by: question.by === 'section' ? 'service' : question.by };
}

function Filters({ question, months, onChange }: QuestionFieldsProps) {
  const { services, teams, people, tools } = useOrganisation();
  const set = (fields: Partial<Question>): void => onChange({ ...question, ...fields });
  const named = <T extends string>(rows: readonly { readonly id: T; readonly name: string }[]) =>
    rows.map(({ id, name }) => ({ value: id, label: name }));
  const teamsHere = question.service === '' ? teams : teams.filter(({ service }) => service === question.service);
  const hasSection = (tool: ToolId | ''): boolean =>
    sectionChoices(tools, tool).some(({ value }) => value === question.section);
  const monthChoices = months.map((value) => ({ value, label: monthText(value) }));
  return (
    <div class="app-question__filters">
      <Select<ServiceId>
        id="service"
        label={say.service}
        empty={say.any}
        value={question.service}
        onChange={(service) => set({ service, team: '' })}
        choices={named(services)}
      />
      <Select<TeamId>
        id="team"
        label={say.team}
        empty={say.any}
        value={question.team}
        onChange={(team) => set({ team })}
        choices={named(teamsHere)}
      />
      <Select
        id="section"
        label={say.section}
        empty={say.any}
        value={question.section}
        onChange={(section) => set(section === '' ? { section } : { section, measure: 'sections' })}
        choices={sectionChoices(tools, question.tool)}
      />
      <Select<PersonId>
        id="auditor"
        label={say.auditor}
        empty={say.any}
        value={question.auditor}
        onChange={(auditor) => set({ auditor })}
        choices={named(people)}
      />
      <Select<ToolId>
        id="tool"
        label={say.tool}
        empty={say.any}
        value={question.tool}
        onChange={(tool) => set({ tool, section: hasSection(tool) ? question.section : '' })}
        choices={named(tools)}
      />
      <Select<SelectionMethod>
        id="selection"
        label={say.selection}
        empty={say.anySelection}
        value={question.selection}
        onChange={(selection) => set({ selection })}
        choices={selectionMethods.map((value) => ({
          value,
          label: value === 'random' ? say.randomOnly : words.names.selections[value],
        }))}
      />
      <Select
        id="from"
        label={say.fromMonth}
        empty={say.any}
        value={question.from}
        onChange={(from) => set({ from })}
        choices={monthChoices}
      />
      <Select
        id="to"
        label={say.toMonth}
        empty={say.any}
        value={question.to}
        onChange={(to) => set({ to })}
        choices={monthChoices}
      />
    </div>
  );
}

/** The filters in force as words, each with a way to take it off. Also what a printed page says. */
export function FiltersInForce({ question, onChange }: Pick<QuestionFieldsProps, 'question' | 'onChange'>) {
  const organisation = useOrganisation();
  const on = filtersOn(question);
  if (on.length === 0) return null;
  return (
    <ul class="app-filters" aria-label={say.filters}>
      {on.map((name) => {
        const text = filterText(name, question, organisation);
        return (
          <li key={name} class="app-filters__one">
            {text}
            <button type="button" class="app-filters__off" onClick={() => onChange({ ...question, [name]: '' })}>
              <span aria-hidden="true">×</span>
              <span class="govuk-visually-hidden">{say.clearFilter(text)}</span>
            </button>
          </li>
        );
      })}
      <li>
        <button type="button" class="app-link-button" onClick={() => onChange(withoutFilters(question))}>
          {say.clearFilters}
        </button>
      </li>
    </ul>
  );
}
