/**
 * What of a file cannot be mapped, counted row by row, to be shown before anything is written. Memory is bounded: of
 * distinct texts the first are kept with their counts and the rest counted together; of rows the first few numbers.
 */
import type { GradeId } from '../grade.ts';
import type { Applied, ImportedAudit, ImportedGrade, RowProblem } from './apply.ts';
import { DistinctTexts, type Counted } from './distinct.ts';
import { labelKey } from './labels.ts';
import type { ImportMapping } from './mapping.ts';

/** How many, and the first of their numbers as a spreadsheet shows them. */
export interface CountedRows {
  readonly count: number;
  readonly first: readonly number[];
}

/** Distinct texts with their counts; `rest` cells held others. */
export interface CountedTexts {
  readonly values: readonly Counted[];
  readonly rest: number;
}

export interface ColumnReport {
  readonly column: number;
  readonly graded: number;
  /** Of the graded cells, how many have which grade. */
  readonly grades: ReadonlyMap<GradeId, number>;
  readonly notApplicable: number;
  readonly notGraded: number;
  readonly blank: number;
  /** Cells whose label is not mapped. */
  readonly unknown: number;
  readonly unknownLabels: CountedTexts;
}

export interface ImportReport {
  /** Rows that were read. */
  readonly rows: number;
  /** Rows that are an audit. */
  readonly audits: number;
  /** Audits without a day. */
  readonly undated: CountedRows;
  /** Audits whose day is in the mapping's first date column, its second, and so on. */
  readonly datedBy: readonly number[];
  /** Audits in which no graded column has a grade. */
  readonly withoutGrade: CountedRows;
  readonly withoutReference: number;
  readonly withoutAuditor: number;
  /** Rows that are no audit, by why. */
  readonly refused: Readonly<Record<RowProblem['kind'], CountedRows>>;
  /** What stood where a date was to be read. */
  readonly unreadableDates: CountedTexts;
  /** Graded columns in the mapping's order, over the rows that are an audit. */
  readonly columns: readonly ColumnReport[];
}

const longestKept = 200;
const firstRows = 5;

export class ReportTally {
  readonly #mapping: ImportMapping;
  readonly #dates: DistinctTexts;
  readonly #columns: ReadonlyMap<number, ColumnTally>;
  readonly #refused: Record<RowProblem['kind'], RowTally> = {
    'no-date': new RowTally(),
    'unreadable-date': new RowTally(),
    'no-service': new RowTally(),
    'no-team': new RowTally(),
    'too-long': new RowTally(),
  };
  readonly #undated = new RowTally();
  readonly #datedBy: number[];
  readonly #withoutGrade = new RowTally();
  #rows = 0;
  #audits = 0;
  #withoutReference = 0;
  #withoutAuditor = 0;

  /** Keeps at most `most` distinct texts of each column. */
  constructor(mapping: ImportMapping, most: number) {
    this.#mapping = mapping;
    this.#datedBy = mapping.dates.map(() => 0);
    this.#dates = new DistinctTexts(most, longestKept);
    this.#columns = new Map(mapping.graded.map(({ column }) => [column, new ColumnTally(column, most)]));
  }

  /** Counts a row by its number and what it says under the mapping. */
  add(row: number, applied: Applied): void {
    this.#rows++;
    if (applied.ok) this.#addAudit(row, applied.audit);
    else {
      this.#refused[applied.why.kind].add(row);
      if (applied.why.kind === 'unreadable-date') this.#dates.add(applied.why.text);
    }
  }

  answer(): ImportReport {
    return {
      rows: this.#rows,
      audits: this.#audits,
      undated: this.#undated.answer(),
      datedBy: [...this.#datedBy],
      withoutGrade: this.#withoutGrade.answer(),
      withoutReference: this.#withoutReference,
      withoutAuditor: this.#withoutAuditor,
      refused: {
        'no-date': this.#refused['no-date'].answer(),
        'unreadable-date': this.#refused['unreadable-date'].answer(),
        'no-service': this.#refused['no-service'].answer(),
        'no-team': this.#refused['no-team'].answer(),
        'too-long': this.#refused['too-long'].answer(),
      },
      unreadableDates: { values: this.#dates.values(), rest: this.#dates.rest },
      columns: [...this.#columns.values()].map((column) => column.answer()),
    };
  }

  #addAudit(row: number, { dayFrom, reference, auditor, grades, overall }: ImportedAudit): void {
    this.#audits++;
    this.#countDay(row, dayFrom);
    if (reference === null) this.#withoutReference++;
    if (auditor === null) this.#withoutAuditor++;
    let graded = false;
    for (const [column, tally] of this.#columns) {
      const grade = column === this.#mapping.overall ? overall : grades[column];
      if (grade === undefined || grade === null) continue;
      tally.add(grade);
      graded ||= grade.kind === 'grade';
    }
    if (!graded) this.#withoutGrade.add(row);
  }

  #countDay(row: number, dayFrom: number | null): void {
    const place = this.#mapping.dates.findIndex(({ column }) => column === dayFrom);
    if (place < 0) this.#undated.add(row);
    else this.#datedBy[place] = (this.#datedBy[place] ?? 0) + 1;
  }
}

class RowTally {
  #count = 0;
  readonly #first: number[] = [];

  add(row: number): void {
    if (this.#count++ < firstRows) this.#first.push(row);
  }

  answer(): CountedRows {
    return { count: this.#count, first: [...this.#first] };
  }
}

class ColumnTally {
  readonly #column: number;
  readonly #kinds: Record<ImportedGrade['kind'], number> = {
    grade: 0,
    'not-applicable': 0,
    'not-graded': 0,
    unknown: 0,
    blank: 0,
  };
  readonly #grades = new Map<GradeId, number>();
  readonly #labels: DistinctTexts;

  constructor(column: number, most: number) {
    this.#column = column;
    this.#labels = new DistinctTexts(most, longestKept);
  }

  add(grade: ImportedGrade): void {
    this.#kinds[grade.kind]++;
    if (grade.kind === 'grade') this.#grades.set(grade.grade, (this.#grades.get(grade.grade) ?? 0) + 1);
    if (grade.kind === 'unknown') this.#labels.add(grade.label, labelKey(grade.label));
  }

  answer(): ColumnReport {
    const kinds = this.#kinds;
    return {
      column: this.#column,
      graded: kinds.grade,
      grades: new Map(this.#grades),
      notApplicable: kinds['not-applicable'],
      notGraded: kinds['not-graded'],
      blank: kinds.blank,
      unknown: kinds.unknown,
      unknownLabels: { values: this.#labels.values(), rest: this.#labels.rest },
    };
  }
}
