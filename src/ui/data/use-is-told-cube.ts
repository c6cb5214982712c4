/** Whether this laptop was told the cube of a board viewer. The whole frame asks: it renders again only when that changes. */
import { useEffect, useState } from 'preact/hooks';
import { hasCube } from '../../store/board.ts';
import { watch } from '../../store/live.ts';
import type { Store } from '../../store/open.ts';

export function useIsToldCube(store: Store): boolean {
  const [isTold, setTold] = useState(false);
  useEffect(() => watch(store, () => hasCube(store), setTold), [store]);
  return isTold;
}
