/** Reads files in tests: what is in them, and all of their rows at once. */
import { ofstedScale } from '../../../src/domain/grade.ts';
import type { FileLayout, FileRow, ImportProblem, Inspection } from '../../../src/protocol/import.ts';
import type { FileLike } from '../../../workers/import/bytes.ts';
import { inspect, rows, type InspectOptions } from '../../../workers/import/read-csv.ts';

export const never = new AbortController().signal;

/** The inspection of a file that can be read. */
export async function inspected(file: FileLike, options: Partial<InspectOptions> = {}): Promise<Inspection> {
  const answer = await inspect(never, file, { scale: ofstedScale, ...options });
  if (!answer.ok) throw new Error(`The file was to be read: ${JSON.stringify(answer.problem)}`);
  return answer.value;
}

/** The problem of a file that cannot. */
export async function problemOf(file: FileLike, options: Partial<InspectOptions> = {}): Promise<ImportProblem> {
  const answer = await inspect(never, file, { scale: ofstedScale, ...options });
  if (answer.ok) throw new Error(`The file was not to be read: ${JSON.stringify(answer.value.layout)}`);
  return answer.problem;
}

export async function allRows(file: FileLike, layout: FileLayout): Promise<FileRow[]> {
  const all: FileRow[] = [];
  for await (const page of rows(never, file, layout)) {
    if (!page.ok) throw new Error(`The rows were to be read: ${JSON.stringify(page.problem)}`);
    all.push(...page.value.rows);
  }
  return all;
}

/** A file of these lines. */
export const fileOf = (...lines: readonly string[]): Blob => new Blob([lines.join('\n')]);
