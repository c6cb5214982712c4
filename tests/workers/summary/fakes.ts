/** A store with audits in it, and time that stands until it is moved. */
import type { JsonObject } from '../../../src/domain/canonical.ts';
import type { AuthorityId, OpId, RecordId } from '../../../src/domain/ids.ts';
import type { Kind } from '../../../src/domain/record.ts';
import type { SummaryQuery } from '../../../src/domain/summary.ts';
import type { StoreTicket } from '../../../src/protocol/threads.ts';
import type { Timers } from '../../../src/protocol/timers.ts';
import type { Port } from '../../../src/store/port.ts';
import type { ConfirmedRow, ConfirmedUnit, PendingRow } from '../../../src/store/rows.ts';
import { stateKey } from '../../../src/store/state.ts';
import { person, record } from '../../domain/any.ts';

export interface FakeTimers extends Timers {
  /** Moves time on and runs what falls due, in order. */
  pass(ms: number): void;
}

export function fakeTimers(): FakeTimers {
  let now = 0;
  const due = new Map<() => void, number>();
  return {
    after(ms, run) {
      const own = (): void => run();
      due.set(own, now + ms);
      return () => void due.delete(own);
    },
    pass(ms) {
      now += ms;
      const ready = [...due].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b);
      for (const [run] of ready) if (due.delete(run)) run();
    },
  };
}

/** Lets everything that is under way come to rest: turns of the event loop, whatever the machine's speed. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export const ticket: StoreTicket = { database: 'made', authority: 'a'.repeat(32) as AuthorityId, person: person(1) };

export const byTeam: SummaryQuery = {
  measure: 'overall',
  by: 'team',
  filter: {},
  grades: ['outstanding', 'good', 'requires-improvement', 'inadequate'],
  goodOrBetter: ['outstanding', 'good'],
};

const sealed = { iv: new Uint8Array(12), data: new Uint8Array(0) };

const confirmedUnit = (plain: JsonObject): ConfirmedUnit => ({
  op: `${'d'.repeat(32)}:1` as OpId,
  author: person(1),
  stamp: { ms: typeof plain['at'] === 'number' ? plain['at'] : 1, count: 0 },
  plain,
  others: [],
  sealed,
});

/** The plain columns of a final audit. */
export const finalAudit = (overall: string, more: JsonObject = {}): Record<string, JsonObject> => ({
  allocation: { team: 'north', service: 'assessment', auditor: 'ann', moderator: null, selection: 'random', ...more },
  overall: { suggested: null, chosen: overall, rule: '' },
  submitted: { by: 'ann', at: Date.UTC(2026, 1, 10) },
});

/** Writes as the store does: rows and the change counter in one transaction. */
export function storeOn(port: Port) {
  let change = 0;
  const changed = (id: RecordId, kind: Kind, write: Parameters<typeof port.write<void>>[2]): Promise<void> =>
    port.write(['confirmed', 'pending', 'changes', 'meta'], 'relaxed', async (tx) => {
      change += 1;
      await write(tx);
      await tx.put('changes', { record: id, kind, change });
      await tx.put('meta', { name: stateKey, value: { change } });
    });
  return {
    confirm: (n: number, units: Record<string, JsonObject>, kind: Kind = 'audit'): Promise<void> =>
      changed(record(n), kind, async (tx) => {
        const row: ConfirmedRow = {
          id: record(n),
          kind,
          epoch: 'e'.repeat(32),
          version: change,
          projection: 'columns',
          auditor: null,
          digest: '0'.repeat(32),
          units: Object.fromEntries(Object.entries(units).map(([unit, plain]) => [unit, confirmedUnit(plain)])),
        };
        await tx.put('confirmed', row);
      }),
    undo: (n: number): Promise<void> =>
      changed(record(n), 'import', async (tx) => {
        const row = { n: change, record: record(n), kind: 'import', unit: 'undone', plain: {}, sealed };
        await tx.put('pending', row as unknown as PendingRow);
      }),
    drop: (n: number): Promise<void> => changed(record(n), 'audit', (tx) => tx.delete('confirmed', record(n))),
    edit: (n: number, unit: string, plain: JsonObject): Promise<void> =>
      changed(record(n), 'audit', async (tx) => {
        const claimed = { ms: Date.UTC(2026, 1, 10), count: change };
        const row = { n: change, record: record(n), kind: 'audit', unit, plain, sealed, claimed };
        await tx.put('pending', row as unknown as PendingRow);
      }),
  };
}
