/**
 * Follows the store and keeps one row of each audit, with the counts of the query being watched. It only reads.
 *
 * Promises:
 *  - after the first load, only records that changed are read, and a change costs its own rows, not a recount
 *  - a write during a read is read in the next round: nothing that was announced is missed
 *  - no answer before everything there is has been read once; then one at once, and at most one every `pushEveryMs`
 *  - an answer is of the newest query; a query that was replaced is never answered again
 *  - a read that fails is tried again, later each time; what is missing stays missing, nothing is guessed, and who asks is told
 */
import { auditRow, type SectionsOf } from '../../src/domain/audit-row.ts';
import type { AuditRow, Summary, SummaryQuery } from '../../src/domain/summary.ts';
import { newRoster } from '../../src/domain/roster.ts';
import { Tally } from '../../src/domain/tally.ts';
import type { Timers } from '../../src/protocol/timers.ts';
import { readChanged } from '../../src/store/columns.ts';
import type { Port } from '../../src/store/port.ts';

export interface TrackerDeps {
  readonly port: Port;
  readonly timers: Timers;
  readonly sectionsOf: SectionsOf;
  /** Records read in one transaction. */
  readonly pageSize: number;
}

export interface Tracker {
  /** Answers `query` now and after each change, instead of the query before. */
  watch(query: SummaryQuery, onAnswer: (summary: Summary) => void): void;
  /** Every audit that counts, once the first load is complete. */
  rows(): Promise<readonly AuditRow[]>;
  /** Whether reading has failed again and again: what it answered last may be old. */
  isStuck(): boolean;
  close(): void;
}

export const pushEveryMs = 100;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
const stuckAfter = 3;

interface Watched {
  readonly tally: Tally;
  readonly onAnswer: (summary: Summary) => void;
}

export function openTracker({ port, timers, sectionsOf, pageSize }: TrackerDeps): Tracker {
  const roster = newRoster({
    onCounted: (row) => watched?.tally.add(row),
    onLeft: (row) => watched?.tally.remove(row),
  });
  const waiting: (() => void)[] = [];
  let change = 0;
  let loaded = false;
  let closed = false;
  let watched: Watched | null = null;

  let reading = false;
  let readAgain = false;
  /** In a row. */
  let failures = 0;
  let cancelRetry = (): void => undefined;

  let cooling = false;
  let owed = false;
  let cancelCooling = (): void => undefined;

  function refresh(): void {
    readAgain = true;
    if (reading || closed) return;
    reading = true;
    cancelRetry();
    readRounds().then(
      () => {
        reading = false;
        failures = 0;
        // Announced after the last look and before this.
        if (readAgain) refresh();
      },
      () => {
        reading = false;
        cancelRetry = timers.after(Math.min(firstRetryMs * 2 ** failures, longestRetryMs), refresh);
        failures += 1;
      },
    );
  }

  async function readRounds(): Promise<void> {
    while (readAgain && !closed) {
      readAgain = false;
      const news = await readRound();
      if (closed) return;
      const first = !loaded;
      loaded = true;
      for (const resolve of waiting.splice(0)) resolve();
      if (first || news) push();
    }
  }

  /** Reads to the newest change. True when an audit came, changed or went. */
  async function readRound(): Promise<boolean> {
    let news = false;
    for (let more = true; more && !closed;) {
      const page = await readChanged(port, change, pageSize);
      for (const { id, kind, units, submittedMs } of page.records) {
        if (kind === 'audit') news = roster.setAudit(id, auditRow(id, units, sectionsOf, submittedMs)) || news;
        if (kind === 'import') news = roster.setUndone(id, units['undone'] !== undefined) || news;
      }
      for (const id of page.gone) news = roster.setAudit(id, undefined) || news;
      change = page.change;
      more = page.more;
    }
    return news;
  }

  function push(): void {
    owed = true;
    if (cooling || !loaded || watched === null || closed) return;
    owed = false;
    cooling = true;
    cancelCooling = timers.after(pushEveryMs, () => {
      cooling = false;
      if (owed) push();
    });
    watched.onAnswer(watched.tally.answer(change));
  }

  const stopListening = port.onWrite(refresh);
  refresh();

  return {
    watch(query, onAnswer) {
      const tally = new Tally(query);
      for (const row of roster.counted()) tally.add(row);
      watched = { tally, onAnswer };
      // The person asked something new: what was just pushed is no reason to wait.
      cancelCooling();
      cooling = false;
      push();
    },
    async rows() {
      if (!loaded) await new Promise<void>((resolve) => waiting.push(resolve));
      return roster.counted();
    },
    isStuck: () => failures >= stuckAfter,
    close() {
      closed = true;
      stopListening();
      cancelRetry();
      cancelCooling();
    },
  };
}
