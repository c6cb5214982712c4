/**
 * What a laptop tells and asks about its own held groups: docs/protocol.md, "Held" 1 and 2. Telling the same again changes
 * nothing; whatever was decided first is what is answered.
 */
import type { DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { HeldDecision, HeldKey, HeldReply, HeldTold } from '../../src/protocol/held.ts';
import type { ServerProblem } from '../../src/protocol/problem.ts';
import { whyNotOwn } from '../auth/own-device.ts';
import { addDecision, decisionsOf } from '../db/decisions.ts';
import { discardedSince } from '../db/discards.ts';
import { heldGroup } from '../db/held.ts';
import { tell } from '../db/news.ts';
import { savepoint } from '../db/savepoint.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { heldUnits } from './deciders.ts';
import { decidedMs } from './held-list.ts';

/**
 * So much that one person discards unsent is kept while it lies in the lists of their leads (`decidedMs`); more stays where it is.
 * Generous: people discard by hand, one change at a time, and a laptop that is to forget its copy hands over once.
 */
export const discardLimit = { groups: 5_000, bytes: 32 * 1024 * 1024 };

export interface Told {
  readonly reply: HeldReply;
  /** How many groups were decided about by this. */
  readonly decided: number;
}

export interface HeldSaid {
  /** The laptop that says it. */
  readonly device: DeviceId;
  readonly told: readonly HeldTold[];
  readonly ask: readonly HeldKey[];
  readonly nonce: string;
}

type Answer = { readonly keep: true; readonly told: Told } | { readonly keep: false; readonly problem: ServerProblem };

/**
 * The answer to a group that is not this person's is that nobody has decided anything. With a problem nothing of it is taken.
 * `newLaptops`: as many as one person may begin with in a month.
 */
export const tellHeld = (tx: Tx, asking: Asking, said: HeldSaid, newLaptops: number): Promise<Answer> =>
  said.told.length === 0
    ? answerTo(tx, asking, said, newLaptops)
    : savepoint(tx, () => answerTo(tx, asking, said, newLaptops));

async function answerTo(tx: Tx, asking: Asking, said: HeldSaid, newLaptops: number): Promise<Answer> {
  const { told, ask, nonce } = said;
  const groups: HeldReply['groups'] = [];
  const concerned: { readonly author: PersonId; readonly ops: HeldTold['content'] }[] = [];
  // held 1: what the author has decided.
  for (const one of told) {
    const key: HeldKey = { device: one.device, group: one.group };
    const unclaimed = await whyNotOwn(tx, asking, { ...said, newLaptops }, one.device);
    if (unclaimed?.why === 'too-many') return { keep: false, problem: unclaimed.problem };
    const taken = unclaimed === null ? await take(tx, asking, key, one, nonce) : asTold(asking, one);
    if (taken === 'full') return { keep: false, problem: { kind: 'too-much-discarded' } };
    groups.push({ ...key, decision: taken.decision });
    if (taken.isNew) concerned.push({ author: asking.person, ops: one.content });
  }
  // held 2: what has become of the rest.
  for (const key of ask) groups.push({ ...key, decision: await newest(tx, asking, key) });
  if (concerned.length > 0) {
    const units = await heldUnits(tx, asking, concerned);
    const held = units.map((each) => ({ author: asking.person, authorToo: false, units: each }));
    await tell(tx, { kind: 'held', held });
  }
  return { keep: true, told: { reply: { groups }, decided: concerned.length } };
}

interface Taken {
  readonly decision: HeldDecision;
  readonly isNew: boolean;
}

/** Another person's group stays untouched, and looks to this one as if it were settled as told. */
const asTold = ({ person }: Asking, { what, why, atMs }: HeldTold): Taken => ({
  decision: { what, by: person, why, atMs },
  isNew: false,
});

async function take(tx: Tx, asking: Asking, key: HeldKey, told: HeldTold, salt: string): Promise<Taken | 'full'> {
  const { authority, person, nowMs } = asking;
  const asIs = asTold(asking, told);
  const ops = await heldGroup(tx, authority.id, key);
  const before = await decisionsOf(tx, authority.id, key);
  const last = before.at(-1);
  if (ops.some(({ op }) => op.person !== person) || (last !== undefined && last.author !== person)) return asIs;
  if (last !== undefined && isFinal(last.decision)) return { decision: last.decision, isNew: false };
  // What was sent again is among the ops; only what was thrown away unsent has to be kept here.
  if (ops.length === 0 && told.what === 'resent') return asIs;
  const content = ops.length === 0 ? JSON.stringify(told.content) : null;
  if (content !== null && !(await hasRoom(tx, asking, content))) return 'full';
  const stored = { ...key, author: person, decision: asIs.decision, receivedMs: nowMs, content, salt };
  await addDecision(tx, authority.id, before.length + 1, stored);
  return { ...asIs, isNew: true };
}

async function hasRoom(tx: Tx, { authority, person, nowMs }: Asking, content: string): Promise<boolean> {
  const { groups, bytes } = await discardedSince(tx, authority.id, person, nowMs - decidedMs);
  return groups < discardLimit.groups && bytes + Buffer.byteLength(content) <= discardLimit.bytes;
}

async function newest(tx: Tx, { authority, person }: Asking, key: HeldKey): Promise<HeldDecision | null> {
  const last = (await decisionsOf(tx, authority.id, key)).at(-1);
  return last !== undefined && last.author === person ? last.decision : null;
}

/** Returned is the only decision that another may follow. */
export const isFinal = ({ what }: HeldDecision): boolean => what !== 'returned';
