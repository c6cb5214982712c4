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
  readonly #total: Counts = { items: 0, grades: new Map(), beside: new Map() };
  /** Items in the base whose audit was not drawn at random. */
  #picked = 0;

  constructor(query: SummaryQuery) {
    this.#query = query;
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
    for (const item of itemsOf(row, this.#query)) {
      bump(this.#total, item, by);
      const counts = this.#groups.get(item.key) ?? { items: 0, grades: new Map(), beside: new Map() };
      bump(counts, item, by);
      if (counts.items === 0) this.#groups.delete(item.key);
      else this.#groups.set(item.key, counts);
      if (item.place === 'grade' && !isRandom(row)) this.#picked += by;
    }
  }
}

interface Counts {
  items: number;
  readonly grades: Map<GradeId, number>;
  readonly beside: Map<keyof Beside, number>;
}

/** One thing counted, in the one place where it counts. */
type Item =
  | { readonly key: string | null; readonly place: 'grade'; readonly grade: GradeId }
  | { readonly key: string | null; readonly place: 'beside'; readonly which: keyof Beside };

const isRandom = ({ selection }: AuditRow): boolean => selection === 'random' || selection === 'stratified';

function bump(counts: Counts, item: Item, by: 1 | -1): void {
  counts.items += by;
  if (item.place === 'grade') counts.grades.set(item.grade, (counts.grades.get(item.grade) ?? 0) + by);
  else counts.beside.set(item.which, (counts.beside.get(item.which) ?? 0) + by);
}

/** What a row counts as under a query: nothing when a filter keeps it out. */
function itemsOf(row: AuditRow, query: SummaryQuery): readonly Item[] {
  if (!passes(row, query.filter)) return [];
  if (query.measure === 'overall') return [placed(row, row.overall, keyOf(row, null, query), query)];
  const wanted = query.filter.sections;
  const sections = Object.entries(row.sections);
  if (sections.length === 0) return wanted === undefined ? [placed(row, null, keyOf(row, null, query), query)] : [];
  return sections
    .filter(([section]) => wanted === undefined || wanted.includes(section))
    .map(([section, grade]) => placed(row, grade, keyOf(row, section, query), query));
}

function placed(row: AuditRow, grade: GradeId | 'na' | null, key: string | null, query: SummaryQuery): Item {
  const which = besideOf(row, grade, query);
  return which === null && grade !== null
    ? { key, place: 'grade', grade }
    : { key, place: 'beside', which: which ?? 'notGraded' };
}

/** Where something that is not in a base counts, or null when it is in one. The first reason that holds is the one. */
function besideOf(row: AuditRow, grade: GradeId | 'na' | null, query: SummaryQuery): keyof Beside | null {
  if (row.state === 'voided') return 'voided';
  if (row.exempt) return 'exempt';
  if (row.state === 'awaiting moderation') return 'awaitingModeration';
  if (row.state !== 'final') return 'drafts';
  if (grade === 'na') return 'notApplicable';
  return grade === null || !query.grades.includes(grade) ? 'notGraded' : null;
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

function groupOf(key: string | null, counts: Counts, query: SummaryQuery): SummaryGroup {
  const counted = query.grades.map((grade) => ({ grade, count: counts.grades.get(grade) ?? 0 }));
  const base = counted.reduce((sum, { count }) => sum + count, 0);
  const good = counted.filter(({ grade }) => query.goodOrBetter.includes(grade));
  const besides = (which: keyof Beside): number => counts.beside.get(which) ?? 0;
  return {
    key,
    grades: counted.map(({ count }) => proportion(count, base)),
    goodOrBetter: proportion(
      good.reduce((sum, { count }) => sum + count, 0),
      base,
    ),
    base,
    beside: {
      drafts: besides('drafts'),
      awaitingModeration: besides('awaitingModeration'),
      voided: besides('voided'),
      exempt: besides('exempt'),
      notApplicable: besides('notApplicable'),
      notGraded: besides('notGraded'),
    },
  };
}

function byKey([a]: readonly [string | null, Counts], [b]: readonly [string | null, Counts]): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids of the audits behind one figure of an answer: newest month first (none last), then by id. */
export function auditsBehind(rows: Iterable<AuditRow>, query: SummaryQuery, figure: Figure): RecordId[] {
  return [...rows]
    .filter((row) => itemsOf(row, query).some((item) => isBehind(item, query, figure)))
    .sort(newestMonthFirst)
    .map(({ id }) => id);
}

function isBehind(item: Item, query: SummaryQuery, { group, what }: Figure): boolean {
  if (group !== undefined && item.key !== group) return false;
  switch (what.kind) {
    case 'base':
      return item.place === 'grade';
    case 'grade':
      return item.place === 'grade' && item.grade === what.grade;
    case 'good-or-better':
      return item.place === 'grade' && query.goodOrBetter.includes(item.grade);
    case 'beside':
      return item.place === 'beside' && item.which === what.which;
    default:
      return what satisfies never;
  }
}

function newestMonthFirst(a: AuditRow, b: AuditRow): number {
  const x = a.month ?? '';
  const y = b.month ?? '';
  return x !== y ? (x > y ? -1 : 1) : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
