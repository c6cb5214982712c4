/**
 * What the page may ask of the summary worker, on whatever store, timers and tools it is given. One store at a time; a
 * question before `open` is a bug of the page.
 */
import type { SectionsOf } from '../../src/domain/audit-row.ts';
import type { Result, StoreProblem } from '../../src/protocol/problem.ts';
import type { SummaryApi } from '../../src/protocol/threads.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import type { Port } from '../../src/store/port.ts';
import { behindPage } from './queries.ts';
import { openTracker, type Tracker } from './tracker.ts';

export interface SummaryDeps {
  readonly openPort: (database: string) => Promise<Result<Port, StoreProblem>>;
  readonly timers: Timers;
  readonly sectionsOf: SectionsOf;
}

/** Records read in one transaction: some milliseconds of work, so that a save never waits long behind a first load. */
const pageSize = 500;

export function summaryApi({ openPort, timers, sectionsOf }: SummaryDeps): SummaryApi {
  let open: { readonly port: Port; readonly tracker: Tracker } | null = null;

  const tracker = (): Tracker => {
    if (open === null) throw new Error('The summary worker was asked before it had opened a store');
    return open.tracker;
  };
  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    closing?.tracker.close();
    await closing?.port.close();
  };

  return {
    async ping() {
      if (open?.tracker.isStuck() === true) throw new Error('The store cannot be read');
      return true;
    },
    async open({ database }) {
      await close();
      const opened = await openPort(database);
      if (!opened.ok) throw new Error(`The store ${database} cannot be read: ${opened.problem.kind}`);
      const port = opened.value;
      open = { port, tracker: openTracker({ port, timers, sectionsOf, pageSize }) };
    },
    async watch(query, onAnswer) {
      tracker().watch(query, onAnswer);
    },
    async auditsBehind(query, figure, offset, limit) {
      return behindPage(await tracker().rows(), query, figure, offset, limit);
    },
    close,
  };
}
