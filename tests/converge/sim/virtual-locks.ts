/** The Web Locks and the channel that the tabs of one laptop share. A tab that dies gives its lock to the next in the queue. */
import type { SyncMessage } from '../../../src/protocol/channels.ts';
import type { Locks } from '../../../workers/sync/leader.ts';
import type { Channel } from '../../../workers/sync/session.ts';
import type { Life } from './virtual-time.ts';

export interface Shared {
  locks(life: Life): Locks;
  channel(life: Life): Channel;
  /** Whoever has died leaves the queues. */
  sweep(): void;
}

interface Waiter {
  readonly life: Life;
  readonly begin: () => void;
  begun: boolean;
}

export function sharedByTabs(): Shared {
  const queues = new Map<string, Waiter[]>();
  const ears = new Set<{ readonly life: Life; listener: (message: SyncMessage) => void }>();

  const grant = (name: string): void => {
    const first = queues.get(name)?.[0];
    if (first === undefined || first.begun) return;
    first.begun = true;
    first.begin();
  };
  const leave = (name: string, waiter: Waiter): void => {
    queues.set(
      name,
      (queues.get(name) ?? []).filter((each) => each !== waiter),
    );
    grant(name);
  };

  return {
    locks: (life) => ({
      request: (name, { signal }, work) =>
        new Promise((resolve, reject) => {
          const begin = (): void => {
            work()
              .then(resolve, reject)
              .finally(() => leave(name, waiter));
          };
          const waiter: Waiter = { life, begin, begun: false };
          queues.set(name, [...(queues.get(name) ?? []), waiter]);
          signal.addEventListener('abort', () => {
            if (waiter.begun) return;
            leave(name, waiter);
            reject(new DOMException('The wait was called off', 'AbortError'));
          });
          grant(name);
        }),
    }),
    channel(life) {
      const ear = { life, listener: (_message: SyncMessage): void => undefined };
      ears.add(ear);
      return {
        post(message) {
          for (const other of ears) {
            if (other !== ear && !other.life.isOver)
              queueMicrotask(() => !other.life.isOver && other.listener(message));
          }
        },
        listen(listener) {
          ear.listener = listener;
        },
        close: () => void ears.delete(ear),
      };
    },
    sweep() {
      for (const ear of ears) if (ear.life.isOver) ears.delete(ear);
      for (const [name, queue] of queues) {
        queues.set(
          name,
          queue.filter(({ life }) => !life.isOver),
        );
        grant(name);
      }
    },
  };
}
