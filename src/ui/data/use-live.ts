/**
 * A live read of the store in a component: null until the first read is back, then the newest value after each write.
 * A change of `key` asks anew and forgets the old answer. `kinds`: of records it is read from, where others change often; a
 * constant.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { watch } from '../../store/live.ts';
import type { Kind } from '../../domain/record.ts';
import type { Store } from '../../store/open.ts';

export function useLive<T>(
  store: Pick<Store, 'port'>,
  read: () => Promise<T>,
  key: string,
  kinds?: readonly Kind[],
): T | null {
  const [seen, setSeen] = useState<{ readonly key: string; readonly value: T } | null>(null);
  const newest = useRef(read);
  newest.current = read;
  useEffect(
    () =>
      watch(
        store,
        () => newest.current(),
        (value) => setSeen({ key, value }),
        kinds === undefined ? {} : { kinds },
      ),
    [store, key, kinds],
  );
  return seen !== null && seen.key === key ? seen.value : null;
}
