/** How far an import is, as a word. */
import type { ImportEntry } from '../data/organisation.ts';
import { importing as say } from '../words/import.ts';

export type ImportState = keyof typeof say.states;

export const stateOf = ({ finished, undone }: ImportEntry): ImportState =>
  undone !== null ? 'undone' : finished !== null ? 'added' : 'halfWay';

export const stateName = (entry: ImportEntry): string => say.states[stateOf(entry)];
