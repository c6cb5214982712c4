/** The held groups that a lead decides about, and how many there are: docs/protocol.md, "Held" (held 3). Reads one snapshot. */
import type { Standing } from '../../src/domain/rights.ts';
import type { HeldGroup, HeldKey, HeldList } from '../../src/protocol/held.ts';
import {
  decisionsOf,
  decisionsSince,
  heldGroup,
  heldLines,
  undecided,
  type HeldLine,
  type StoredDecision,
} from '../db/held.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { decides, groundsOf, linesByGroup } from './deciders.ts';
import { readStanding } from './standing.ts';

/** How long what was decided stays in the list. */
const decidedMs = 30 * 24 * 60 * 60 * 1000;
/** The contents of a list end after this; at least one group is sent. */
export const listLimitBytes = 512 * 1024;

export async function listHeld(tx: Tx, asking: Asking, limit: number): Promise<HeldList> {
  const standing = await readStanding(tx, asking);
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

async function decidable(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  of: Parameters<typeof heldLines>[2],
): Promise<HeldLine[][]> {
  const lines = await heldLines(tx, asking.authority.id, of);
  const grounds = await groundsOf(tx, asking, lines);
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
  const decided = (await decisionsSince(tx, asking.authority.id, asking.nowMs - decidedMs)).filter(
    ({ decision }) => decision.what !== 'returned',
  );
  const groups: HeldGroup[] = [];
  for (const one of decided) {
    if (groups.length === room) break;
    const group = await lookedBackAt(tx, asking, standing, one);
    if (group !== null) groups.push(group);
  }
  return groups;
}

async function lookedBackAt(
  tx: Tx,
  asking: Asking,
  standing: Standing,
  { device, group, author, decision, receivedMs, content }: StoredDecision,
): Promise<HeldGroup | null> {
  const known = content === null ? await readGroup(tx, asking, { device, group }) : null;
  const ops = known?.ops ?? (content ?? []).map((one) => ({ ...one, claimedMs: decision.atMs, code: null, why: '' }));
  const lines = ops.map(({ record, kind, unit }): HeldLine => {
    return { device, group, person: author, record, kind, unit, state: decision.what };
  });
  if (!decides(standing, lines, await groundsOf(tx, asking, lines))) return null;
  return known ?? { device, group, person: author, heldMs: receivedMs, ops, decisions: [decision] };
}
