/**
 * Live reads: reads now and again after each write, here or in another tab. Reads never overlap, and writes that arrive
 * during a read are answered by one more read after it, so the last value given is always of the newest state.
 */
import type { Kind } from '../domain/record.ts';
import { readKindsChanged } from './columns.ts';
import type { Store } from './open.ts';

export interface WatchOptions {
  /** A read that fails is given to it, or left as an unhandled rejection for the composition root to report. */
  readonly onFailure?: (error: unknown) => void;
  /** Reads again only after a change of a record of one of these: a write of anything else costs a look at what it changed. */
  readonly kinds?: readonly Kind[];
}

/**
 * Calls `onValue` with what `read` answers, now and after each write. Returns how to stop. After a read that failed the next
 * write reads again.
 */
export function watch<T>(
  store: Pick<Store, 'port'>,
  read: () => Promise<T>,
  onValue: (value: T) => void,
  { onFailure, kinds }: WatchOptions = {},
): () => void {
  let stopped = false;
  let reading = false;
  let again = false;
  /** The newest change that the last value was read after; null when there is none, or the last read failed. */
  let seen: number | null = null;

  const isNews = async (): Promise<boolean> => {
    if (kinds === undefined) return true;
    // The first time only how far it has come: everything is read then.
    const changed = await readKindsChanged(store.port, seen ?? Number.MAX_SAFE_INTEGER);
    const news = seen === null || kinds.some((kind) => changed.kinds.has(kind));
    seen = changed.change;
    return news;
  };

  const run = async (): Promise<void> => {
    again = reading;
    if (reading) return;
    reading = true;
    try {
      if (await isNews()) {
        const value = await read();
        if (!stopped) onValue(value);
      }
    } catch (error) {
      seen = null;
      // The store may have been closed under a read that nobody waits for any more, a moment before the screen is gone.
      if (stopped || store.port.isClosed()) return;
      if (onFailure === undefined) throw error;
      onFailure(error);
    } finally {
      reading = false;
      if (again && !stopped) void run();
    }
  };

  const unsubscribe = store.port.onWrite(() => void run());
  void run();
  return () => {
    stopped = true;
    unsubscribe();
  };
}
