/**
 * What becomes of this person's changes that were not accepted (docs/protocol.md, "Held"). Promises:
 *  - nothing leaves the quarantine but by what a person decided: its author here, or a lead whose word the server brings
 *  - sent again it is a new change under a new number; what was answered to the old one stands
 *  - sent again it takes nothing of its author's off the screen that they did not have beside it (`held-later`)
 *  - what was discarded stays, hidden, until the server has been told of it with its content and its reason
 */
import { sameValue, type JsonObject } from '../domain/canonical.ts';
import type { DeviceId, GroupId, OpId, RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import type { AuthorDecision, HeldAsked, HeldDecision, HeldKey, HeldReply, HeldTold } from '../protocol/held.ts';
import { openNote, openPending, sealNote, sealPending } from './boxes.ts';
import { markChanged } from './changed.ts';
import { readFacts } from './desk.ts';
import { isSameLater, laterIn, openLater, writtenSince, type LaterRow, type LaterVersion } from './held-later.ts';
import { layOut, type Draft } from './lay-out.ts';
import type { Store } from './open.ts';
import type { ReadTx, WriteTx } from './port.ts';
import { asResult } from './problems.ts';
import type { Edit, Saved } from './record.ts';
import { refusal } from './refusal.ts';
import { codesSaidBy, isKept, type QuarantineCode, type QuarantineRow } from './rows.ts';
import { stateIn, writeState, type LaptopState } from './state.ts';

/**
 * Sends the rows of one group again, as one new group based on what they were based on: if somebody else has written since,
 * both versions are kept. What their author has written since would go out of sight: `seen` are those of their versions that
 * they had in front of them when they chose. Answers `invalid-value` with `writtenSince` where another one is here, and nothing
 * is sent; and why not where this build's own rules refuse the values.
 */
export async function sendAgain(
  store: Store,
  rows: readonly QuarantineRow[],
  seen: readonly JsonObject[] = [],
): Promise<Saved> {
  const held = await Promise.all(
    rows.map(async (row) => ({ row, value: (await openPending(store.cipher, row)).value })),
  );
  const isUnseen = ({ value, differs }: LaterVersion): boolean => differs && !seen.some((one) => sameValue(one, value));
  return store.desk.inTurn(() =>
    asResult(async () => {
      for (;;) {
        const found = await store.port.read(['meta', 'pending', 'confirmed'], (tx) => laterIn(tx, store, rows));
        const later = await openLater(store, held, found);
        const unseen = rows.find((_, i) => later[i] != null && isUnseen(later[i]));
        if (unseen) return { ok: false, problem: { kind: 'invalid-value', field: unseen.unit, why: writtenSince } };
        const edits = held.map(({ row, value }, i) => editOf(row, value, later[i]?.op ?? null));
        const problem = refusal(edits);
        if (problem !== null) return { ok: false, problem };
        const sent = await writeAgain(store, rows, edits, found);
        if (sent !== null) return { ok: true, value: sent };
      }
    }),
  );
}

/** Null where something else than `found` lies over these rows by now: nothing was written. */
async function writeAgain(
  store: Store,
  rows: readonly QuarantineRow[],
  edits: readonly Edit[],
  found: readonly (LaterRow | null)[],
): Promise<{ readonly lastN: number } | null> {
  const sealed = await Promise.all(edits.map((edit) => sealPending(store.cipher, store.newId, edit)));
  const decided = await decidedRows(store, rows, 'resent', '');
  const draft: Draft = { group: store.newId() as GroupId, edits, sealed, how: 'act' };
  return store.port.write(['meta', 'confirmed', 'pending', 'quarantine'], 'strict', async (tx) => {
    const [before, isHere, now, ...known] = await Promise.all([
      stateIn(tx, store),
      areHere(tx, rows),
      laterIn(tx, store, rows),
      ...[...new Set(edits.map(({ record }) => record))].map(async (id) => [id, await readFacts(tx, id)] as const),
    ]);
    // Another tab has decided about them meanwhile.
    if (!isHere) return { lastN: before.nextN - 1 };
    if (!found.every((one, i) => isSameLater(one, now[i] ?? null))) return null;
    const ground = { before, known: new Map(known), nowMs: store.now(), isOwnTyping: () => false };
    const { changes, lastN } = layOut(ground, [draft]);
    for (const change of changes) if (change.action === 'put') await tx.put(change.table, change.row);
    // What the server never had, it need not hear of: the new change says it all.
    const unknown = rows.filter(({ link }) => link === null).map(({ n }) => n);
    await tx.putMany(
      'quarantine',
      decided.filter(({ link }) => link !== null),
    );
    await tx.deleteMany('quarantine', unknown);
    return { lastN };
  });
}

/** `chosen`: a confirmed version that its author has left for this one. */
function editOf(row: QuarantineRow, value: JsonObject, chosen: OpId | null): Edit {
  const { record, kind, unit, base, settles } = row;
  return { record, kind, unit, base, settles: chosen === null ? settles : [chosen, ...settles], value };
}

/** Discards the rows of one group, for a reason that their lead will read. */
export async function discard(store: Store, rows: readonly QuarantineRow[], why: string): Promise<Saved> {
  return asResult(async () => {
    const decided = await decidedRows(store, rows, 'discarded', why);
    return store.port.write(['meta', 'quarantine', 'changes'], 'strict', async (tx) => {
      const [state, isHere] = await Promise.all([stateIn(tx, store), areHere(tx, rows)]);
      if (isHere) {
        await tx.putMany('quarantine', decided);
        await writeState(tx, await marked(tx, state, rows));
      }
      return { ok: true, value: { lastN: state.nextN - 1 } };
    });
  });
}

const decidedRows = (
  store: Store,
  rows: readonly QuarantineRow[],
  code: AuthorDecision,
  why: string,
): Promise<QuarantineRow[]> =>
  Promise.all(
    rows.map(async (row) => {
      const sealed = await sealNote(store.cipher, row, why);
      return { ...row, code, decided: { by: store.person, atMs: store.now(), sealed } };
    }),
  );

async function areHere(tx: ReadTx, rows: readonly QuarantineRow[]): Promise<boolean> {
  const found = await tx.getMany(
    'quarantine',
    rows.map(({ n }) => n),
  );
  return found.every((row) => row !== undefined && isKept(row));
}

const marked = (tx: WriteTx, state: LaptopState, rows: readonly QuarantineRow[]): Promise<LaptopState> =>
  markChanged(tx, state, new Map(rows.map(({ record, kind }): [RecordId, Kind] => [record, kind])));

/** All that the server has to be told, and every group of which it is asked what became of it. */
export async function heldToAsk(store: Store): Promise<HeldAsked> {
  const [device, decided, kept] = await store.port.read(['meta', 'quarantine'], async (tx) => [
    (await stateIn(tx, store)).device,
    await ofCodes(tx, codesSaidBy('author')),
    await ofCodes(tx, codesSaidBy('server')),
  ]);
  const told: HeldTold[] = [];
  for (const rows of byGroup(decided, device).values()) told.push(await toldOf(store, rows, device));
  const asked = byGroup(
    kept.filter(({ link }) => link !== null),
    device,
  );
  return { told, ask: [...asked.values()].flatMap(([row]) => (row ? [keyOf(row, device)] : [])) };
}

async function ofCodes(tx: ReadTx, codes: readonly QuarantineCode[]): Promise<QuarantineRow[]> {
  const found = await Promise.all(codes.map((code) => tx.whereEqual('quarantine', 'code', code)));
  return found.flat().sort((a, b) => a.n - b.n);
}

const keyOf = ({ link, group }: QuarantineRow, device: DeviceId): HeldKey => ({
  device: link?.device ?? device,
  group,
});

const keyText = ({ device, group }: HeldKey): string => `${device} ${group}`;

function byGroup(rows: readonly QuarantineRow[], device: DeviceId): ReadonlyMap<string, QuarantineRow[]> {
  const groups = new Map<string, QuarantineRow[]>();
  for (const row of rows) {
    const key = keyText(keyOf(row, device));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

async function toldOf({ cipher }: Store, rows: readonly QuarantineRow[], device: DeviceId): Promise<HeldTold> {
  const [first] = rows;
  if (first?.decided === undefined) throw new Error('A group without a decision was to be told');
  const content = await Promise.all(
    rows.map(async (row) => {
      const { record, kind, unit } = row;
      return { record, kind, unit, value: (await openPending(cipher, row)).value };
    }),
  );
  const what: AuthorDecision = first.code === 'resent' ? 'resent' : 'discarded';
  const why = await openNote(cipher, first, first.decided);
  return { ...keyOf(first, device), what, why, atMs: first.decided.atMs, content };
}

/** Takes the server's answer: what was accepted, or is known there to be decided here, goes; a lead's note is kept beside. */
export async function takeHeld(store: Store, { groups }: HeldReply): Promise<void> {
  const decisions = new Map(groups.flatMap(({ decision, ...key }) => (decision ? [[keyText(key), decision]] : [])));
  if (decisions.size === 0) return;
  const read = (tx: ReadTx): Promise<QuarantineRow[]> =>
    ofCodes(tx, [...codesSaidBy('author'), ...codesSaidBy('server')]);
  const device = await store.port.read(['meta'], async (tx) => (await stateIn(tx, store)).device);
  const decisionOf = (row: QuarantineRow): HeldDecision | undefined => decisions.get(keyText(keyOf(row, device)));
  const noted = await Promise.all(
    (await store.port.read(['quarantine'], read)).map(async (row) => {
      const decision = decisionOf(row);
      return decision && isNews(row, decision) ? [await withNote(store, row, decision)] : [];
    }),
  );
  await store.port.write(['meta', 'quarantine', 'changes'], 'relaxed', async (tx) => {
    const [state, now] = await Promise.all([stateIn(tx, store), read(tx)]);
    const isHere = new Map(now.map((row) => [row.n, row]));
    const done = now.filter((row) => isDone(row, decisionOf(row)));
    const fresh = noted.flat().filter(({ n }) => isKeptIn(isHere.get(n)));
    if (done.length + fresh.length === 0) return;
    await tx.deleteMany(
      'quarantine',
      done.map(({ n }) => n),
    );
    await tx.putMany('quarantine', fresh);
    await writeState(tx, await marked(tx, state, [...done, ...fresh]));
  });
}

const isKeptIn = (row: QuarantineRow | undefined): boolean => row !== undefined && isKept(row);

/**
 * A row goes when a lead has accepted it, or when the server knows what its author decided here. What the server says was
 * decided, and this laptop does not know of, stays: nothing goes that nobody here has let go.
 */
const isDone = (row: QuarantineRow, decision: HeldDecision | undefined): boolean =>
  decision !== undefined && (decision.what === 'accepted' || (!isKept(row) && decision.what !== 'returned'));

const isNews = ({ returned }: QuarantineRow, { what, by, atMs }: HeldDecision): boolean =>
  what === 'returned' && (returned?.by !== by || returned.atMs !== atMs);

async function withNote(store: Store, row: QuarantineRow, { by, atMs, why }: HeldDecision): Promise<QuarantineRow> {
  return { ...row, returned: { by, atMs, sealed: await sealNote(store.cipher, row, why) } };
}
