/**
 * Offline is ordinary: one grey line. Where something has waited for more than a day it is a reminder, since until it is sent this
 * laptop has the only copy (FAULTS 1).
 */
import type { Laptop } from '../../bridge/laptop.ts';
import type { SyncProblem } from '../../protocol/problem.ts';
import type { SaveCounts } from '../../store/view.ts';
import { momentText } from '../format.ts';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

const dayMs = 24 * 60 * 60 * 1000;

export function OfflineBanner({ laptop }: { readonly laptop: Laptop }) {
  const { problem } = laptop.sync.state.value;
  const reminder = waitingSentence(laptop.saveCounts.value, laptop.store.now());
  return (
    <>
      {reminder !== null && <Banner look="attention">{reminder}</Banner>}
      {(reminder === null || isNotOurs(problem)) && (
        <Banner look="quiet">{isNotOurs(problem) ? words.problems.sync(problem) : words.frame.offline}</Banner>
      )}
    </>
  );
}

const isNotOurs = (problem: SyncProblem | null): problem is SyncProblem => problem?.kind === 'not-our-server';

/** What to say of work that has waited for more than a day, or null. */
export function waitingSentence(
  { unsent, oldestUnsentMs }: Pick<SaveCounts, 'unsent' | 'oldestUnsentMs'>,
  nowMs: number,
): string | null {
  if (unsent === 0 || oldestUnsentMs === null || nowMs - oldestUnsentMs < dayMs) return null;
  return words.frame.offlineLong(unsent, momentText(oldestUnsentMs));
}
