/** What laptops have seen confirmed and this server does not know (regather 4). Believed only as a list for people to look at. */
import { parseOpId } from '../../src/domain/ids.ts';
import type { MissingOp } from '../../src/protocol/sync.ts';
import { countMissing, insertMissing } from '../db/restored.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isRegathering } from './waiting.ts';

/** An end to filling the database: beyond this, only that there is more. */
const missingLimit = 50_000;

export async function tellMissing(tx: Tx, asking: Asking, missing: readonly MissingOp[]): Promise<void> {
  const { authority, nowMs } = asking;
  if (!(await isRegathering(tx, asking)) || (await countMissing(tx, authority.id)) >= missingLimit) return;
  const listed = missing.map(({ op, record, kind, unit, author }) => ({
    ...parseOpId(op),
    person: author,
    record,
    kind,
    unit,
  }));
  await insertMissing(tx, authority.id, listed, nowMs);
}
