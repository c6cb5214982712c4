/**
 * The held groups that the person in front of the laptop decides about, asked of the server now and after each contact with
 * it. `shown` 0 asks only how many wait.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { isAway } from '../../bridge/sync-bridge.ts';
import type { Laptop } from '../../bridge/laptop.ts';
import type { HeldList } from '../../protocol/held.ts';

export interface HeldListState {
  /** null before the first answer. */
  readonly list: HeldList | null;
  readonly away: boolean;
  ask(): Promise<void>;
}

export function useHeldList({ sync }: Laptop, shown: number, wanted = true): HeldListState {
  const { phase, provedEqualMs } = sync.state.value;
  const [list, setList] = useState<HeldList | null>(null);
  const ask = useCallback(async (): Promise<void> => {
    const reply = await sync.heldList(shown);
    if (reply.ok) setList(reply.value);
  }, [sync, shown]);
  // A poke is followed by a cycle, and a cycle by the phase `idle`.
  const isIdle = phase === 'idle';
  useEffect(() => {
    if (wanted && isIdle) void ask();
  }, [ask, wanted, isIdle, provedEqualMs]);
  return { list, away: isAway(phase), ask };
}
