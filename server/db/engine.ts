/** What a database must offer to keep Plumbline's tables: the same for SQLite and for PostgreSQL (`sqlite`, `postgres`). */
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * What an error says about the database:
 *
 *   undone       the database has undone the transaction and asks for it again (deadlock, serialisation)
 *   lost         the connection is gone or given up, and with it the transaction, unless it was just being committed
 *   unavailable  nothing is wrong but the moment: full, busy, too many connections, too slow
 *   other        a bug
 */
export type Failure = 'undone' | 'lost' | 'unavailable' | 'other';

/** What reaches a process: a text that was told in a transaction that has committed, or that some may have been missed. */
export type Heard = { readonly kind: 'told'; readonly text: string } | { readonly kind: 'missed' };

export interface Engine {
  /** Its transactions run one at a time, over all processes. Its queries may say `select tell(text)`. */
  readonly writer: Kysely<Tables>;
  /** Its transactions see one snapshot. Never waits for the writer. */
  readonly reader: Kysely<Tables>;
  failureOf(error: unknown): Failure;
  /** Whether a commit that ends as `unavailable` has certainly not happened. */
  readonly undoesUnavailable: boolean;
  /** Answers how to take back what the open transaction tells from now on, where undoing to a savepoint does not. */
  markTold(): () => void;
  /** Calls `heard` from now on, in the order of the commits, until the engine is closed. */
  listen(heard: (heard: Heard) => void): Promise<void>;
  close(): Promise<void>;
}
