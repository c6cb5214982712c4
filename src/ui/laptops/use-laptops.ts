/** The laptops this person may see, asked of the council's server when the screen opens and after each change. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { CouncilServer } from '../../bridge/home.ts';
import type { LaptopShown } from '../../protocol/laptops.ts';
import type { SyncProblem } from '../../protocol/problem.ts';

export interface Laptops {
  /** null before the first answer. */
  readonly list: readonly LaptopShown[] | null;
  readonly problem: SyncProblem | null;
  again(): Promise<void>;
}

export function useLaptops({ account }: CouncilServer): Laptops {
  const [list, setList] = useState<readonly LaptopShown[] | null>(null);
  const [problem, setProblem] = useState<SyncProblem | null>(null);
  const again = useCallback(async (): Promise<void> => {
    const reply = await account.laptops();
    setProblem(reply.ok ? null : reply.problem);
    if (reply.ok) setList(reply.value.laptops);
  }, [account]);
  useEffect(() => void again(), [again]);
  return { list, problem, again };
}
