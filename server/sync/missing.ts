/** What laptops have seen confirmed and this server does not know (regather 4). Believed only as a list for people to look at. */
import { parseOpId } from '../../src/domain/ids.ts';
import type { MissingOp } from '../../src/protocol/sync.ts';
import { countMissing, insertMissing, type Missing } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isRegathering } from './waiting.ts';

/** An end to filling the database: beyond this, only that there is more. */
const missingLimit = 50_000;

export async function tellMissing(tx: Tx, asking: Asking, missing: readonly MissingOp[]): Promise<void> {
  if (!(await isRegathering(tx, asking))) return;
  const listed = missing.map(({ op, record, kind, unit, author, madeMs = null }) => ({
    ...parseOpId(op),
    person: author,
    record,
    kind,
    unit,
    madeMs,
  }));
  await noteMissing(tx, asking, listed);
}

/** Lists ops as missing, as far as there is room. */
export async function noteMissing(
  tx: Tx,
  { authority, nowMs }: Pick<Asking, 'authority' | 'nowMs'>,
  missing: readonly Missing[],
): Promise<void> {
  const room = missingLimit - (await countMissing(tx, authority.id));
  if (room > 0) await insertMissing(tx, authority.id, missing.slice(0, room), nowMs);
}
