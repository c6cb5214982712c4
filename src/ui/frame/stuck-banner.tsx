/**
 * The server is there, and work does not get through to it, or is not proved to be the same: says so once that has gone on, what
 * goes on by itself and what a person may do (P8). Being offline, signed out or stopped has a banner of its own.
 */
import type { Laptop } from '../../bridge/laptop.ts';
import type { ShownSync } from '../../bridge/sync-bridge.ts';
import { isDisproof } from '../../protocol/disproof.ts';
import type { SaveCounts } from '../../store/view.ts';
import { dayAt, momentText, timeText } from '../format.ts';
import { words } from '../words.ts';
import { Banner } from './banner.tsx';

export function StuckBanner({ laptop }: { readonly laptop: Laptop }) {
  const sentence = stuckSentence(laptop.sync.state.value, laptop.saveCounts.value, laptop.store.now());
  if (sentence === null) return null;
  return (
    <Banner look="attention">
      {sentence} <a href="/this-laptop">{words.frame.stuckLink}</a>
    </Banner>
  );
}

/** What to say, or null. */
export function stuckSentence(
  { phase, problem, stuckSinceMs }: ShownSync,
  { unsent, oldestUnsentMs }: Pick<SaveCounts, 'unsent' | 'oldestUnsentMs'>,
  nowMs: number,
): string | null {
  const isConnected = phase === 'idle' || phase === 'syncing' || phase === 'connecting';
  if (!isConnected || problem === null || stuckSinceMs === null || stuckSinceMs === undefined) return null;
  const { frame, problems } = words;
  const at = (ms: number): string => (dayAt(ms) === dayAt(nowMs) ? timeText(ms) : momentText(ms));
  // What waits may have waited longer than this window has been open. That nothing is proved any more says more than that.
  const what =
    unsent > 0 && !isDisproof(problem)
      ? frame.stuckUnsent(unsent, at(oldestUnsentMs ?? stuckSinceMs))
      : frame.stuckUnproved(at(stuckSinceMs));
  return `${what} ${frame.stuckGoesOn} ${problems.cycle(problem)}`;
}
