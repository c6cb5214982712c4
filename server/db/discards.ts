/**
 * What people discarded on a laptop without its ever having been received as ops: kept, with its content, beside the decision.
 * Anybody who is signed in can make it large, so it is read a few rows at a time and parsed one by one, never all together.
 */
import { sql } from 'kysely';
import type { JsonObject } from '../../src/domain/canonical.ts';
import type { AuthorityId, PersonId, RecordId } from '../../src/domain/ids.ts';
import type { Kind } from '../../src/domain/record.ts';
import type { HeldKey } from '../../src/protocol/held.ts';
import { decisionOf, type Decision } from './decisions.ts';
import type { Tx } from './tables.ts';

/** Each may be as large as a request. */
const rowsTogether = 8;

/** One unit of what was discarded. */
export interface Unreceived {
  readonly record: RecordId;
  readonly kind: Kind;
  readonly unit: string;
  readonly value: JsonObject;
}

export interface Discard extends Decision {
  readonly content: readonly Unreceived[];
}

/** All of them, oldest first; with `about`, those that may name this record. */
export async function* eachDiscard(tx: Tx, authority: AuthorityId, about?: RecordId): AsyncGenerator<Discard> {
  for (let [receivedMs, device, grp, number] = [-1, '', '', 0]; ;) {
    let page = tx
      .selectFrom('decision')
      .selectAll()
      .where('authority', '=', authority)
      .where('content', 'is not', null)
      // Said apart: an index finds it.
      .where('received_ms', '>=', receivedMs)
      .where(sql<boolean>`(received_ms, device, grp, number) > (${receivedMs}, ${device}, ${grp}, ${number})`)
      .orderBy('received_ms')
      .orderBy('device')
      .orderBy('grp')
      .orderBy('number')
      .limit(rowsTogether);
    if (about !== undefined) page = page.where('content', 'like', `%${about}%`);
    const rows = await page.execute();
    for (const row of rows) yield { ...decisionOf(row), content: unitsIn(row.content) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsTogether) return;
    ({ received_ms: receivedMs, device, grp, number } = last);
  }
}

/** What was discarded of one group; nothing where it has been erased, or was received as ops. */
export async function discardOf(tx: Tx, authority: AuthorityId, key: HeldKey): Promise<readonly Unreceived[]> {
  const row = await tx
    .selectFrom('decision')
    .select('content')
    .where('authority', '=', authority)
    .where('device', '=', key.device)
    .where('grp', '=', key.group)
    .where('content', 'is not', null)
    .executeTakeFirst();
  return unitsIn(row?.content ?? null);
}

const unitsIn = (content: string | null): readonly Unreceived[] =>
  content === null ? [] : (JSON.parse(content) as Unreceived[]);

/** How much of one person's is kept that came since a time. */
export async function discardedSince(
  tx: Tx,
  authority: AuthorityId,
  author: PersonId,
  sinceMs: number,
): Promise<{ readonly groups: number; readonly bytes: number }> {
  const { groups, bytes } = await tx
    .selectFrom('decision')
    .select(({ fn }) => fn.countAll<number>().as('groups'))
    .select(sql<number | null>`sum(octet_length(content))`.as('bytes'))
    .where('authority', '=', authority)
    .where('author', '=', author)
    .where('received_ms', '>=', sinceMs)
    .where('content', 'is not', null)
    .executeTakeFirstOrThrow();
  return { groups: Number(groups), bytes: Number(bytes ?? 0) };
}
