/**
 * What a board is told: how audits were graded in the last two years of four whole quarters, by quarter and by service and team,
 * with every small number held back (`suppress`). Counting is `tally`, what counts is `audit-row`: the same words and numbers
 * as on a laptop. One grade per audit; sections are not counted here, since eight sections of one case are still one child.
 *
 * The quarter that is running is not in it: nearly all of what is in it stands still from one day to the next, so that two
 * cubes seldom differ by one audit. They can: whoever keeps one cube and compares it with the next sees what was added, and a year
 * that has moved on by a quarter overlaps with the one before. Small numbers are held back within one cube, not between two.
 * An audit graded on another scale than the cube's is in no base: it counts as not graded.
 */
import type { GradeId, Scale } from '../grade.ts';
import type { ServiceId, TeamId } from '../ids.ts';
import { proportion, type Proportion } from '../proportion.ts';
import type { AuditRow, Beside, SummaryFilter, SummaryGroup, SummaryQuery } from '../summary.ts';
import { summarise } from '../tally.ts';
import type { Day } from '../values.ts';
import { baseOf, isSmall, suppress, type Counts, type Depth, type Whole } from './suppress.ts';

/** One row as it is told. null is held back; a base of 0 says that there were none. */
export interface CubeRow {
  readonly base: number | null;
  readonly goodOrBetter: Proportion | null;
  /** The grades that are not good or better, in the order of the cube's `grades`. */
  readonly grades: readonly Proportion[] | null;
}

/** `YYYY-MM` to `YYYY-MM`, both within. */
export interface Months {
  readonly from: string;
  readonly to: string;
}

export interface CubeTeam extends CubeRow {
  /** null for audits that name none. */
  readonly team: TeamId | null;
  readonly name: string | null;
}

export interface CubeService extends CubeRow {
  readonly service: ServiceId | null;
  readonly name: string | null;
  readonly teams: readonly CubeTeam[];
}

/** What stands beside, in no base: numbers of audits; null is held back. */
export type CubeBeside = Readonly<Record<Exclude<keyof Beside, 'notApplicable'>, number | null>>;

export interface CubeYear extends Months {
  readonly whole: CubeRow;
  readonly quarters: readonly (Months & CubeRow)[];
  readonly services: readonly CubeService[];
  readonly beside: CubeBeside;
  /** Whether every counted audit was drawn at random: only then do the figures speak for practice (DOMAIN 7.1). */
  readonly speaksForPractice: boolean;
}

export interface Cube {
  /** The grades told besides "good or better", best first. */
  readonly grades: readonly GradeId[];
  /** Newest first. */
  readonly years: readonly CubeYear[];
}

export interface CubeOptions {
  readonly scale: Scale;
  readonly today: Day;
  /** The name of a service or team, by its id. */
  readonly nameOf: (id: ServiceId | TeamId) => string | null;
}

const yearsTold = 2;
const quartersAYear = 4;
const monthsAQuarter = 3;

export function makeCube(rows: Iterable<AuditRow>, options: CubeOptions): Cube {
  const { scale, today } = options;
  const all = [...rows];
  return {
    grades: scale.grades.map(({ id }) => id).filter((id) => !scale.goodOrBetter.includes(id)),
    years: yearsBefore(today).map((quarters) => makeYear(all, quarters, options)),
  };
}

/** The years that are told, newest first, each as its quarters, oldest first. */
function yearsBefore(today: Day): readonly (readonly Months[])[] {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const now = year * quartersAYear + Math.floor((month - 1) / monthsAQuarter);
  return Array.from({ length: yearsTold }, (_, back) =>
    Array.from({ length: quartersAYear }, (_each, at) => monthsOf(now - (back + 1) * quartersAYear + at)),
  );
}

/** The months of a quarter, numbered from the first of the year 0. */
function monthsOf(quarter: number): Months {
  const nth = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  return { from: nth(quarter * monthsAQuarter), to: nth(quarter * monthsAQuarter + monthsAQuarter - 1) };
}

/** A row while it is made: `of` says what it is of. */
interface Part<Of> extends Whole {
  readonly of: Of;
}

function makeYear(all: readonly AuditRow[], quarters: readonly Months[], options: CubeOptions): CubeYear {
  const { scale, nameOf } = options;
  const months = { from: quarters[0]?.from ?? '', to: quarters.at(-1)?.to ?? '' };
  const rows = all.filter(({ month }) => month !== null && month >= months.from && month <= months.to);
  const { total, speaksForPractice } = count(rows, scale);
  const counts = countsOf(total, scale);

  const byQuarter = quarters.map((of): Part<Months> => ({
    of,
    counts: countsOf(count(rows, scale, { fromMonth: of.from, toMonth: of.to }).total, scale),
    parts: [],
  }));
  const byService = groupBy(rows, ({ service }) => service).map(([service, ofService]) => ({
    of: service,
    counts: countsOf(count(ofService, scale).total, scale),
    parts: groupBy(ofService, ({ team }) => team).map(([team, ofTeam]): Part<TeamId | null> => ({
      of: team,
      counts: countsOf(count(ofTeam, scale).total, scale),
      parts: [],
    })),
  }));
  const byPlace: Whole = { counts, parts: byService };
  const depths = suppress([byPlace, { counts, parts: byQuarter }]);
  const told = (row: Whole): CubeRow => rowAt(row.counts, depths.get(row) ?? 0);
  const named = (id: ServiceId | TeamId | null) => ({ name: id === null ? null : nameOf(id) });
  return {
    ...months,
    whole: told(byPlace),
    quarters: byQuarter.map((quarter) => ({ ...quarter.of, ...told(quarter) })),
    services: byService
      .map((service) => ({
        service: service.of,
        ...named(service.of),
        ...told(service),
        teams: service.parts.map((team) => ({ team: team.of, ...named(team.of), ...told(team) })).sort(byName),
      }))
      .sort(byName),
    beside: besideOf(total.beside),
    speaksForPractice,
  };
}

function count(
  rows: readonly AuditRow[],
  { grades, goodOrBetter }: Scale,
  filter: SummaryFilter = {},
): { readonly total: SummaryGroup; readonly speaksForPractice: boolean } {
  const query: SummaryQuery = {
    measure: 'overall',
    by: 'month',
    filter,
    grades: grades.map(({ id }) => id),
    goodOrBetter,
  };
  return summarise(rows, query, 0);
}

function countsOf({ grades, goodOrBetter }: SummaryGroup, scale: Scale): Counts {
  const others = grades.filter((_, at) => !scale.goodOrBetter.includes(scale.grades[at]?.id ?? ''));
  return [goodOrBetter.count, ...others.map((each) => each.count)];
}

function rowAt(counts: Counts, depth: Depth): CubeRow {
  const base = baseOf(counts);
  const [good = 0, ...others] = counts;
  return {
    base: depth >= 1 ? base : null,
    goodOrBetter: depth >= 2 ? proportion(good, base) : null,
    grades: depth >= 3 ? others.map((each) => proportion(each, base)) : null,
  };
}

function besideOf({ drafts, awaitingModeration, voided, exempt, notGraded }: Beside): CubeBeside {
  const told = (n: number): number | null => (isSmall(n) ? null : n);
  return {
    drafts: told(drafts),
    awaitingModeration: told(awaitingModeration),
    voided: told(voided),
    exempt: told(exempt),
    notGraded: told(notGraded),
  };
}

function groupBy<Key>(rows: readonly AuditRow[], keyOf: (row: AuditRow) => Key): [Key, AuditRow[]][] {
  const groups = new Map<Key, AuditRow[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return [...groups];
}

/** By name; what has none comes last. */
function byName(a: { readonly name: string | null }, b: { readonly name: string | null }): number {
  if (a.name === null || b.name === null) return a.name === b.name ? 0 : a.name === null ? 1 : -1;
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
