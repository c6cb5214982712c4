/** What people decided about held groups. Read here without the content of what was discarded unsent, which may be long: `discards`. */
import { sql } from 'kysely';
import type { AuthorityId, PersonId } from '../../src/domain/ids.ts';
import type { HeldDecision, HeldKey } from '../../src/protocol/held.ts';
import { decidedEntry, decisionHash } from '../../src/domain/server-chain.ts';
import { sha256 } from '../sync/context.ts';
import { appendEntries } from './chain.ts';
import { keyOf } from './held.ts';
import { inStatements } from './statements.ts';
import type { Tables, Tx } from './tables.ts';

export interface Decision extends HeldKey {
  readonly author: PersonId;
  readonly decision: HeldDecision;
  readonly receivedMs: number;
}

/** A decision to keep, with the salt under which its words enter the chain: random, 32 hex digits. */
export interface NewDecision extends Decision {
  /** As JSON, of what was discarded unsent; null otherwise. */
  readonly content: string | null;
  readonly salt: string;
}

/** All that is kept of a decision but its content, which may be long. */
const decisionColumns = [
  'device',
  'grp',
  'number',
  'author',
  'what',
  'by_person',
  'why',
  'at_ms',
  'received_ms',
] as const;

/** The decisions about one group, oldest first. */
export async function decisionsOf(tx: Tx, authority: AuthorityId, key: HeldKey): Promise<Decision[]> {
  const rows = await tx
    .selectFrom('decision')
    .select(decisionColumns)
    .where('authority', '=', authority)
    .where('device', '=', key.device)
    .where('grp', '=', key.group)
    .orderBy('number')
    .execute();
  return rows.map(decisionOf);
}

const decisionsTogether = 200;

/** A decision, and whether the content of what was discarded is kept with it: where there are no ops. */
export interface FinalDecision extends Decision {
  readonly isUnsent: boolean;
}

/** What was decided for good since a time, newest first, some at a time. */
export async function* decidedSince(
  tx: Tx,
  authority: AuthorityId,
  sinceMs: number,
): AsyncGenerator<readonly FinalDecision[]> {
  const all = tx
    .selectFrom('decision')
    .select(decisionColumns)
    .select(sql<number>`case when content is null then 0 else 1 end`.as('unsent'))
    .where('authority', '=', authority)
    .where('received_ms', '>=', sinceMs)
    .where('what', '!=', 'returned')
    .orderBy('received_ms', 'desc')
    .orderBy('device')
    .orderBy('grp')
    .orderBy('number')
    .limit(decisionsTogether);
  for (let page = all; ;) {
    const rows = await page.execute();
    yield rows.map((row) => ({ ...decisionOf(row), isUnsent: row.unsent === 1 }));
    const last = rows.at(-1);
    if (last === undefined || rows.length < decisionsTogether) return;
    const { received_ms: ms, device, grp, number } = last;
    const behind = sql<boolean>`(received_ms < ${ms} or (device, grp, number) > (${device}, ${grp}, ${number}))`;
    page = all.where('received_ms', '<=', ms).where(behind);
  }
}

/** Decisions about received groups of these ids, oldest first. */
export async function decisionsAmong(tx: Tx, authority: AuthorityId, groups: readonly string[]): Promise<Decision[]> {
  const rows = [];
  for (const some of inStatements(groups))
    rows.push(
      ...(await tx
        .selectFrom('decision')
        .select(decisionColumns)
        .where('authority', '=', authority)
        .where('grp', 'in', some)
        .where('content', 'is', null)
        .orderBy('received_ms')
        .orderBy('device')
        .orderBy('grp')
        .orderBy('number')
        .execute()),
    );
  return rows.map(decisionOf);
}

export const decisionOf = (row: Pick<Tables['decision'], (typeof decisionColumns)[number]>): Decision => ({
  ...keyOf(row.device, row.grp),
  author: row.author as PersonId,
  decision: {
    what: row.what as HeldDecision['what'],
    by: row.by_person as PersonId,
    why: row.why,
    atMs: row.at_ms,
  },
  receivedMs: row.received_ms,
});

/** Adds a decision about a group, whose ops then have that state. */
export async function addDecision(tx: Tx, authority: AuthorityId, number: number, stored: NewDecision): Promise<void> {
  const { device, group, author, decision, receivedMs, content, salt } = stored;
  const { what, by, why, atMs } = decision;
  const hash = decisionHash(sha256, salt, why, content);
  await tx
    .insertInto('decision')
    .values({
      authority,
      device,
      grp: group,
      number,
      author,
      what,
      by_person: by,
      why,
      at_ms: atMs,
      received_ms: receivedMs,
      content,
      salt,
      hash,
    })
    .execute();
  const said = { device, group, number, author, what, by, atMs, receivedMs, hash };
  await appendEntries(tx, authority, [decidedEntry(said)]);
  const ops = tx
    .selectFrom('op')
    .select('op.seq')
    .where('op.authority', '=', authority)
    .where('op.device', '=', device)
    .where('op.grp', '=', group);
  await tx
    .updateTable('held')
    .set({ state: decision.what })
    .where('authority', '=', authority)
    .where('device', '=', device)
    .where('seq', 'in', ops)
    .execute();
}
