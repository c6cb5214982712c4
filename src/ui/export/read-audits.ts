/**
 * Reads the audits behind a figure for a file. Which they are is asked once, so that the file is of one moment; what lists show
 * of them is read fifty at a time, no text is opened, and the page stays free between. Whoever is told of the progress may say
 * stop.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import type { RecordId } from '../../domain/ids.ts';
import type { Figure, SummaryQuery } from '../../domain/summary.ts';
import type { StoreProblem } from '../../protocol/problem.ts';
import { asResult } from '../../store/problems.ts';
import { readListed, type ShownRecord } from '../../store/view.ts';

export const pageSize = 50;

export type AuditsRead<Line> =
  | { readonly kind: 'read'; readonly lines: readonly Line[] }
  | { readonly kind: 'stopped' }
  /** The summary could not say which audits are behind the figure. */
  | { readonly kind: 'not-found' }
  | { readonly kind: 'problem'; readonly problem: StoreProblem };

export interface ReadAsk<Line> {
  readonly query: SummaryQuery;
  readonly figure: Figure;
  readonly lineOf: (record: ShownRecord) => Line;
  /** Called after each page. False stops. */
  readonly onProgress: (done: number, of: number) => boolean;
}

type Source = Pick<Laptop, 'store' | 'summary'>;

export async function readAudits<Line>(laptop: Source, ask: ReadAsk<Line>): Promise<AuditsRead<Line>> {
  const { query, figure, lineOf, onProgress } = ask;
  const found = await laptop.summary.auditsBehind(query, figure, 0, Number.MAX_SAFE_INTEGER);
  if (found === null) return { kind: 'not-found' };
  const lines: Line[] = [];
  for (let from = 0; from < found.ids.length; from += pageSize) {
    const page = await readPage(laptop, found.ids.slice(from, from + pageSize));
    if (!page.ok) return { kind: 'problem', problem: page.problem };
    lines.push(...page.value.map(lineOf));
    if (!onProgress(Math.min(from + pageSize, found.ids.length), found.ids.length)) return { kind: 'stopped' };
  }
  return { kind: 'read', lines };
}

const readPage = ({ store }: Source, ids: readonly RecordId[]) =>
  asResult(async () => ({ ok: true, value: await readListed(store, ids) }) as const);
