/**
 * The only writer of what this person did. One user action is one group; a save is its pending rows, the clock and the
 * change rows in one strict transaction, and is answered only when the platform says that it is complete and flushed.
 *
 * Everything slow (checking, sealing) happens before the transaction. Inside it the order of things is settled: the rows'
 * numbers and stamps, whether the audit is still open, and which row keystrokes go into. Nothing decided earlier is relied on.
 */
import { illegalBecause } from '../domain/audit.ts';
import { canonical, type JsonObject } from '../domain/canonical.ts';
import type { GroupId, OpId, RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import { nextStamp, type Stamp } from '../domain/stamp.ts';
import { groupLimitBytes } from '../protocol/op.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { checkValue } from '../protocol/values.ts';
import { sealPending, type SealedValue } from './boxes.ts';
import { readFacts, type RecordFacts } from './desk.ts';
import type { Store } from './open.ts';
import type { WriteTx } from './port.ts';
import { asResult } from './problems.ts';
import type { PendingRow } from './rows.ts';
import { markChanged, stateIn, writeState, type LaptopState } from './state.ts';

/** One unit given a new value: always the whole unit. */
export interface Edit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
  /** The op whose value the screen showed: `ShownUnit.confirmed?.op ?? null`. */
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
  const refused = refusal(edits);
  if (refused !== null) return Promise.resolve({ ok: false, problem: refused });
  return store.desk.inTurn(() => asResult(() => save(store, edits, how)));
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

async function save(store: Store, edits: readonly Edit[], how: How): Promise<Saved> {
  const { port, cipher, newId, desk } = store;
  const sealed = await Promise.all(edits.map((edit) => sealPending(cipher, newId, edit)));
  const draft: Draft = { group: newId() as GroupId, edits, sealed, how };
  try {
    const done = await port.write(['meta', 'confirmed', 'pending', 'changes'], 'strict', (tx) =>
      write(store, tx, draft),
    );
    if (done.refused !== null) return { ok: false, problem: done.refused };
    desk.learn(done.before, done.after, done.facts);
    return { ok: true, value: { lastN: done.lastN } };
  } catch (error) {
    desk.forget();
    throw error;
  }
}

interface Draft {
  readonly group: GroupId;
  readonly edits: readonly Edit[];
  readonly sealed: readonly SealedValue[];
  readonly how: How;
}

type Written =
  | { readonly refused: StoreProblem }
  | {
      readonly refused: null;
      readonly lastN: number;
      readonly before: number;
      readonly after: number;
      readonly facts: ReadonlyMap<RecordId, RecordFacts>;
    };

async function write(store: Store, tx: WriteTx, draft: Draft): Promise<Written> {
  const { state, facts, open } = await readAhead(store, tx, draft.edits);
  const refused = illegal(draft.edits, facts);
  if (refused !== null) return { refused };

  const { rows, last, nextN, lastN } = layRows(store, state, draft, open);
  const after = await markChanged(tx, state, new Map(draft.edits.map(({ record, kind }) => [record, kind])));
  await tx.putMany('pending', rows);
  await writeState(tx, { ...after, nextN, clock: { ...state.clock, last } });
  return { refused: null, lastN, before: state.change, after: after.change, facts: factsAfter(facts, draft, lastN) };
}

/** Everything the save must know, asked for at once where this tab's memory is still good. */
async function readAhead(store: Store, tx: WriteTx, edits: readonly Edit[]) {
  const guessed = await Promise.all([stateIn(tx, store), readOpen(tx, edits, (record) => store.desk.known(record))]);
  const state = guessed[0];
  const facts = new Map<RecordId, RecordFacts>();
  const unknown: RecordId[] = [];
  for (const { record } of edits) {
    const known = store.desk.knownAt(state.change, record);
    if (known === undefined) unknown.push(record);
    else facts.set(record, known);
  }
  if (unknown.length === 0) return { state, facts, open: guessed[1] };
  for (const record of new Set(unknown)) facts.set(record, await readFacts(tx, record));
  return { state, facts, open: await readOpen(tx, edits, (record) => facts.get(record)) };
}

type OpenRows = ReadonlyMap<Edit, PendingRow>;

/** The rows that keystrokes of these units go into now. A row that has been sealed or has gone takes no more. */
async function readOpen(
  tx: WriteTx,
  edits: readonly Edit[],
  factsOf: (record: RecordId) => RecordFacts | undefined,
): Promise<OpenRows> {
  const open = new Map<Edit, PendingRow>();
  await Promise.all(
    edits.map(async (edit) => {
      const n = factsOf(edit.record)?.typing.get(edit.unit);
      if (n === undefined) return;
      const row = await tx.get('pending', n);
      if (row !== undefined && row.typing && row.link === null) open.set(edit, row);
    }),
  );
  return open;
}

/** Why the audit does not take one of these units now; each edit counts for the ones after it. */
function illegal(edits: readonly Edit[], facts: ReadonlyMap<RecordId, RecordFacts>): StoreProblem | null {
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

/** The pending rows of the group, with their stamps and numbers, and the rows that it closes. */
function layRows(store: Store, state: LaptopState, { group, edits, sealed, how }: Draft, open: OpenRows) {
  const editedMs = store.now();
  const rows: PendingRow[] = [];
  let last: Stamp = state.clock.last;
  let nextN = state.nextN;
  let lastN = 0;
  edits.forEach((edit, i) => {
    const box = sealed[i];
    if (box === undefined) throw new Error(`Edit ${i} of group ${group} was not sealed`);
    last = nextStamp(last, editedMs + state.clock.offsetMs);
    const changed = { plain: box.plain, sealed: box.sealed, claimed: last, editedMs };
    const typed = open.get(edit);
    if (how === 'typing' && typed !== undefined) {
      rows.push({ ...typed, ...changed, settles: [...new Set([...typed.settles, ...(edit.settles ?? [])])] });
      lastN = typed.n;
      return;
    }
    if (typed !== undefined) rows.push({ ...typed, typing: false });
    const { record, kind, unit, base, settles = [] } = edit;
    const fresh = { group, groupSize: edits.length, record, kind, unit, base, settles, startedMs: editedMs };
    rows.push({ n: nextN, ...fresh, ...changed, typing: how === 'typing', link: null, acceptedVersion: null });
    lastN = nextN;
    nextN += 1;
  });
  return { rows, last, nextN, lastN };
}

function factsAfter(facts: ReadonlyMap<RecordId, RecordFacts>, { edits, how }: Draft, lastN: number) {
  const after = new Map<RecordId, RecordFacts>();
  for (const { record, unit } of edits) {
    const before = after.get(record) ?? facts.get(record);
    const typing = new Map(before?.typing);
    if (how === 'typing') typing.set(unit, lastN);
    else typing.delete(unit);
    after.set(record, { units: new Set([...(before?.units ?? []), unit]), typing });
  }
  return after;
}
