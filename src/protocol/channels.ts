/**
 * What the tabs of one browser say to each other over BroadcastChannel. Every message is parsed by these schemas before
 * it is believed (FAULTS S15); what does not fit is ignored.
 *
 *  doors  between pages: passes an unlocked key to a tab of the same person, locks all tabs at once, shares activity
 *  sync   between sync workers of one person: the leader's state, and wishes put to the leader
 */
import * as v from 'valibot';
import { count } from './op.ts';
import { serverProblemSchema } from './problem.ts';

const keyring = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

const sealedAwayKey = v.custom<CryptoKey>(
  (key) => typeof CryptoKey !== 'undefined' && key instanceof CryptoKey && !key.extractable && key.type === 'secret',
  'not a non-extractable key',
);

export const doorsChannel = 'plumbline-doors';
export const doorMessageSchema = v.variant('kind', [
  /** A tab that has just been opened asks for a key of one of these keyrings. */
  v.object({ kind: v.literal('ask'), keyrings: v.pipe(v.array(keyring), v.maxLength(100)) }),
  v.object({ kind: v.literal('offer'), keyring, key: sealedAwayKey }),
  v.object({ kind: v.literal('lock'), keyring }),
  /** A copy that was on this laptop is no more. */
  v.object({ kind: v.literal('gone'), keyring }),
  /** The person did something in one tab: no tab locks itself for idleness. */
  v.object({ kind: v.literal('active'), keyring }),
]);
export type DoorMessage = v.InferOutput<typeof doorMessageSchema>;

const problem = v.variant('kind', [
  ...serverProblemSchema.options,
  v.object({ kind: v.literal('unreachable') }),
  v.object({ kind: v.literal('timed-out') }),
  v.object({ kind: v.literal('not-our-server') }),
  v.object({ kind: v.literal('not-equal') }),
  v.object({ kind: v.literal('laptop-failed'), why: v.string() }),
]);

export const syncChannel = (authority: string, person: string): string => `plumbline-sync:${authority}:${person}`;
export const syncMessageSchema = v.variant('kind', [
  v.object({
    kind: v.literal('state'),
    state: v.object({
      phase: v.picklist(['off', 'offline', 'connecting', 'syncing', 'idle', 'signed-out', 'paused']),
      provedEqualMs: v.nullable(count),
      problem: v.nullable(problem),
      stuckSinceMs: v.exactOptional(v.nullable(count)),
      clockOffsetMs: v.nullable(v.number()),
      receiving: v.nullable(count),
    }),
  }),
  /** A follower asks the leader: say your state; try now; try unless paused; a sign-in has succeeded. */
  v.object({ kind: v.literal('ask-state') }),
  v.object({ kind: v.literal('sync-now') }),
  v.object({ kind: v.literal('nudge') }),
  v.object({ kind: v.literal('signed-in') }),
]);
export type SyncMessage = v.InferOutput<typeof syncMessageSchema>;
