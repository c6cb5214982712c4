/**
 * How a save will be written: its edits given their numbers and stamps on top of a known state, and what each record is
 * known to hold once they are. Pure: the same state, facts and drafts always give the same rows.
 */
import { illegalBecause, unitsWritten } from '../domain/audit.ts';
import type { JsonObject } from '../domain/canonical.ts';
import type { GroupId, OpId, RecordId } from '../domain/ids.ts';
import { laterStamp, nextStamp, zeroStamp, type Stamp } from '../domain/stamp.ts';
import { settlesLimit } from '../protocol/op.ts';
import type { StoreProblem } from '../protocol/problem.ts';
import type { SealedValue } from './boxes.ts';
import type { RecordFacts } from './desk.ts';
import type { RowChange } from './port.ts';
import type { Edit, How } from './record.ts';
import { unsent, type PendingRow } from './rows.ts';
import { nextState, stateRow, type LaptopState } from './state.ts';

/** One user action, sealed and ready to be written. */
export interface Draft {
  readonly group: GroupId;
  readonly edits: readonly Edit[];
  readonly sealed: readonly SealedValue[];
  readonly how: How;
  /** When it was really done, where that is not now: work that is brought in keeps its times. */
  readonly doneMs?: number;
}

export type FactsById = ReadonlyMap<RecordId, RecordFacts>;

/** A save as it will be written, and what is known once it is. */
export interface Laid {
  readonly changes: readonly RowChange[];
  readonly before: LaptopState;
  readonly state: LaptopState;
  readonly facts: FactsById;
  readonly lastN: number;
}

/** Why an audit does not take one of these units now; each edit counts for the ones after it. */
export function illegal(drafts: readonly Draft[], facts: FactsById): StoreProblem | null {
  const units = new Map<RecordId, Record<string, true>>();
  for (const { edits } of drafts) {
    for (const { record, kind, unit } of edits) {
      if (kind !== 'audit') continue;
      let has = units.get(record);
      if (has === undefined) {
        has = Object.fromEntries([...(facts.get(record)?.units ?? [])].map((name) => [name, true]));
        units.set(record, has);
      }
      const why = illegalBecause(has, unit, unitsWritten(edits, record));
      if (why !== null) return { kind: 'invalid-value', field: unit, why };
      has[unit] = true;
    }
  }
  return null;
}

/** What the rows are laid out from besides the drafts. */
export interface Ground {
  readonly before: LaptopState;
  readonly known: FactsById;
  readonly nowMs: number;
  /** Whether this tab opened the row for its typing. */
  readonly isOwnTyping: (n: number) => boolean;
}

/**
 * Gives the edits their numbers and stamps on top of `before`, and closes or continues the rows typed into. A row that
 * another tab types into is closed, not continued: what was typed there stays in the trail.
 */
export function layOut({ before, known, nowMs, isOwnTyping }: Ground, drafts: readonly Draft[]): Laid {
  const rows = new Map<number, PendingRow>();
  const facts = new Map(known);
  const { offsetMs } = before.clock;
  let last: Stamp = before.clock.last;
  /** By record, since a file has its audits in any order of their times. */
  const past = new Map<RecordId, Stamp>();
  let { nextN, change } = before;
  let lastN = 0;
  for (const { group, edits, sealed, how, doneMs } of drafts) {
    for (const [i, edit] of edits.entries()) {
      const { record, kind, unit, base, settles = [] } = edit;
      const box = sealed[i];
      if (box === undefined) throw new Error(`Edit ${i} of group ${group} was not sealed`);
      const claimed =
        doneMs === undefined
          ? nextStamp(last, nowMs + offsetMs)
          : nextStamp(past.get(record) ?? zeroStamp, Math.min(doneMs, nowMs + offsetMs));
      if (doneMs === undefined) last = claimed;
      else past.set(record, claimed);
      change += 1;
      const changed = { plain: box.plain, sealed: box.sealed, claimed, editedMs: nowMs, change };
      const typed = facts.get(record)?.typing.get(unit);
      const open = typed !== undefined && typed.n > (before.sealedTo ?? 0) ? typed : undefined;
      let row: PendingRow;
      if (how === 'typing' && open !== undefined && isOwnTyping(open.n)) {
        row = { ...open, ...changed, settles: settled(open.settles, settles) };
      } else {
        if (open !== undefined) rows.set(open.n, { ...open, typing: false });
        const fresh = {
          n: nextN,
          group,
          groupSize: edits.length,
          record,
          kind,
          unit,
          base,
          settles: settled(settles),
          startedMs: nowMs,
        };
        row = { ...fresh, ...changed, typing: how === 'typing', link: null, serverVersion: unsent };
        nextN += 1;
      }
      rows.set(row.n, row);
      lastN = row.n;
      facts.set(record, factsWith(facts.get(record), row, edit.value));
    }
  }
  const clock = { ...before.clock, last: [...past.values()].reduce(laterStamp, last) };
  const state = nextState(before, { change, nextN, clock });
  const changes: RowChange[] = [
    { action: 'put', table: 'meta', row: stateRow(state) },
    ...[...rows.values()].map((row): RowChange => ({ action: 'put', table: 'pending', row })),
  ];
  return { changes, before, state, facts, lastN };
}

/** Each version once, and no more than an op may carry: a push with a longer list would be refused for ever. */
export const settled = (...lists: readonly (readonly OpId[])[]): readonly OpId[] =>
  [...new Set(lists.flat())].slice(0, settlesLimit);

function factsWith(before: RecordFacts | undefined, row: PendingRow, value: JsonObject): RecordFacts {
  const typing = new Map(before?.typing);
  if (row.typing) typing.set(row.unit, row);
  else typing.delete(row.unit);
  const own = new Map(before?.own).set(row.unit, value);
  return { units: new Set([...(before?.units ?? []), row.unit]), typing, own };
}
