/**
 * Brings a backup file in: counted first, with nothing written, then written a page of records at a time.
 *
 * Promises:
 *  - a file is read through to its end, and every record of it planned, before anything is written
 *  - each record is written whole, in one transaction; calling off stops between two, and so does a crash
 *  - every change is recorded as this person's, with the time at which it was made
 *  - bringing the same file in again, also after it was called off, adds what is missing and nothing else
 */
import type { Kind } from '../../domain/record.ts';
import { compareStamps } from '../../domain/stamp.ts';
import type { BackupProblem } from '../../protocol/backup.ts';
import type { Result, StoreProblem } from '../../protocol/problem.ts';
import type { Store } from '../open.ts';
import { StoreFailure } from '../problems.ts';
import { recordGroups } from '../record.ts';
import { asBackupResult, type Cancelled } from './failure.ts';
import { keepOut } from './kept-out.ts';
import { editsOf, planOf, type RecordPlan } from './plan.ts';
import type { OpenedBackup } from './read-backup.ts';
import type { OutReason, Way } from './told.ts';

export interface Counted {
  readonly records: number;
  readonly changes: number;
}

/** What comes in, what is here already and what stays out, by kind of record. */
export interface BringInReport {
  readonly comes: ReadonlyMap<Kind, Counted>;
  readonly here: ReadonlyMap<Kind, Counted>;
  readonly out: ReadonlyMap<OutReason, ReadonlyMap<Kind, Counted>>;
}

/** How far in the file a pass has come. */
export type OnProgress = (doneBytes: number, allBytes: number) => void;

/** Counts what would come in. Writes nothing. */
export function countBringIn(
  signal: AbortSignal,
  store: Store,
  backup: OpenedBackup,
  way: Way,
  onProgress: OnProgress,
): Promise<Result<BringInReport, BackupProblem | StoreProblem | Cancelled>> {
  return asBackupResult(signal, async () => {
    const count = newCount();
    for await (const page of planOf(store, backup.records(signal, onProgress), way)) page.forEach(count.add);
    return count.report;
  });
}

export interface BroughtIn {
  readonly report: BringInReport;
  /** Whether it was called off before the end: the rest is not here, and the same file brings it in. */
  readonly isPart: boolean;
}

/** Brings in what `countBringIn` has counted. Called off, it answers what it has brought in until then. */
export function bringIn(
  signal: AbortSignal,
  store: Store,
  backup: OpenedBackup,
  way: Way,
  onProgress: OnProgress,
): Promise<Result<BroughtIn, BackupProblem | StoreProblem | Cancelled>> {
  return asBackupResult(signal, async () => {
    const { report, add } = newCount();
    const toTheEnd = new AbortController().signal;
    for await (const page of planOf(store, backup.records(toTheEnd, onProgress), way)) {
      if (signal.aborted) return { report, isPart: true };
      await writePage(store, page);
      page.forEach(add);
    }
    return { report, isPart: false };
  });
}

async function writePage(store: Store, page: readonly RecordPlan[]): Promise<void> {
  const actions = page.flatMap((plan) => plan.actions.map((action) => ({ action, edits: editsOf(plan, action) })));
  // Recorded together, each claims a time after the one before: in the order in which they were done.
  const inOrder = actions.sort((a, b) => compareStamps(doneAt(a), doneAt(b)));
  if (inOrder.length > 0) {
    const groups = inOrder.map((one) => ({ edits: one.edits, doneMs: doneAt(one).ms }));
    const saved = await recordGroups(store, groups);
    if (!saved.ok) throw new StoreFailure(saved.problem);
  }
  await keepOut(
    store,
    page,
    page.flatMap(({ released }) => released),
  );
}

function doneAt({ action }: { readonly action: RecordPlan['actions'][number] }) {
  const last = action.at(-1);
  if (last === undefined) throw new Error('An action has no change');
  return last.claimed;
}

type Tally = Map<Kind, { records: number; changes: number }>;

function newCount(): { readonly report: BringInReport; readonly add: (plan: RecordPlan) => void } {
  const comes: Tally = new Map();
  const here: Tally = new Map();
  const out = new Map<OutReason, Tally>();
  return {
    report: { comes, here, out },
    add({ kind, actions, keptOut, isHere }) {
      const changes = actions.reduce((sum, action) => sum + action.length, 0);
      if (changes > 0) tally(comes, kind, changes);
      else if (isHere) tally(here, kind, 0);
      for (const why of new Set(keptOut.map((kept) => kept.why))) {
        const because = out.get(why) ?? new Map();
        out.set(why, because);
        tally(because, kind, keptOut.filter((kept) => kept.why === why).length);
      }
    },
  };
}

function tally(counted: Tally, kind: Kind, changes: number): void {
  const known = counted.get(kind) ?? { records: 0, changes: 0 };
  counted.set(kind, { records: known.records + 1, changes: known.changes + changes });
}
