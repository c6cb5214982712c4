/**
 * What is asked on the percentages screen, kept in the address: a link, a reload and the back button give the same
 * question. Pure. Anything in the address that makes no sense is left out, never guessed at.
 */
import { ofstedScale, type GradeId } from '../../domain/grade.ts';
import type { PersonId, ServiceId, TeamId, ToolId } from '../../domain/ids.ts';
import {
  dimensions,
  type Beside,
  type Dimension,
  type Figure,
  type Measure,
  type SummaryFilter,
  type SummaryQuery,
} from '../../domain/summary.ts';
import { selectionMethods, type SelectionMethod } from '../../domain/values.ts';

/** The grade in the headline: one of the scale, or "good or better". */
export type Headline = GradeId | 'good-or-better';

export interface Question {
  readonly measure: Measure;
  readonly by: Dimension;
  readonly headline: Headline;
  readonly service: ServiceId | '';
  readonly team: TeamId | '';
  readonly section: string;
  readonly auditor: PersonId | '';
  readonly tool: ToolId | '';
  /** `random` stands for every way of drawing at random. */
  readonly selection: SelectionMethod | '';
  readonly from: string;
  readonly to: string;
}

export const filterNames = ['service', 'team', 'section', 'auditor', 'tool', 'selection', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];

const scale = ofstedScale;
const worst = scale.grades.at(-1)?.id ?? '';

export const blankQuestion: Question = {
  measure: 'overall',
  by: 'service',
  headline: worst,
  service: '',
  team: '',
  section: '',
  auditor: '',
  tool: '',
  selection: '',
  from: '',
  to: '',
};

const id = /^[0-9a-z][0-9a-z@._-]{0,79}$/;
const month = /^\d{4}-(0[1-9]|1[0-2])$/;

type Address = Readonly<Record<string, string | undefined>>;

export function questionFrom(address: Address): Question {
  const idIn = <T extends string>(name: string): T | '' => (id.test(address[name] ?? '') ? (address[name] as T) : '');
  const monthIn = (name: string): string => (month.test(address[name] ?? '') ? (address[name] ?? '') : '');
  const by = dimensions.find((one) => one === address['by']) ?? blankQuestion.by;
  const headlines: readonly string[] = [...scale.grades.map((grade) => grade.id), 'good-or-better'];
  const section = idIn('section');
  return {
    // One grade per audit has no sections to group by or to pick.
    measure: address['measure'] === 'sections' || by === 'section' || section !== '' ? 'sections' : 'overall',
    by,
    headline: headlines.includes(address['grade'] ?? '') ? (address['grade'] ?? worst) : worst,
    service: idIn('service'),
    team: idIn('team'),
    section,
    auditor: idIn('auditor'),
    tool: idIn('tool'),
    selection: selectionMethods.find((method) => method === address['selection']) ?? '',
    from: monthIn('from'),
    to: monthIn('to'),
  };
}

/** The address of a question, without what is as it is by default: `?by=team&service=...`, or nothing. */
export function addressOf(question: Question): string {
  const { headline, ...rest } = question;
  const named = { ...rest, grade: headline };
  const defaults: Address = { ...blankQuestion, grade: blankQuestion.headline, headline: undefined };
  const params = new URLSearchParams(Object.entries(named).filter(([name, value]) => value !== defaults[name]));
  return params.size === 0 ? '' : `?${params}`;
}

export function queryOf(question: Question): SummaryQuery {
  return {
    measure: question.measure,
    by: question.by,
    filter: filterOf(question),
    grades: scale.grades.map((grade) => grade.id),
    goodOrBetter: scale.goodOrBetter,
  };
}

const atRandom: readonly SelectionMethod[] = ['random', 'stratified'];

function filterOf({ service, team, section, auditor, tool, selection, from, to }: Question): SummaryFilter {
  return {
    ...(service === '' ? {} : { services: [service] }),
    ...(team === '' ? {} : { teams: [team] }),
    ...(section === '' ? {} : { sections: [section] }),
    ...(auditor === '' ? {} : { auditors: [auditor] }),
    ...(tool === '' ? {} : { tools: [tool] }),
    ...(selection === '' ? {} : { selections: selection === 'random' ? atRandom : [selection] }),
    ...(from === '' ? {} : { fromMonth: from }),
    ...(to === '' ? {} : { toMonth: to }),
  };
}

export const filtersOn = (question: Question): readonly FilterName[] =>
  filterNames.filter((name) => question[name] !== '');

/** The same question about everything. */
export const withoutFilters = (question: Question): Question => ({
  ...question,
  ...Object.fromEntries(filterNames.map((name) => [name, ''])),
});

/** The address of the audits behind a figure. A group of `null` is "names none". */
export function figureAddress(question: Question, { group, what }: Figure): string {
  const params = new URLSearchParams(addressOf(question));
  params.set('figure', whatText(what));
  if (group !== undefined) params.set('group', group ?? '-');
  return `/percentages/audits?${params}`;
}

function whatText(what: Figure['what']): string {
  switch (what.kind) {
    case 'grade':
      return `grade:${what.grade}`;
    case 'beside':
      return `beside:${what.which}`;
    case 'base':
    case 'good-or-better':
      return what.kind;
    default:
      return what satisfies never;
  }
}

const besides: readonly (keyof Beside)[] = [
  'drafts',
  'awaitingModeration',
  'voided',
  'exempt',
  'notApplicable',
  'notGraded',
];

/** The figure an address asks about; everything counted when it names none that makes sense. */
export function figureFrom(address: Address): Figure {
  const [kind, detail = ''] = (address['figure'] ?? '').split(':');
  const which = besides.find((one) => one === detail);
  const group = address['group'];
  return {
    ...(group === undefined || group === '' ? {} : { group: group === '-' ? null : group }),
    what:
      kind === 'grade' && scale.grades.some((grade) => grade.id === detail)
        ? { kind, grade: detail }
        : kind === 'beside' && which !== undefined
          ? { kind, which }
          : kind === 'good-or-better'
            ? { kind }
            : { kind: 'base' },
  };
}
