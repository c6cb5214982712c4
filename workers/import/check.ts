/**
 * The look before anything is written: every row is read as it would be, and counted. What is here already is told apart
 * by the identity of each row; only the rest is asked about and would be written.
 */
import type { RecordId } from '../../src/domain/ids.ts';
import { auditReader } from '../../src/domain/import/apply.ts';
import { mostNames, NameTally } from '../../src/domain/import/found-names.ts';
import { ReportTally } from '../../src/domain/import/report.ts';
import { rowKeys } from '../../src/domain/import/row-key.ts';
import type { Day } from '../../src/domain/values.ts';
import type { FileReading, ImportCheck, ImportProgress, ImportStop } from '../../src/protocol/import-job.ts';
import type { Result } from '../../src/protocol/problem.ts';
import { readImportedRows } from '../../src/store/imported.ts';
import type { Store } from '../../src/store/open.ts';
import type { FileLike } from './bytes.ts';
import { fileDigest, type RunningHash } from './file-digest.ts';
import { rows } from './read-csv.ts';

export interface CheckDeps {
  readonly store: Store;
  readonly newFileHash: () => RunningHash;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** Different labels and dates that are kept of each column, to be shown. */
const mostTexts = 50;

export async function checkFile(
  signal: AbortSignal,
  file: FileLike,
  { layout, mapping }: FileReading,
  { store, newFileHash, onProgress }: CheckDeps,
): Promise<Result<ImportCheck, ImportStop>> {
  const digest = await fileDigest(signal, file, newFileHash());
  if (!digest.ok) return digest;
  const known = await readImportedRows(store);
  const keyOf = rowKeys(store.hash);
  const read = auditReader(mapping);
  const report = new ReportTally(mapping, mostTexts);
  const fresh = new ReportTally(mapping, mostTexts);
  const names = new NameTally();
  const days = new DaySpan();
  const here = new Map<RecordId, number>();
  for await (const page of rows(signal, file, layout)) {
    if (!page.ok) return page;
    for (const { row, cells } of page.value.rows) {
      const from = known.get(keyOf(cells));
      const applied = read(cells);
      report.add(row, applied);
      if (from !== undefined) {
        here.set(from, (here.get(from) ?? 0) + 1);
        continue;
      }
      fresh.add(row, applied);
      if (!applied.ok) continue;
      names.add(applied.audit);
      days.add(applied.audit.day);
    }
    const place = names.tooMany;
    if (place !== null) return { ok: false, problem: { kind: 'too-many-names', place, limit: mostNames[place] } };
    onProgress({ doneBytes: page.value.doneBytes, totalBytes: page.value.totalBytes, written: 0 });
  }
  return {
    ok: true,
    value: {
      digest: digest.value,
      report: report.answer(),
      fresh: fresh.answer(),
      names: names.answer(),
      days: days.answer(),
      perDay: days.perDay,
      here,
    },
  };
}

class DaySpan {
  /** How many audits each day has. */
  readonly perDay = new Map<Day, number>();
  #first: Day | null = null;
  #last: Day | null = null;

  add(day: Day | null): void {
    if (day === null) return;
    this.perDay.set(day, (this.perDay.get(day) ?? 0) + 1);
    if (this.#first === null || day < this.#first) this.#first = day;
    if (this.#last === null || day > this.#last) this.#last = day;
  }

  answer(): ImportCheck['days'] {
    return this.#first === null || this.#last === null ? null : { first: this.#first, last: this.#last };
  }
}
