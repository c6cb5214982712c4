/**
 * Counting audits, from scratch and incrementally, with exactly the same answer.
 *
 * A row gives one item (measure `overall`) or one per section (measure `sections`); a row of no known section gives one
 * item under no section, so that no audit vanishes. Each item lands in one place of its group: under its grade when the
 * audit is final and graded on the query's scale, else beside. Only what lands under a grade is in a base (DOMAIN 7.1).
 * Adding, removing or replacing a row costs its own items; an answer costs its groups.
 */
import type { GradeId } from './grade.ts';
import type { RecordId } from './ids.ts';
import { proportion } from './proportion.ts';
import type { AuditRow, Beside, Figure, Summary, SummaryFilter, SummaryGroup, SummaryQuery } from './summary.ts';

/** Counts rows from nothing. `change` is the store's change counter the rows were read at. */
export function summarise(rows: Iterable<AuditRow>, query: SummaryQuery, change: number): Summary {
  const tally = new Tally(query);
  for (const row of rows) tally.add(row);
  return tally.answer(change);
}

/** Keeps the counts of one query while rows come and go. The caller removes exactly the rows it added. */
export class Tally {
  readonly #query: SummaryQuery;
  readonly #groups = new Map<string | null, Counts>();
  readonly #total: Counts;
  /** Items in the base whose audit was not drawn at random. */
  #picked = 0;

  constructor(query: SummaryQuery) {
    this.#query = query;
    this.#total = noCounts(query);
  }

  add(row: AuditRow): void {
    this.#count(row, 1);
  }

  remove(row: AuditRow): void {
    this.#count(row, -1);
  }

  replace(before: AuditRow, after: AuditRow): void {
    this.remove(before);
    this.add(after);
  }

  answer(change: number): Summary {
    const total = groupOf(null, this.#total, this.#query);
    return {
      query: this.#query,
      groups: [...this.#groups].sort(byKey).map(([key, counts]) => groupOf(key, counts, this.#query)),
      total,
      speaksForPractice: total.base > 0 && this.#picked === 0,
      change,
    };
  }

  #count(row: AuditRow, by: 1 | -1): void {
    visitItems(row, this.#query, (key, place) => {
      bump(this.#total, place, by);
      const counts = this.#groups.get(key) ?? noCounts(this.#query);
      bump(counts, place, by);
      if (counts.items === 0) this.#groups.delete(key);
      else this.#groups.set(key, counts);
      if (typeof place === 'number' && !isRandom(row)) this.#picked += by;
    });
  }
}

/** Where an item counts: under a grade, by its place in the query's grades, or beside. */
type Place = number | keyof Beside;

interface Counts {
  items: number;
  readonly grades: number[];
  readonly beside: Record<keyof Beside, number>;
}

const noCounts = ({ grades }: SummaryQuery): Counts => ({
  items: 0,
  grades: grades.map(() => 0),
  beside: { drafts: 0, awaitingModeration: 0, voided: 0, exempt: 0, notApplicable: 0, notGraded: 0 },
});

function bump(counts: Counts, place: Place, by: 1 | -1): void {
  counts.items += by;
  if (typeof place === 'number') counts.grades[place] = (counts.grades[place] ?? 0) + by;
  else counts.beside[place] += by;
}

const isRandom = ({ selection }: AuditRow): boolean => selection === 'random' || selection === 'stratified';

/** Calls `visit` with the group and place of each item a row counts as: none when a filter keeps it out. */
function visitItems(row: AuditRow, query: SummaryQuery, visit: (key: string | null, place: Place) => void): void {
  if (!passes(row, query.filter)) return;
  const wanted = query.filter.sections;
  const sections = query.measure === 'sections' ? Object.keys(row.sections) : [];
  for (const section of sections) {
    if (wanted !== undefined && !wanted.includes(section)) continue;
    visit(keyOf(row, section, query), placeOf(row, row.sections[section] ?? null, query));
  }
  if (query.measure === 'overall') visit(keyOf(row, null, query), placeOf(row, row.overall, query));
  else if (sections.length === 0 && wanted === undefined) visit(keyOf(row, null, query), placeOf(row, null, query));
}

/** Where something counts. The first reason for standing beside that holds is the one. */
function placeOf(row: AuditRow, grade: GradeId | 'na' | null, query: SummaryQuery): Place {
  if (row.state === 'voided') return 'voided';
  if (row.exempt) return 'exempt';
  if (row.state === 'awaiting moderation') return 'awaitingModeration';
  if (row.state !== 'final') return 'drafts';
  if (grade === 'na') return 'notApplicable';
  const place = grade === null ? -1 : query.grades.indexOf(grade);
  return place < 0 ? 'notGraded' : place;
}

function keyOf(row: AuditRow, section: string | null, { by }: SummaryQuery): string | null {
  return by === 'section' ? section : row[by];
}

function passes(row: AuditRow, filter: SummaryFilter): boolean {
  return (
    isAmong(filter.services, row.service) &&
    isAmong(filter.teams, row.team) &&
    isAmong(filter.auditors, row.auditor) &&
    isAmong(filter.tools, row.tool) &&
    isAmong(filter.selections, row.selection) &&
    isFrom(filter.fromMonth, row.month) &&
    isTo(filter.toMonth, row.month)
  );
}

/** A filter that is not given lets everything through; an empty list lets nothing through. */
const isAmong = <T>(wanted: readonly T[] | undefined, value: T | null): boolean =>
  wanted === undefined || (value !== null && wanted.includes(value));
const isFrom = (from: string | undefined, month: string | null): boolean =>
  from === undefined || (month !== null && month >= from);
const isTo = (to: string | undefined, month: string | null): boolean =>
  to === undefined || (month !== null && month <= to);

function groupOf(key: string | null, { grades, beside }: Counts, query: SummaryQuery): SummaryGroup {
  const base = grades.reduce((sum, count) => sum + count, 0);
  const good = grades.reduce((sum, count, place) => sum + (isGood(place, query) ? count : 0), 0);
  return {
    key,
    grades: grades.map((count) => proportion(count, base)),
    goodOrBetter: proportion(good, base),
    base,
    beside: { ...beside },
  };
}

function isGood(place: Place, { grades, goodOrBetter }: SummaryQuery): boolean {
  const grade = typeof place === 'number' ? grades[place] : undefined;
  return grade !== undefined && goodOrBetter.includes(grade);
}

function byKey([a]: readonly [string | null, Counts], [b]: readonly [string | null, Counts]): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids of the audits behind one figure of an answer: newest month first (none last), then by id. */
export function auditsBehind(rows: Iterable<AuditRow>, query: SummaryQuery, figure: Figure): RecordId[] {
  return [...rows]
    .filter((row) => isBehind(row, query, figure))
    .sort(newestMonthFirst)
    .map(({ id }) => id);
}

function isBehind(row: AuditRow, query: SummaryQuery, { group, what }: Figure): boolean {
  let found = false;
  visitItems(row, query, (key, place) => {
    found ||= (group === undefined || key === group) && isOf(place, query, what);
  });
  return found;
}

function isOf(place: Place, query: SummaryQuery, what: Figure['what']): boolean {
  switch (what.kind) {
    case 'base':
      return typeof place === 'number';
    case 'grade':
      return typeof place === 'number' && query.grades[place] === what.grade;
    case 'good-or-better':
      return isGood(place, query);
    case 'beside':
      return place === what.which;
    default:
      return what satisfies never;
  }
}

function newestMonthFirst(a: AuditRow, b: AuditRow): number {
  const x = a.month ?? '';
  const y = b.month ?? '';
  return x !== y ? (x > y ? -1 : 1) : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
