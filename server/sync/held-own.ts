/**
 * What a laptop tells and asks about its own held groups: docs/protocol.md, "Held" 1 and 2. Telling the same again changes
 * nothing; whatever was decided first is what is answered.
 */
import type { HeldDecision, HeldKey, HeldReply, HeldTold } from '../../src/protocol/held.ts';
import { addDecision, decisionsOf, heldGroup } from '../db/held.ts';
import { tell, unitsOf, type HeldNews } from '../db/news.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';

export interface Told {
  readonly reply: HeldReply;
  /** How many groups were decided about by this. */
  readonly decided: number;
}

/** The answer to a group that is not this person's is that nobody has decided anything. */
export async function tellHeld(
  tx: Tx,
  asking: Asking,
  {
    told,
    ask,
    nonce,
  }: { readonly told: readonly HeldTold[]; readonly ask: readonly HeldKey[]; readonly nonce: string },
): Promise<Told> {
  const groups: HeldReply['groups'] = [];
  const concerned: HeldNews[] = [];
  // held 1: what the author has decided.
  for (const one of told) {
    const key: HeldKey = { device: one.device, group: one.group };
    const { decision, isNew } = await take(tx, asking, key, one, nonce);
    groups.push({ ...key, decision });
    if (isNew) concerned.push({ author: asking.person, authorToo: false, units: unitsOf(one.content) });
  }
  // held 2: what has become of the rest.
  for (const key of ask) groups.push({ ...key, decision: await newest(tx, asking, key) });
  if (concerned.length > 0) await tell(tx, { kind: 'held', held: concerned });
  return { reply: { groups }, decided: concerned.length };
}

async function take(
  tx: Tx,
  asking: Asking,
  key: HeldKey,
  { what, why, atMs, content }: HeldTold,
  salt: string,
): Promise<{ readonly decision: HeldDecision; readonly isNew: boolean }> {
  const { authority, person, nowMs } = asking;
  const decision: HeldDecision = { what, by: person, why, atMs };
  const ops = await heldGroup(tx, authority.id, key);
  const before = await decisionsOf(tx, authority.id, key);
  const last = before.at(-1);
  // Another person's group stays untouched, and looks to this one as if it were settled as told.
  if (ops.some(({ op }) => op.person !== person) || (last !== undefined && last.author !== person)) {
    return { decision, isNew: false };
  }
  if (last !== undefined && isFinal(last.decision)) return { decision: last.decision, isNew: false };
  // What was sent again is among the ops; only what was thrown away unsent has to be kept here.
  if (ops.length === 0 && what === 'resent') return { decision, isNew: false };
  const stored = {
    ...key,
    author: person,
    decision,
    receivedMs: nowMs,
    content: ops.length === 0 ? content : null,
    salt,
  };
  await addDecision(tx, authority.id, before.length + 1, stored);
  return { decision, isNew: true };
}

async function newest(tx: Tx, { authority, person }: Asking, key: HeldKey): Promise<HeldDecision | null> {
  const last = (await decisionsOf(tx, authority.id, key)).at(-1);
  return last !== undefined && last.author === person ? last.decision : null;
}

/** Returned is the only decision that another may follow. */
export const isFinal = ({ what }: HeldDecision): boolean => what !== 'returned';
