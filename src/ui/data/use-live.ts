/**
 * A live read of the store in a component: null until the first read is back, then the newest value after each write.
 * A change of `key` asks anew and forgets the old answer.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { watch } from '../../store/live.ts';
import type { Store } from '../../store/open.ts';

export function useLive<T>(store: Pick<Store, 'port'>, read: () => Promise<T>, key: string): T | null {
  const [seen, setSeen] = useState<{ readonly key: string; readonly value: T } | null>(null);
  const newest = useRef(read);
  newest.current = read;
  useEffect(
    () =>
      watch(
        store,
        () => newest.current(),
        (value) => setSeen({ key, value }),
      ),
    [store, key],
  );
  return seen !== null && seen.key === key ? seen.value : null;
}
