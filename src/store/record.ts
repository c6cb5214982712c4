/**
 * The only writer of what this person did. One user action is one group; a save is its pending rows with the clock
 * and counters in one strict transaction, and is answered only when the platform says that it is complete and flushed.
 *
 * Everything slow (checking, sealing) happens before the transaction. What the save rests on (the rows' numbers and stamps,
 * whether the audit is open, which row keystrokes go into) is laid out from this tab's memory and written only if nobody
 * else has written since; otherwise it is laid out again inside a transaction, from what that reads.
 */
import { illegals, type Illegal } from '../domain/audit.ts';
import type { JsonObject } from '../domain/canonical.ts';
import type { GroupId, OpId, RecordId } from '../domain/ids.ts';
import type { Kind } from '../domain/record.ts';
import type { HeldCode, Result, StoreProblem } from '../protocol/problem.ts';
import { sealPending, type SealedValue } from './boxes.ts';
import { layOut, type Draft } from './lay-out.ts';
import type { Store } from './open.ts';
import { asResult } from './problems.ts';
import { refusal } from './refusal.ts';
import { save } from './save.ts';
import { stateIn } from './state.ts';

/** One unit given a new value: always the whole unit, as it was on the screen. */
export interface Edit {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
  /** The op whose value the screen showed, or own unsent changes stand on: `basisOf` of the shown unit. */
  readonly base: OpId | null;
  /** Other people's versions that the person had in front of them and has now settled. */
  readonly settles?: readonly OpId[];
  /** The fields that were changed here; of the others, what another tab has saved since stays. Absent: all were. */
  readonly changed?: readonly string[];
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
  return record(store, [{ edits }], how);
}

/**
 * Records what somebody does in a form, also when the audit has closed under them: submitted or voided elsewhere, or taken
 * from this laptop because it is somebody else's now. What it does not take any more is kept, sealed, among the changes that
 * need attention, and counts as saved.
 */
export async function recordOrKeep(store: Store, edit: Edit, how: How): Promise<Saved> {
  const saved = await recordEdits(store, [edit], how);
  if (saved.ok || saved.problem.kind !== 'invalid-value') return saved;
  const { why } = saved.problem;
  const illegal = illegals.find((one) => one === why);
  if (illegal === undefined) return saved;
  return keepRefused(store, edit, heldAs(illegal), illegal);
}

/** As what a change is kept that its audit does not take. */
export const heldAs = (why: Illegal): HeldCode => (why === 'not-allocated' ? 'not-allowed' : 'closed');

/**
 * Records what was written in a form that is gone: there is nobody before it who could mend what breaks a rule, or is too much
 * together with what was saved since. That is kept among the changes that need attention too.
 */
export async function recordUnseen(store: Store, edit: Edit): Promise<Saved> {
  const saved = await recordOrKeep(store, edit, 'act');
  if (saved.ok) return saved;
  const { problem } = saved;
  if (problem.kind === 'invalid-value') return keepRefused(store, edit, 'invalid', problem.why);
  return problem.kind === 'too-much-text' ? keepRefused(store, edit, 'invalid', problem.kind) : saved;
}

function keepRefused(store: Store, edit: Edit, code: HeldCode, why: string): Promise<Saved> {
  return store.desk.inTurn(() =>
    asResult(async () => {
      const sealed = [await sealPending(store.cipher, store.newId, edit)];
      const draft: Draft = { group: store.newId() as GroupId, edits: [edit], sealed, how: 'act' };
      return store.port.write(['meta', 'quarantine'], 'strict', async (tx) => {
        const nowMs = store.now();
        const ground = { before: await stateIn(tx, store), known: new Map(), nowMs, isOwnTyping: () => false };
        const { changes, lastN } = layOut(ground, [draft]);
        for (const change of changes) {
          if (change.action !== 'put') continue;
          if (change.table === 'pending') await tx.put('quarantine', { ...change.row, code, why, heldMs: nowMs });
          else await tx.put(change.table, change.row);
        }
        return { ok: true, value: { lastN } };
      });
    }),
  );
}

/** One user action among many that are recorded together. */
export interface DoneBefore {
  readonly edits: readonly Edit[];
  /** When it was really done, milliseconds since 1970: its op claims that time. Absent: now. A later one counts as now. */
  readonly doneMs?: number;
}

/**
 * Records many user actions in one transaction, each a group of its own, in their order: all of them or none. For records
 * that this laptop makes in doing so (an import, work brought in from a file): an old time must not stand against
 * what somebody else has written since. Answers like `recordEdits`.
 */
export function recordGroups(store: Store, groups: readonly DoneBefore[]): Promise<Saved> {
  if (groups.length === 0 || groups.some(({ edits }) => edits.length === 0)) {
    throw new Error('A group without edits cannot be recorded');
  }
  return record(store, groups, 'act');
}

function record(store: Store, groups: readonly DoneBefore[], how: How): Promise<Saved> {
  const sealing = groups.map(({ edits }) =>
    Promise.allSettled(edits.map((edit) => sealPending(store.cipher, store.newId, edit))),
  );
  for (const { edits } of groups) {
    const problem = refusal(edits); // while another thread encrypts
    if (problem !== null) return Promise.resolve({ ok: false, problem });
  }
  return store.desk.inTurn(() =>
    asResult(async () => {
      const sealed = await Promise.all(sealing);
      const drafts = groups.map(({ edits, doneMs }, i): Draft => {
        const boxes = (sealed[i] ?? []).map(sealedOrThrow);
        return {
          group: store.newId() as GroupId,
          edits,
          sealed: boxes,
          how,
          ...(doneMs === undefined ? {} : { doneMs }),
        };
      });
      return save(store, drafts);
    }),
  );
}

function sealedOrThrow(outcome: PromiseSettledResult<SealedValue>): SealedValue {
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
