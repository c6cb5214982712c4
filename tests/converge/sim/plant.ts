/** Where a planted bug may stand in for the product's own part. Nothing of this exists outside the tests. */
import type { Api } from '../../../server/routes/envelope.ts';
import type { recordEdits } from '../../../src/store/record.ts';
import type { Store } from '../../../src/store/open.ts';
import type { openTracker } from '../../../workers/summary/tracker.ts';
import type { LaptopStore } from '../../../workers/sync/laptop-store.ts';
import type { Transport } from '../../../workers/sync/transport.ts';
import type { SimDatabase } from './sim-database.ts';

/** What one tab's worker syncs with. */
export interface TabParts {
  readonly store: LaptopStore;
  readonly transport: Transport;
}

export interface Plant {
  readonly name: string;
  /** The oracles that are there for it. What any other finds first has not caught it: an exception in a plant is no catch. */
  readonly caughtBy: readonly string[];
  readonly routes?: (api: Api) => void;
  readonly database?: (database: SimDatabase) => SimDatabase;
  readonly tab?: (own: TabParts, store: Store) => TabParts;
  readonly record?: typeof recordEdits;
  readonly tracker?: typeof openTracker;
  /** Every laptop begins as this device. */
  readonly device?: string;
  /** Waits of exactly these lengths never end. */
  readonly endless?: readonly number[];
}
