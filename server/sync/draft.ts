/**
 * What a push makes of its authority, kept in memory group by group and written all at once: each record once, however many of
 * its groups came together, and rows of a kind in one statement. Nobody else can look meanwhile: the transaction holds the
 * authority's writer lock. What is flushed and what is not makes no difference to `find`.
 */
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { RecordId } from '../../src/domain/ids.ts';
import type { RecordHead } from '../db/heads.ts';
import { advanceTip, readTip, type VersionEntry } from '../db/authorities.ts';
import type { ReceivedOp } from '../db/op-row.ts';
import { acceptedValues, appendOps } from '../db/ops.ts';
import { findRecords, saveRecords, type RecordChange } from '../db/records.ts';
import type { Tx } from '../db/tables.ts';
import { sha256, type Asking } from './context.ts';
import { recordOf } from './full-record.ts';
import { nextTip } from './history.ts';
import type { RecordState } from './judge.ts';

export interface Draft {
  readonly tx: Tx;
  /** Reads these records together, so that `find` need not read them one by one. */
  load(ids: Iterable<RecordId>): Promise<void>;
  find(id: RecordId): Promise<RecordState | undefined>;
  /** Every value a unit was ever given, oldest first: of the ops that were accepted. */
  valuesOf(id: RecordId, unit: string): Promise<JsonObject[]>;
  /** push 8: gives a record its new state under the authority's next version, and answers that. */
  put(id: RecordId, state: RecordState): number;
  /** push 7. */
  append(received: readonly ReceivedOp[]): void;
  /** Runs `body`, and undoes what it put, and only that, unless it answers `keep`. */
  tentatively<T extends { readonly keep: boolean }>(ids: Iterable<RecordId>, body: () => Promise<T>): Promise<T>;
  /** Writes everything that is not written yet. */
  flush(): Promise<void>;
}

/** Runs `body` on a draft of its own and writes what it made. */
export async function drafted<T>(
  tx: Tx,
  asking: Omit<Asking, 'person'>,
  body: (draft: Draft) => Promise<T>,
): Promise<T> {
  const draft = await openDraft(tx, asking);
  const result = await body(draft);
  await draft.flush();
  return result;
}

export async function openDraft(tx: Tx, { authority, nowMs }: Omit<Asking, 'person'>): Promise<Draft> {
  const known = new Map<RecordId, RecordState | undefined>();
  /** Each known record as it is in the database. */
  const stored = new Map<RecordId, RecordHead | undefined>();
  /** The version of each record that is not written yet, in their order. A record takes one, however often it is put. */
  const unsaved = new Map<RecordId, number>();
  const received: ReceivedOp[] = [];
  let tip = await readTip(tx, authority.id);
  /** The newest version given, also to what is not written yet. */
  let newest = tip.version;

  const changeOf = (id: RecordId, version: number): RecordChange => {
    const state = known.get(id);
    if (state === undefined || !stored.has(id)) throw new Error(`Record ${id} was put and is not known`);
    return { before: stored.get(id), after: recordOf(id, version, nowMs, state) };
  };

  const load = async (ids: Iterable<RecordId>): Promise<void> => {
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    const found = new Map((await findRecords(tx, authority.id, missing)).map((record) => [record.id, record]));
    for (const id of missing) {
      const record = found.get(id);
      stored.set(id, record);
      known.set(id, record && { kind: record.kind, units: record.units });
    }
  };

  return {
    tx,
    load,
    async find(id) {
      if (!known.has(id)) await load([id]);
      return known.get(id);
    },
    async valuesOf(id, unit) {
      const waiting = received.filter(
        ({ op, result }) => op.record === id && op.unit === unit && result.outcome === 'accepted',
      );
      return [...(await acceptedValues(tx, authority.id, id, unit)), ...waiting.map(({ op }) => op.value)];
    },
    put(id, state) {
      known.set(id, state);
      const version = unsaved.get(id) ?? newest + 1;
      newest = Math.max(newest, version);
      unsaved.set(id, version);
      return version;
    },
    append: (more) => void received.push(...more),
    async tentatively(ids, body) {
      const before = [...new Set(ids)].map((id) => ({
        id,
        state: known.get(id),
        version: unsaved.get(id),
        head: stored.get(id),
        isKnown: known.has(id),
      }));
      const [tipBefore, newestBefore] = [tip, newest];
      const result = await body();
      if (result.keep) return result;
      [tip, newest] = [tipBefore, newestBefore];
      for (const { id, state, version, head, isKnown } of before) {
        if (isKnown) known.set(id, state);
        else known.delete(id);
        if (isKnown) stored.set(id, head);
        else stored.delete(id);
        if (version === undefined) unsaved.delete(id);
        else unsaved.set(id, version);
      }
      return result;
    },
    async flush() {
      const changes = [...unsaved].map(([id, version]) => changeOf(id, version));
      const versions = changes.map(({ after: { id, units } }): VersionEntry => {
        tip = nextTip(sha256, tip, id, units);
        return { record: id, ...tip };
      });
      await saveRecords(tx, authority.id, changes);
      for (const { after } of changes) stored.set(after.id, after);
      await advanceTip(tx, authority.id, versions, tip);
      await appendOps(tx, received);
      unsaved.clear();
      received.length = 0;
    },
  };
}
