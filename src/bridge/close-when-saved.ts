/**
 * Closing a laptop for a reason that is not this tab's person's: a sleep, a lock in another tab, a laptop reported lost. Promises:
 * it closes as soon as everything is saved and not before; until then that is said, and tried again every five seconds and each
 * time that there is a reason again.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Timers } from '../protocol/timers.ts';

/** `saving`: what was typed is put away, for the first time; `not-saved`: that failed, and is tried again and again. */
export type Locking = 'no' | 'saving' | 'not-saved';

/** `lost` outranks `locked`: the copy is to be forgotten. */
type Why = 'locked' | 'lost';

interface ClosingDeps {
  /** Whether everything was saved. */
  readonly putAway: () => Promise<boolean>;
  readonly close: (why: Why) => Promise<void>;
  /** Whether it is being closed already, on this tab's own account too. */
  readonly isClosing: () => boolean;
  readonly timers: Timers;
}

const againMs = 5_000;

interface ClosingWhenSaved {
  readonly locking: ReadonlySignal<Locking>;
  /** Answers once it is closed. */
  closeWhenSaved(why: Why): Promise<void>;
}

export function closingWhenSaved({ putAway, close, isClosing, timers }: ClosingDeps): ClosingWhenSaved {
  const locking = signal<Locking>('no');
  let why: Why = 'locked';
  let closed: Promise<void> | null = null;
  let tryNow = (): void => undefined;

  async function tryUntilSaved(): Promise<void> {
    locking.value = 'saving';
    while (!isClosing() && !(await putAway())) {
      locking.value = 'not-saved';
      await new Promise<void>((resolve) => {
        const cancel = timers.after(againMs, resolve);
        tryNow = () => {
          cancel();
          resolve();
        };
      });
    }
    return close(why);
  }

  return {
    locking,
    closeWhenSaved(reason) {
      if (reason === 'lost') why = reason;
      tryNow();
      return (closed ??= tryUntilSaved());
    },
  };
}
