/** The held groups that a lead decides about, and how many there are: docs/protocol.md, "Held" (held 3). Reads one snapshot. */
import { isDecider, type Standing } from '../../src/domain/rights.ts';
import type { HeldGroup, HeldKey, HeldList } from '../../src/protocol/held.ts';
import { decidedSince, decisionsOf, type FinalDecision } from '../db/decisions.ts';
import { discardOf } from '../db/discards.ts';
import { heldGroup, heldLines, undecided, type HeldLine, type HeldOf } from '../db/held.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { decides, groundsOf, keyText, knownHeads, linesByGroup } from './deciders.ts';
import { readStanding } from './standing.ts';

/** How long what was decided stays in the list. */
export const decidedMs = 30 * 24 * 60 * 60 * 1000;
/** The contents of what waits end after this, and so do those of what was decided; of either at least one group is sent. */
export const listLimitBytes = 512 * 1024;

export async function listHeld(tx: Tx, asking: Asking, limit: number): Promise<HeldList> {
  const standing = await readStanding(tx, asking);
  // Whoever decides about nothing costs no more than that.
  if (!isDecider(standing)) return { waiting: 0, groups: [] };
  const open = await decidable(tx, asking, standing, { states: [undecided, 'returned'] });
  const waiting = open.filter(([first]) => first?.state === undecided);
  const returned = open.filter(([first]) => first?.state === 'returned');
  const keys: HeldKey[] = [...waiting, ...returned].flatMap(([first]) => first ?? []);
  const groups = await contents(tx, asking, keys, limit);
  const room = limit - groups.length;
  const isAll = groups.length === keys.length;
  return {
    waiting: waiting.length,
    groups: isAll && room > 0 ? [...groups, ...(await decidedOfLate(tx, asking, standing, room))] : groups,
  };
}

/** The groups that this lead decides about: of each what it is, and nothing that is in it. */
async function decidable(tx: Tx, asking: Asking, standing: Standing, of: HeldOf): Promise<HeldLine[][]> {
  const lines = await heldLines(tx, asking.authority.id, of);
  const grounds = await groundsOf(tx, asking, lines, await knownHeads(tx, asking, lines));
  return linesByGroup(lines).filter((group) => decides(standing, group, grounds));
}

async function contents(tx: Tx, asking: Asking, keys: readonly HeldKey[], limit: number): Promise<HeldGroup[]> {
  const groups: HeldGroup[] = [];
  let bytes = 0;
  for (const key of keys.slice(0, limit)) {
    const group = await readGroup(tx, asking, key);
    bytes += Buffer.byteLength(JSON.stringify(group));
    if (groups.length > 0 && bytes > listLimitBytes) break;
    groups.push(group);
  }
  return groups;
}

async function readGroup(tx: Tx, { authority }: Asking, { device, group }: HeldKey): Promise<HeldGroup> {
  const ops = await heldGroup(tx, authority.id, { device, group });
  const [first] = ops;
  if (first === undefined) throw new Error(`The held group ${group} of ${device} went missing inside one snapshot`);
  const decisions = await decisionsOf(tx, authority.id, { device, group });
  return {
    device,
    group,
    person: first.op.person,
    heldMs: first.heldMs,
    ops: ops.map(({ op: { record, kind, unit, value, claimed }, code, why }) => {
      return { record, kind, unit, value, claimedMs: claimed.ms, code, why };
    }),
    decisions: decisions.map(({ decision }) => decision),
  };
}

/** What was accepted, discarded or sent again, newest first; what was discarded unsent is told by its own content. */
async function decidedOfLate(tx: Tx, asking: Asking, standing: Standing, room: number): Promise<HeldGroup[]> {
  const groups: HeldGroup[] = [];
  let bytes = 0;
  for await (const page of decidedSince(tx, asking.authority.id, asking.nowMs - decidedMs)) {
    const received = page.filter(({ isUnsent }) => !isUnsent);
    const theirs = new Set(await decidedKeys(tx, asking, standing, received));
    for (const one of page) {
      const group = one.isUnsent
        ? await unsentGroup(tx, asking, standing, one)
        : theirs.has(keyText(one)) && (await readGroup(tx, asking, one));
      if (!group) continue;
      bytes += Buffer.byteLength(JSON.stringify(group));
      if (groups.length > 0 && bytes > listLimitBytes) return groups;
      groups.push(group);
      if (groups.length === room) return groups;
    }
  }
  return groups;
}

/**
 * Those of these received groups that this lead decides about, asked for together. Each by itself: where a record would belong is
 * told by its own group.
 */
async function decidedKeys(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  keys: readonly HeldKey[],
): Promise<readonly string[]> {
  const lines = await heldLines(tx, asking.authority.id, { groups: keys });
  const grounds = await groundsOf(tx, asking, lines, await knownHeads(tx, asking, lines), 'group');
  const theirs = linesByGroup(lines).filter((group) => decides(standing, group, grounds));
  return theirs.flatMap(([first]) => (first ? [keyText(first)] : []));
}

/** What was discarded unsent, read by itself; null where this lead does not decide about it. */
async function unsentGroup(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  { device, group, author, decision, receivedMs }: FinalDecision,
): Promise<HeldGroup | null> {
  const content = await discardOf(tx, asking.authority.id, { device, group });
  const lines = content.map(({ record, kind, unit }) => ({ device, group, record, kind, unit, person: author }));
  const grounds = await groundsOf(tx, asking, lines, await knownHeads(tx, asking, lines));
  if (!decides(standing, lines, grounds)) return null;
  const ops = content.map((one) => ({ ...one, claimedMs: decision.atMs, code: null, why: '' }));
  return { device, group, person: author, heldMs: receivedMs, ops, decisions: [decision] };
}
