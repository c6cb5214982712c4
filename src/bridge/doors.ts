/**
 * What the tabs of one browser say to each other about open laptops: a tab that has just been opened gets the unlocked
 * (non-extractable) key from another tab of the same person; locking one locks all. Messages that do not parse are ignored.
 */
import { doorMessageSchema, doorsChannel, type DoorMessage } from '../protocol/channels.ts';
import { parse } from '../protocol/parse.ts';
import type { Timers } from '../protocol/timers.ts';

export interface Doors {
  post(message: DoorMessage): void;
  listen(listener: (message: DoorMessage) => void): void;
}

export interface OfferedKey {
  readonly keyring: string;
  readonly key: CryptoKey;
}

/** How long another tab has to answer before the passphrase is asked for. */
const answerMs = 400;

export function openDoors(channel: BroadcastChannel = new BroadcastChannel(doorsChannel)): Doors {
  const listeners: ((message: DoorMessage) => void)[] = [];
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
    listen: (listener) => void listeners.push(listener),
  };
}

/** Asks the other tabs for the key of one of `keyrings`; null when none has one open. */
export function askForKey(doors: Doors, timers: Timers, keyrings: readonly string[]): Promise<OfferedKey | null> {
  return new Promise((resolve) => {
    const cancel = timers.after(answerMs, () => resolve(null));
    doors.listen((message) => {
      if (message.kind !== 'offer' || !keyrings.includes(message.keyring)) return;
      cancel();
      resolve({ keyring: message.keyring, key: message.key });
    });
    doors.post({ kind: 'ask', keyrings: [...keyrings] });
  });
}
