/**
 * Writes drafts: from this tab's memory when nobody else has written since, else from what a transaction reads. Values are
 * joined with what another tab has saved and sealed before the transaction that writes them; one that finds those units
 * changed meanwhile writes nothing, and it begins again.
 */
import type { JsonObject } from '../domain/canonical.ts';
import type { RecordId } from '../domain/ids.ts';
import type { Result, StoreProblem } from '../protocol/problem.ts';
import { sealPending } from './boxes.ts';
import { readFacts, type RecordFacts } from './desk.ts';
import { joinOwn, readOwn, type OwnUnits } from './join-tabs.ts';
import { illegal, layOut, type Draft, type Laid } from './lay-out.ts';
import type { Store } from './open.ts';
import type { Edit, Saved } from './record.ts';
import { refusal } from './refusal.ts';
import type { MetaRow } from './rows.ts';
import { isSameState, stateIn, stateKey } from './state.ts';

export async function save(store: Store, drafts: readonly Draft[]): Promise<Saved> {
  const { desk } = store;
  try {
    const written = (await saveFromMemory(store, drafts)) ?? (await saveFromRows(store, drafts));
    if (!written.ok) return written;
    const { before, state, facts, lastN } = written.value;
    // Of many groups at once only the state, since memory would grow with a file's length; what was known before is void.
    if (drafts.length > 1) desk.forget();
    desk.learn(before, state, drafts.length === 1 ? facts : new Map());
    if (drafts.every(({ how }) => how === 'typing')) desk.ownTyping(lastN);
    return { ok: true, value: { lastN } };
  } catch (error) {
    desk.forget();
    throw error;
  }
}

/** Saves on what this tab remembers; null when it remembers too little, or somebody else has written since. */
async function saveFromMemory(store: Store, drafts: readonly Draft[]): Promise<Result<Laid, StoreProblem> | null> {
  const { port, desk, now } = store;
  const known = desk.state();
  const facts = new Map<RecordId, RecordFacts>();
  for (const id of recordsOf(drafts)) {
    const fact = desk.facts(id);
    if (known === null || fact === undefined) return null;
    facts.set(id, fact);
  }
  if (known === null || illegal(drafts, facts) !== null) return null; // what is refused is refused on what is there now
  const own = (record: RecordId, unit: string): JsonObject | undefined => facts.get(record)?.own.get(unit);
  if (editsOf(drafts).some(({ record, unit, changed }) => changed !== undefined && own(record, unit) === undefined))
    return null;
  const joined = await joinDrafts(store, drafts, own);
  if (!joined.ok) return joined;
  const ground = { before: known, known: facts, nowMs: now(), isOwnTyping: desk.isOwnTyping };
  const laid = layOut(ground, joined.value);
  const holds = (row: MetaRow | undefined): boolean => isSameState(row, known);
  const done = await port.writeIf({ table: 'meta', key: stateKey, holds }, 'strict', laid.changes);
  return done ? { ok: true, value: laid } : null;
}

/** Saves on what the transaction itself reads, again when somebody wrote what it joins with after that was read. */
async function saveFromRows(store: Store, drafts: readonly Draft[]): Promise<Result<Laid, StoreProblem>> {
  for (;;) {
    const own = await ownFor(store, drafts);
    const joined = own === null ? { ok: true as const, value: drafts } : await joinDrafts(store, drafts, own.of);
    if (!joined.ok) return joined;
    const written = await writeOver(store, joined.value, own);
    if (written !== null) return written;
  }
}

async function ownFor(store: Store, drafts: readonly Draft[]): Promise<OwnUnits | null> {
  const edits = editsOf(drafts);
  return edits.some(({ changed }) => changed !== undefined) ? readOwn(store, edits) : null;
}

/** Writes the drafts over what is there; null when what they were joined with is no longer `own`. */
function writeOver(
  store: Store,
  drafts: readonly Draft[],
  own: OwnUnits | null,
): Promise<Result<Laid, StoreProblem> | null> {
  return store.port.write(['meta', 'confirmed', 'pending'], 'strict', async (tx) => {
    const [state, ...found] = await Promise.all([
      stateIn(tx, store),
      ...recordsOf(drafts).map(async (id) => [id, await readFacts(tx, id)] as const),
    ]);
    if (own !== null && !(await own.isStill(tx))) return null;
    const facts = new Map(found);
    const problem = illegal(drafts, facts);
    if (problem !== null) return { ok: false, problem };
    const ground = { before: state, known: facts, nowMs: store.now(), isOwnTyping: store.desk.isOwnTyping };
    const laid = layOut(ground, drafts);
    for (const change of laid.changes) {
      if (change.action === 'put') await tx.put(change.table, change.row);
    }
    return { ok: true, value: laid };
  });
}

/** The drafts with what this laptop has given their units since; sealed anew where that changes a value. */
async function joinDrafts(
  { cipher, newId }: Store,
  drafts: readonly Draft[],
  own: OwnUnits['of'],
): Promise<Result<readonly Draft[], StoreProblem>> {
  const joined: Draft[] = [];
  for (const draft of drafts) {
    const edits = draft.edits.map((edit) => joinOwn(edit, own(edit.record, edit.unit)));
    const isJoined = edits.some((edit, i) => edit !== draft.edits[i]);
    const problem = isJoined ? refusal(edits) : null;
    if (problem !== null) return { ok: false, problem };
    const sealed = isJoined ? await Promise.all(edits.map((edit) => sealPending(cipher, newId, edit))) : draft.sealed;
    joined.push(isJoined ? { ...draft, edits, sealed } : draft);
  }
  return { ok: true, value: joined };
}

const editsOf = (drafts: readonly Draft[]): readonly Edit[] => drafts.flatMap(({ edits }) => edits);

const recordsOf = (drafts: readonly Draft[]): readonly RecordId[] => [
  ...new Set(editsOf(drafts).map(({ record: id }) => id)),
];
