/** What a filter in force says: the name of a service, "from March 2026", "Random samples only". */
import type { Organisation } from '../data/organisation.ts';
import { monthText } from '../format.ts';
import { words } from '../words.ts';
import { percentages as say } from '../words/percentages.ts';
import { groupName } from './names.ts';
import type { FilterName, Question } from './question.ts';

export function filterText(name: FilterName, question: Question, organisation: Organisation): string {
  switch (name) {
    case 'from':
      return say.from(monthText(question.from));
    case 'to':
      return say.to(monthText(question.to));
    case 'selection':
      return question.selection === 'random' || question.selection === ''
        ? say.randomOnly
        : words.names.selections[question.selection];
    default:
      return groupName(name, question[name], organisation);
  }
}
