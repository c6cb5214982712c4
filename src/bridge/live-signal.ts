/**
 * A live read of the store as a signal: null until the first read has come back, then the newest value after each write.
 * Whoever makes one stops it.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { watch } from '../store/live.ts';
import type { Store } from '../store/open.ts';

export interface LiveSignal<T> {
  readonly value: ReadonlySignal<T | null>;
  stop(): void;
}

export function liveSignal<T>(store: Pick<Store, 'port'>, read: () => Promise<T>): LiveSignal<T> {
  const value = signal<T | null>(null);
  const stop = watch(store, read, (next) => {
    value.value = next;
  });
  return { value, stop };
}
