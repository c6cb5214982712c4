/** What only the council's server knows, asked of it now and after each contact with it. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { isAway } from '../../bridge/sync-bridge.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { Result, SyncProblem } from '../../protocol/problem.ts';

export interface Asked<T> {
  /** null before the first answer. */
  readonly answer: T | null;
  readonly away: boolean;
  ask(): Promise<void>;
}

/** `question` must be the same function from one painting to the next; without `wanted` nothing is asked. */
export function useAsked<T>(
  { sync }: Laptop,
  question: (sync: Laptop['sync']) => Promise<Result<T, SyncProblem>>,
  wanted = true,
): Asked<T> {
  const { phase, provedEqualMs } = sync.state.value;
  const [answer, setAnswer] = useState<T | null>(null);
  const ask = useCallback(async (): Promise<void> => {
    const reply = await question(sync);
    if (reply.ok) setAnswer(reply.value);
  }, [sync, question]);
  // A poke is followed by a cycle, and a cycle by the phase `idle`.
  const isIdle = phase === 'idle';
  useEffect(() => {
    if (wanted && isIdle) void ask();
  }, [ask, wanted, isIdle, provedEqualMs]);
  return { answer, away: isAway(phase), ask };
}
