/** The words of one audit, so that its texts agree with each other: who the child is called, who works with them, on what. */
import type { Tool } from '../tool.ts';
import type { AgeBand, Day } from '../values.ts';
import { addDays, monthName, monthStart } from './calendar.ts';
import type { Chance } from './chance.ts';

/** What each slot of a sentence may be filled with. */
export type Facts = Readonly<Record<string, readonly string[]>>;

interface Lexicon {
  readonly worker: string;
  readonly adults: readonly string[];
  readonly agencies: readonly string[];
  readonly issues: readonly string[];
  readonly ages: readonly AgeBand[];
}

const parents = ['mother', 'mother', 'father', 'the grandmother', 'the stepfather'];
const statutory: Lexicon = {
  worker: 'the social worker',
  adults: parents,
  agencies: ['the school', 'the police', 'the GP', 'the drug and alcohol service', 'the school nurse'],
  issues: [
    'domestic abuse',
    'neglect',
    'alcohol at home',
    'a parent’s mental ill health',
    'physical chastisement',
    'harm outside the home',
  ],
  ages: ['0-4', '5-9', '5-9', '10-15', '10-15', '16-17'],
};
const forTheYoungest = ['the health visitor', 'the nursery', 'the GP', 'the children’s centre'];
const carers: Lexicon = {
  worker: 'the social worker',
  adults: ['the foster carer', 'the key worker at home', 'the aunt who cares for them'],
  agencies: ['the school', 'the virtual school', 'the independent visitor', 'the mental health team', 'the nurse'],
  issues: [
    'contact with the birth family',
    'sleep and nightmares',
    'a fragile home',
    'anger at school',
    'going missing',
  ],
  ages: ['5-9', '10-15', '10-15', '16-17'],
};

const lexicons: Readonly<Record<string, Lexicon>> = {
  'early-help': {
    ...statutory,
    worker: 'the family worker',
    agencies: ['the school', 'the school nurse', 'the housing officer', 'the youth club', 'the GP'],
    issues: [
      'missed school',
      'conflict between the parents',
      'a parent’s low mood',
      'debt',
      'bedtimes',
      'worry at school',
    ],
  },
  hub: { ...statutory, worker: 'the screening social worker' },
  'looked-after': carers,
  fostering: { ...carers, worker: 'the supervising social worker' },
  pathways: {
    worker: 'the personal adviser',
    adults: ['a former foster carer', 'an aunt', 'the birth mother', 'an older sister'],
    agencies: [
      'the college',
      'the housing officer',
      'the mental health team',
      'the job centre',
      'the youth justice worker',
    ],
    issues: ['rent arrears', 'loneliness', 'low mood', 'an unsafe relationship', 'leaving college', 'custody'],
    ages: ['16-17', '18-25', '18-25'],
  },
  disability: {
    ...statutory,
    issues: ['sleep', 'exhaustion at home', 'a move to adult services', 'pain that is hard to say'],
  },
};

export const ageBandOf = (service: string, chance: Chance): AgeBand =>
  chance.pick((lexicons[service] ?? statutory).ages);

/** The facts of an audit of a case of `service`, in the month of `day`. */
export function factsOf(service: string, tool: Tool, ageBand: AgeBand, day: Day, chance: Chance): Facts {
  const { worker, adults, agencies, issues } = lexicons[service] ?? statutory;
  const months = [-5, -4, -3, -2].map((ago) => monthName(monthStart(day, ago)));
  const isYoungPerson = ageBand === '16-17' || ageBand === '18-25';
  return {
    child: [isYoungPerson ? 'the young person' : 'the child'],
    worker: [tool.subject === 'supervision' ? 'the supervisor' : worker],
    adult: [chance.pick(adults)],
    agency: chance.shuffled(ageBand === '0-4' ? forTheYoungest : agencies).slice(0, 2),
    issue: [chance.pick(issues)],
    month: months,
    lastMonth: [monthName(addDays(monthStart(day, 0), -1))],
    nextMonth: [monthName(monthStart(day, 1))],
  };
}
