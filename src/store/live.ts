/**
 * Live reads: reads now and again after each write, here or in another tab. Reads never overlap, and writes that arrive
 * during a read are answered by one more read after it, so the last value given is always of the newest state.
 */
import type { Store } from './open.ts';

/**
 * Calls `onValue` with what `read` answers, now and after each write. Returns how to stop. A read that fails is given to
 * `onFailure`, or left as an unhandled rejection for the composition root to report; the next write reads again.
 */
export function watch<T>(
  store: Pick<Store, 'port'>,
  read: () => Promise<T>,
  onValue: (value: T) => void,
  onFailure?: (error: unknown) => void,
): () => void {
  let stopped = false;
  let reading = false;
  let again = false;

  const run = async (): Promise<void> => {
    again = reading;
    if (reading) return;
    reading = true;
    try {
      const value = await read();
      if (!stopped) onValue(value);
    } catch (error) {
      // The store may have been closed under a read that nobody waits for any more.
      if (stopped) return;
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
