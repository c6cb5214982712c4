/**
 * What the tabs of one browser say to each other about open laptops: a tab that has just been opened gets the unlocked
 * (non-extractable) key from another tab of the same person; locking one locks all. Messages that do not parse are ignored.
 */
import { doorMessageSchema, doorsChannel, type DoorMessage } from '../protocol/channels.ts';
import { parse } from '../protocol/parse.ts';
import type { Timers } from '../protocol/timers.ts';

export interface Doors {
  post(message: DoorMessage): void;
  /** Returns how to stop listening. */
  listen(listener: (message: DoorMessage) => void): () => void;
}

export interface OfferedKey {
  readonly keyring: string;
  readonly key: CryptoKey;
}

/** How long another tab has to answer before the passphrase is asked for. */
const answerMs = 400;

export function openDoors(channel: BroadcastChannel = new BroadcastChannel(doorsChannel)): Doors {
  const listeners = new Set<(message: DoorMessage) => void>();
  channel.onmessage = (event: MessageEvent<unknown>) => {
    const message = parse(doorMessageSchema, event.data);
    if (message !== null) for (const listener of listeners) listener(message);
  };
  return {
    post(message) {
      try {
        channel.postMessage(message);
      } catch (error) {
        // A browser that cannot pass a key between tabs: the other tab asks for the passphrase.
        if (message.kind !== 'offer') throw error;
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Asks the other tabs for the key of one of `keyrings`; null when none has one open. */
export function askForKey(doors: Doors, timers: Timers, keyrings: readonly string[]): Promise<OfferedKey | null> {
  return new Promise((resolve) => {
    // Whoever went on listening would hold on to the answer, and so to the key, after a lock.
    const end = (answer: OfferedKey | null) => {
      cancel();
      stop();
      resolve(answer);
    };
    const cancel = timers.after(answerMs, () => end(null));
    const stop = doors.listen((message) => {
      if (message.kind !== 'offer' || !keyrings.includes(message.keyring)) return;
      end({ keyring: message.keyring, key: message.key });
    });
    doors.post({ kind: 'ask', keyrings: [...keyrings] });
  });
}
