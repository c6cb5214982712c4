/**
 * The only writer of what this person did. One user action is one group; a save is its pending rows with the clock
 * and counters in one strict transaction, and is answered only when the platform says that it is complete and flushed.
 *
 * Everything slow (checking, sealing) happens before the transaction. What the save rests on (the rows' numbers and stamps,
 * whether the audit is open, which row keystrokes go into) is laid out from this tab's memory and written only if nobody
 * else has written since; otherwise it is laid out again inside a transaction, from what that reads.
 */
import { illegalBecause } from '../domain/audit.ts';
import { canonical, type JsonObject } from '../domain/canonical.ts';
import type { GroupId, OpId, RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import { nextStamp, type Stamp } from '../domain/stamp.ts';
import { groupLimitBytes, settlesLimit } from '../protocol/op.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { checkValue } from '../protocol/values.ts';
import { sealPending, type SealedValue } from './boxes.ts';
import { readFacts, type RecordFacts } from './desk.ts';
import type { Store } from './open.ts';
import type { RowChange } from './port.ts';
import { asResult } from './problems.ts';
import type { MetaRow, PendingRow } from './rows.ts';
import { isSameState, nextState, stateIn, stateKey, stateRow, type LaptopState } from './state.ts';

/** One unit given a new value: always the whole unit. */
export interface Edit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
  /** The op whose value the screen showed, or own unsent changes stand on: `basisOf` of the shown unit. */
  readonly base: OpId | null;
  /** Other people's versions that the person had in front of them and has now settled. */
  readonly settles?: readonly OpId[];
}

/** `act`: a choice, kept as an op of its own. `typing`: keystrokes in one unit, kept in one op until something closes it. */
export type How = 'act' | 'typing';

export type Saved = Result<{ readonly lastN: number }, StoreProblem>;

/**
 * Records one user action: all of `edits` or none. `typing` takes exactly one edit. Answers the number of the last row
 * once the change survives a power cut, or why nothing was saved: `invalid-value`, `too-much-text`, or a storage problem.
 */
export function recordEdits(store: Store, edits: readonly Edit[], how: How): Promise<Saved> {
  if (edits.length === 0 || (how === 'typing' && edits.length > 1)) {
    throw new Error(`A group of ${edits.length} edits cannot be recorded as ${how}`);
  }
  const sealing = Promise.allSettled(edits.map((edit) => sealPending(store.cipher, store.newId, edit)));
  const refused = refusal(edits); // while another thread encrypts
  if (refused !== null) return Promise.resolve({ ok: false, problem: refused });
  const group = store.newId() as GroupId;
  return store.desk.inTurn(() =>
    asResult(async () => save(store, { group, edits, sealed: (await sealing).map(sealedOrThrow), how })),
  );
}

function sealedOrThrow(outcome: PromiseSettledResult<SealedValue>): SealedValue {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** The most bytes an op's other fields and its `settles` can take on the wire. */
const envelopeBytes = 800;
const settledBytes = 56;

function refusal(edits: readonly Edit[]): StoreProblem | null {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (const { kind, unit, value, settles = [] } of edits) {
    const bad = checkValue(kind, unit, value);
    if (bad !== null) return { kind: 'invalid-value', ...bad };
    const text = canonicalOrWhy(value);
    if ('why' in text) return { kind: 'invalid-value', field: unit, why: text.why };
    bytes += encoder.encode(text.canonical).length + envelopeBytes + settles.length * settledBytes;
  }
  return bytes > groupLimitBytes ? { kind: 'too-much-text' } : null;
}

/** Fields that this build does not know pass `checkValue` unseen; what cannot be hashed must not be saved either. */
function canonicalOrWhy(value: JsonObject): { readonly canonical: string } | { readonly why: string } {
  try {
    return { canonical: canonical(value) };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

interface Draft {
  readonly group: GroupId;
  readonly edits: readonly Edit[];
  readonly sealed: readonly SealedValue[];
  readonly how: How;
}

type FactsById = ReadonlyMap<RecordId, RecordFacts>;

async function save(store: Store, draft: Draft): Promise<Saved> {
  const { desk } = store;
  try {
    const written = (await saveFromMemory(store, draft)) ?? (await saveFromRows(store, draft));
    if (!written.ok) return written;
    const { before, state, facts, lastN } = written.value;
    desk.learn(before, state, facts);
    return { ok: true, value: { lastN } };
  } catch (error) {
    desk.forget();
    throw error;
  }
}

/** Saves on what this tab remembers; null when it remembers too little, or somebody else has written since. */
async function saveFromMemory({ port, desk, now }: Store, draft: Draft): Promise<Result<Laid, StoreProblem> | null> {
  const known = desk.state();
  const facts = new Map<RecordId, RecordFacts>();
  for (const { record } of draft.edits) {
    const fact = desk.facts(record);
    if (known === null || fact === undefined) return null;
    facts.set(record, fact);
  }
  if (known === null || illegal(draft.edits, facts) !== null) return null; // what is refused is refused on what is there now
  const laid = layOut(known, facts, draft, now());
  const holds = (row: MetaRow | undefined): boolean => isSameState(row, known);
  const done = await port.writeIf({ table: 'meta', key: stateKey, holds }, 'strict', laid.changes);
  return done ? { ok: true, value: laid } : null;
}

/** Saves on what the transaction itself reads. */
function saveFromRows(store: Store, draft: Draft): Promise<Result<Laid, StoreProblem>> {
  return store.port.write(['meta', 'confirmed', 'pending'], 'strict', async (tx) => {
    const ids = [...new Set(draft.edits.map(({ record }) => record))];
    const [state, ...found] = await Promise.all([
      stateIn(tx, store),
      ...ids.map(async (id) => [id, await readFacts(tx, id)] as const),
    ]);
    const facts = new Map(found);
    const problem = illegal(draft.edits, facts);
    if (problem !== null) return { ok: false, problem };
    const laid = layOut(state, facts, draft, store.now());
    for (const change of laid.changes) {
      if (change.action === 'put') await tx.put(change.table, change.row);
    }
    return { ok: true, value: laid };
  });
}

/** Why the audit does not take one of these units now; each edit counts for the ones after it. */
function illegal(edits: readonly Edit[], facts: FactsById): StoreProblem | null {
  const units = new Map<RecordId, Record<string, true>>();
  for (const { record, kind, unit } of edits) {
    if (kind !== 'audit') continue;
    const has =
      units.get(record) ?? Object.fromEntries([...(facts.get(record)?.units ?? [])].map((name) => [name, true]));
    const why = illegalBecause(has, unit);
    if (why !== null) return { kind: 'invalid-value', field: unit, why };
    units.set(record, { ...has, [unit]: true });
  }
  return null;
}

/** A save as it will be written, and what is known once it is. */
interface Laid {
  readonly changes: readonly RowChange[];
  readonly before: LaptopState;
  readonly state: LaptopState;
  readonly facts: FactsById;
  readonly lastN: number;
}

/** Gives the edits their numbers and stamps on top of `before`, and closes or continues the rows typed into. */
function layOut(before: LaptopState, known: FactsById, { group, edits, sealed, how }: Draft, editedMs: number): Laid {
  const rows: PendingRow[] = [];
  const facts = new Map(known);
  let last: Stamp = before.clock.last;
  let { nextN, change } = before;
  let lastN = 0;
  edits.forEach((edit, i) => {
    const { record, kind, unit, base, settles = [] } = edit;
    const box = sealed[i];
    if (box === undefined) throw new Error(`Edit ${i} of group ${group} was not sealed`);
    last = nextStamp(last, editedMs + before.clock.offsetMs);
    change += 1;
    const changed = { plain: box.plain, sealed: box.sealed, claimed: last, editedMs, change };
    const open = facts.get(record)?.typing.get(unit);
    let row: PendingRow;
    if (how === 'typing' && open !== undefined) {
      row = { ...open, ...changed, settles: settled(open.settles, settles) };
    } else {
      if (open !== undefined) rows.push({ ...open, typing: false });
      const fresh = {
        n: nextN,
        group,
        groupSize: edits.length,
        record,
        kind,
        unit,
        base,
        settles: settled(settles),
        startedMs: editedMs,
      };
      row = { ...fresh, ...changed, typing: how === 'typing', link: null, acceptedVersion: null };
      nextN += 1;
    }
    rows.push(row);
    lastN = row.n;
    facts.set(record, factsWith(facts.get(record), row));
  });
  const state = nextState(before, { change, nextN, clock: { ...before.clock, last } });
  const changes: RowChange[] = [
    { action: 'put', table: 'meta', row: stateRow(state) },
    ...rows.map((row): RowChange => ({ action: 'put', table: 'pending', row })),
  ];
  return { changes, before, state, facts, lastN };
}

/** Each version once, and no more than an op may carry: a push with a longer list would be refused for ever. */
const settled = (...lists: readonly (readonly OpId[])[]): readonly OpId[] =>
  [...new Set(lists.flat())].slice(0, settlesLimit);

function factsWith(before: RecordFacts | undefined, row: PendingRow): RecordFacts {
  const typing = new Map(before?.typing);
  if (row.typing) typing.set(row.unit, row);
  else typing.delete(row.unit);
  return { units: new Set([...(before?.units ?? []), row.unit]), typing };
}
