/**
 * The rows above the table of every file: its marking, whose it is, what was asked in words with every filter, and when. So a
 * file that has left the screen still says what it counts. An auditor is named only where `withAuditors` says so (S24).
 */
import type { Organisation } from '../data/organisation.ts';
import { momentText } from '../format.ts';
import { filterText } from '../percentages/filter-text.ts';
import { filtersOn, type FilterName, type Question } from '../percentages/question.ts';
import { exporting as say } from '../words/export.ts';
import { percentages } from '../words/percentages.ts';
import type { CsvCell } from './csv-text.ts';

export type Row = readonly CsvCell[];

/** What a file is about, besides its table. */
export interface Asked {
  readonly question: Question;
  readonly organisation: Organisation;
  readonly authorityName: string;
  readonly countedMs: number;
  readonly withAuditors: boolean;
  /** Sentences on what may be missing. */
  readonly missing: readonly string[];
}

/** Up to the table's header. `about`: the line that names the figures or the figure. */
export function preamble(asked: Asked, about: Row): readonly Row[] {
  return [
    [say.marking],
    [say.authority, asked.authorityName],
    about,
    [say.filters, filtersText(asked)],
    [say.when, momentText(asked.countedMs)],
    ...asked.missing.map((sentence) => [percentages.missingLabel, sentence]),
  ];
}

/** Whether a question puts the name of an auditor into its answer. */
export const namesAuditors = ({ by, auditor }: Question): boolean => by === 'auditor' || auditor !== '';

const filterNames: Readonly<Record<Exclude<FilterName, 'from' | 'to'>, string>> = {
  service: percentages.service,
  team: percentages.team,
  section: percentages.section,
  auditor: percentages.auditor,
  tool: percentages.tool,
  selection: percentages.selection,
};

function filtersText({ question, organisation, withAuditors }: Asked): string {
  const texts = filtersOn(question).map((name) => {
    const text = filterText(name, question, organisation);
    if (name === 'from' || name === 'to') return text;
    const isHidden = name === 'auditor' && !withAuditors;
    return say.filter(filterNames[name], isHidden ? say.oneAuditor : text);
  });
  return texts.length === 0 ? say.noFilters : texts.join('; ');
}
