/**
 * Tells people that something new waits for them, and nothing else: docs/protocol.md, "Poke". Only those who may read a
 * changed record, or could before it changed, are told. Knows listeners, not sockets.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import { mayRead } from '../../src/domain/rights.ts';
import type { ChangedRecord, HeldNews } from '../db/news.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { decidesOn } from './deciders.ts';
import { readStanding } from './standing.ts';

/** Streams one person may have open; one more closes the oldest. */
export const streamLimit = 20;
/** Streams one session may have open: one is used, the rest are of connections that nobody has noticed to be gone. */
export const sessionStreamLimit = 10;

export interface Listener {
  readonly person: PersonId;
  readonly tokenHash: string;
  /** What it has shown of an unlocked copy. */
  readonly proof: string | undefined;
  readonly send: (event: 'poke' | 'beat') => void;
  readonly close: () => void;
}

export interface Listeners {
  /** Adds a listener; answers how to take it away. */
  add(listener: Listener): () => void;
  people(): PersonId[];
  all(): Listener[];
  poke(people: ReadonlySet<PersonId>): void;
  end(listener: Listener): void;
  closeAll(): void;
}

export function makeListeners(): Listeners {
  const listeners = new Set<Listener>();
  const closeWhere = (isIt: (listener: Listener) => boolean): void => {
    for (const listener of [...listeners].filter(isIt)) {
      listeners.delete(listener);
      listener.close();
    }
  };
  /** Makes room for one more of these. */
  const endOldest = (isIt: (listener: Listener) => boolean, limit: number): void => {
    const [oldest, ...newer] = [...listeners].filter(isIt);
    if (oldest && newer.length + 1 >= limit) closeWhere((each) => each === oldest);
  };
  return {
    add(listener) {
      endOldest(({ tokenHash }) => tokenHash === listener.tokenHash, sessionStreamLimit);
      endOldest(({ person }) => person === listener.person, streamLimit);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    people: () => [...new Set([...listeners].map(({ person }) => person))],
    all: () => [...listeners],
    poke(people) {
      for (const listener of listeners) if (people.has(listener.person)) listener.send('poke');
    },
    end: (ended) => closeWhere((listener) => listener === ended),
    closeAll: () => closeWhere(() => true),
  };
}

/** Which of these people a change concerns. */
export async function concerned(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  people: readonly PersonId[],
  changed: readonly ChangedRecord[],
): Promise<Set<PersonId>> {
  const found = new Set<PersonId>();
  for (const person of people) {
    const standing = await readStanding(tx, { ...asking, person });
    const sees = changed.some(
      ({ kind, before, after }) =>
        mayRead(standing, kind, after) || (before !== null && mayRead(standing, kind, before)),
    );
    // Somebody whose last role has just ended reads nothing any more, and must hear that too.
    if (sees || changed.some(({ kind }) => kind === 'person')) found.add(person);
  }
  return found;
}

/** Whom it concerns: the leads who decide about it, and its author if it is news to them. */
export async function concernedByHeld(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  people: readonly PersonId[],
  news: readonly HeldNews[],
): Promise<Set<PersonId>> {
  const found = new Set(
    people.filter((person) => news.some(({ author, authorToo }) => authorToo && author === person)),
  );
  for (const person of people) {
    const standing = await readStanding(tx, { ...asking, person });
    if (news.some(({ author, units }) => decidesOn(standing, author, units))) found.add(person);
  }
  return found;
}
