/**
 * The door of the example: a laptop made up on the spot, under a key that is only in memory, and nothing of it left after.
 *
 * Promises:
 *  - nothing here asks the network for anything but the app's own file that makes the example up
 *  - leaving, locking, reloading and closing all end it; what a crashed tab left is deleted when the app starts next
 *  - the person is let in once their organisation and their own audits are written; the rest follows while they look
 */
import type { ExampleAuthority } from '../domain/example/example-authority.ts';
import type { ExampleEdit, ExampleGroup } from '../domain/example/group.ts';
import type { JsonObject } from '../domain/canonical.ts';
import type { AuthorityId, DeviceId, PersonId, RecordId } from '../domain/ids.ts';
import type { RoleGrant } from '../domain/values.ts';
import type { StoreProblem } from '../protocol/problem.ts';
import { exampleDatabase, throwawayKey } from '../store/example-databases.ts';
import type { Copy } from '../store/keyring-entry.ts';
import type { Store } from '../store/open.ts';
import { problemOf } from '../store/problems.ts';
import { recordGroups, type DoneBefore } from '../store/record.ts';
import type { Hall } from './hall.ts';
import { noSync, type NoSync } from './no-sync.ts';
import { orProblem } from './or-problem.ts';

/** What makes the example up is neither on this laptop nor to be had now. */
export interface ExampleMissing {
  readonly kind: 'example-missing';
}

export interface ExampleActions {
  openExample(): Promise<ExampleMissing | StoreProblem | null>;
}

export interface ExampleDoor {
  readonly actions: ExampleActions;
  /** Deletes what tabs that are gone have left behind. */
  sweep(): Promise<void>;
}

/** Actions written in one transaction: a fraction of a second, so that a press is never kept waiting long. */
const batchSize = 40;

export function exampleDoor(hall: Hall): ExampleDoor {
  const { deps, gate } = hall;

  async function openExample(): Promise<ExampleMissing | StoreProblem | null> {
    const from = gate.value;
    if (from.kind !== 'welcome') return null;
    const authority = await deps.loadExample();
    const [visitor] = authority?.accounts ?? [];
    if (authority === null || visitor === undefined) return { kind: 'example-missing' };
    const copy = copyOf(authority, visitor, deps.newId(), deps.now());
    const release = await deps.holds.hold(copy.database);
    const forget = async (): Promise<void> => {
      await deps.exampleDatabases.remove(copy.database);
      release();
    };
    const key = await throwawayKey();
    const opened = await hall.openStore(copy, key);
    if (!opened.ok) {
      await forget();
      return opened.problem;
    }
    const store = opened.value;
    const sync = noSync();
    const { own, others } = authority.groupsFor(visitor.person);
    const filling = fill(store, sync, visitor.person);
    const problem = await filling.write(own);
    if (problem !== null) {
      await store.port.close();
      await forget();
      return problem;
    }
    deps.clearAddress();
    let rest: Promise<unknown> = Promise.resolve();
    await hall.letIn(
      {
        ...{ entry: copy, key, store, sync, account: null },
        session: { ...copy, name: visitor.name, email: visitor.email },
        endSession: async () => undefined,
        onClosing: () => hall.toWelcome(),
        async onClosed() {
          filling.stop();
          await rest;
          await forget();
          deps.clearAddress();
        },
      },
      from,
    );
    rest = filling.write(others).then(() => sync.filling(null));
    return null;
  }

  return {
    actions: { openExample: () => orProblem(openExample) },
    async sweep() {
      try {
        for (const name of await deps.exampleDatabases.list()) {
          await deps.holds.ifFree(name, () => deps.exampleDatabases.remove(name));
        }
      } catch (error) {
        // A disk that cannot be read says so at the doors that need it; what is left here waits for the next start.
        if (problemOf(error) === null) throw error;
      }
    },
  };
}

/** The visitor's own copy, listed nowhere. */
const copyOf = (
  { name }: ExampleAuthority,
  { person, email }: ExampleAuthority['accounts'][number],
  id: string,
  createdMs: number,
): Copy => ({
  keyring: id,
  home: 'example',
  authority: id as AuthorityId,
  authorityName: name,
  person,
  label: email,
  database: exampleDatabase(id),
  device: id as DeviceId,
  createdMs,
});

interface Filling {
  /** Writes all of `groups`, or as much as there was time for before `stop`. */
  write(groups: Iterable<ExampleGroup>): Promise<StoreProblem | null>;
  stop(): void;
}

/** Writes the example into a store, and says how far it has come. */
function fill(store: Store, sync: NoSync, visitor: PersonId): Filling {
  const records = new Set<RecordId>();
  let stopped = false;
  return {
    stop() {
      stopped = true;
    },
    async write(groups) {
      for (const batch of inBatches(groups)) {
        if (stopped) return null;
        const saved = await recordGroups(
          store,
          batch.map((group) => doneBefore(group, visitor)),
        );
        if (stopped) return null;
        if (!saved.ok) return saved.problem;
        for (const { edits } of batch) for (const { record } of edits) records.add(record);
        sync.filling(records.size);
      }
      return null;
    },
  };
}

function* inBatches(groups: Iterable<ExampleGroup>): Iterable<readonly ExampleGroup[]> {
  let batch: ExampleGroup[] = [];
  for (const group of groups) {
    batch.push(group);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const doneBefore = ({ atMs, edits }: ExampleGroup, visitor: PersonId): DoneBefore => ({
  doneMs: atMs,
  edits: edits.map((edit) => ({ ...edit, value: seesAll(edit, visitor), base: null })),
});

/** Whoever looks round has an auditor's own work, and a QA lead's sight of everything. */
function seesAll({ record, unit, value }: ExampleEdit, visitor: PersonId): JsonObject {
  if (unit !== 'roles' || (record as string) !== visitor) return value;
  const [first, ...rest] = value['grants'] as unknown as readonly RoleGrant[];
  if (first === undefined) return value;
  const lead: RoleGrant = { ...first, role: 'qa-lead', services: [], teams: [] };
  return { grants: [first, ...rest, lead] } as unknown as JsonObject;
}
