/**
 * The made-up authority: its services after a children's care directorate, what each is audited with, how much of it, and how
 * its grades moved over the time told. The figures are invented; only their shape is of the field (DOMAIN 2.5, 8.1).
 */

/** Shares of the overall grades, worst first: inadequate, requires improvement, good; the rest is outstanding. */
export type GradeShares = readonly [number, number, number];

export interface StoryTeam {
  readonly name: string;
  /** How much more often than its service it is inadequate. */
  readonly worse: number;
  /** Nobody of its own audits: a team that an agency manages. */
  readonly managed?: true;
  /** Parts of the time told, from 0 to 1. */
  readonly opens?: number;
  readonly closes?: number;
  readonly moves?: { readonly at: number; readonly to: string; readonly newName: string };
}

export interface StoryService {
  readonly key: string;
  readonly name: string;
  readonly renamed?: { readonly at: number; readonly newName: string };
  /** Families of tools, the first that this build has. */
  readonly tools: readonly string[];
  /** Audits in an ordinary month. */
  readonly monthly: number;
  readonly first: GradeShares;
  readonly last: GradeShares;
  readonly teams: readonly StoryTeam[];
}

export const exampleName = 'Example Council (made up)';

export const services: readonly StoryService[] = [
  {
    key: 'early-help',
    name: 'Early Help',
    tools: ['early-help'],
    monthly: 5,
    first: [0.08, 0.28, 0.55],
    last: [0.04, 0.2, 0.62],
    teams: [
      { name: 'Early Help North', worse: 0.7 },
      { name: 'Early Help South', worse: 1.2 },
      { name: 'Early Help East', worse: 1.5 },
      { name: 'Early Help West', worse: 0.6 },
    ],
  },
  {
    key: 'hub',
    name: 'Multi-Agency Children’s Hub (MACH)',
    tools: ['front-door'],
    monthly: 4,
    first: [0.17, 0.33, 0.46],
    last: [0.08, 0.27, 0.57],
    teams: [
      { name: 'Contact and Screening Team', worse: 0.8 },
      { name: 'Response Team', worse: 1.2 },
    ],
  },
  {
    key: 'assessment',
    name: 'Assessment Service',
    tools: ['assessment-service'],
    monthly: 7,
    first: [0.42, 0.36, 0.21],
    last: [0.24, 0.41, 0.31],
    teams: [
      { name: 'Assessment Team 1', worse: 0.7 },
      { name: 'Assessment Team 2', worse: 0.9 },
      { name: 'Assessment Team 3', worse: 1.5 },
      { name: 'Assessment Team 4', worse: 0.9 },
    ],
  },
  {
    key: 'child-in-need',
    name: 'Child in Need',
    tools: ['child-in-need'],
    monthly: 4,
    first: [0.3, 0.42, 0.26],
    last: [0.21, 0.43, 0.33],
    teams: [
      { name: 'Child in Need Team 1', worse: 0.8 },
      { name: 'Child in Need Team 2', worse: 1.3 },
      {
        name: 'Edge of Care Team',
        worse: 0.7,
        moves: { at: 0.58, to: 'early-help', newName: 'Edge of Care and Family Support Team' },
      },
      { name: 'Managed Team', worse: 1.2, managed: true, opens: 0.2, closes: 0.7 },
    ],
  },
  {
    key: 'safeguarding',
    name: 'Safeguarding and Care Planning',
    tools: ['child-protection'],
    monthly: 4.5,
    first: [0.28, 0.42, 0.28],
    last: [0.19, 0.41, 0.36],
    teams: [
      { name: 'Safeguarding Team 1', worse: 1 },
      { name: 'Safeguarding Team 2', worse: 0.7 },
      { name: 'Safeguarding Team 3', worse: 1.3 },
    ],
  },
  {
    key: 'looked-after',
    name: 'Children Looked After',
    tools: ['children-looked-after'],
    monthly: 3,
    first: [0.19, 0.4, 0.37],
    last: [0.12, 0.36, 0.46],
    teams: [
      { name: 'Looked After Team 1', worse: 0.8 },
      { name: 'Looked After Team 2', worse: 1.3 },
      { name: 'Looked After Team 3', worse: 0.9 },
    ],
  },
  {
    key: 'pathways',
    name: 'Care Leavers Service',
    renamed: { at: 0.42, newName: 'Pathways' },
    tools: ['care-leavers'],
    monthly: 2.5,
    first: [0.2, 0.4, 0.36],
    last: [0.13, 0.36, 0.45],
    teams: [
      { name: 'Personal Advisers North', worse: 0.8 },
      { name: 'Personal Advisers South', worse: 1.2 },
    ],
  },
  {
    key: 'disability',
    name: 'Children with Disabilities and Short Breaks',
    tools: ['general-practice'],
    monthly: 1,
    first: [0.15, 0.4, 0.41],
    last: [0.12, 0.36, 0.46],
    teams: [{ name: 'Children with Disabilities Team', worse: 1 }],
  },
  {
    key: 'fostering',
    name: 'Fostering',
    tools: ['general-practice'],
    monthly: 1,
    first: [0.12, 0.34, 0.48],
    last: [0.08, 0.3, 0.54],
    teams: [
      { name: 'Fostering Support Team', worse: 0.8 },
      { name: 'Connected Carers Team', worse: 1.2 },
    ],
  },
];

/** How much of an ordinary month is audited, by number of the month: less when people are away. */
export const seasons: Readonly<Record<number, number>> = { 4: 0.94, 8: 0.38, 12: 0.75 };

/** How often a team is inadequate at a part of the time told; what is left keeps its proportions. */
export function sharesAt({ first, last }: StoryService, { worse }: StoryTeam, part: number): GradeShares {
  const [inadequate, fair, good] = first.map((share, i) => share + ((last[i] ?? share) - share) * part) as [
    number,
    number,
    number,
  ];
  const own = Math.min(0.9, inadequate * worse);
  const rest = (1 - own) / (1 - inadequate);
  return [own, fair * rest, good * rest];
}
