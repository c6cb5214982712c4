/** What laptops have seen confirmed and this server does not know (regather 4). Believed only as a list, and a number beside figures, for people to look at. */
import { parseOpId } from '../../src/domain/ids.ts';
import type { MissingOp } from '../../src/protocol/sync.ts';
import { anybody, countMissing, countTold, everybody, type Missing } from '../db/missing.ts';
import { regatherMs, restoredMs } from '../db/restored.ts';
import { insertMissing } from '../db/tell-missing.ts';
import type { Tx } from '../db/tables.ts';
import type { Asking } from './context.ts';
import { isProved, isRegathering, proveLoss } from './regathering.ts';

/** An end to filling the database: beyond this, only that there is more. */
const missingLimit = 50_000;

/** The same of what one person tells of: a share of the list where something shows a loss, and apart from it where nothing does. */
const tellerLimit = 10_000;

/** Answers whether this has shown that the database was put back. */
export async function tellMissing(tx: Tx, asking: Asking, missing: readonly MissingOp[]): Promise<boolean> {
  if (!(await isRegathering(tx, asking))) return false;
  const listed = missing.map(({ op, record, kind, unit, author, madeMs = null }) => ({
    ...parseOpId(op),
    person: author,
    record,
    kind,
    unit,
    madeMs,
  }));
  return noteMissing(tx, asking, listed);
}

/** Lists ops as missing, as far as there is room. Answers whether this has shown that the database was put back. */
export async function noteMissing(tx: Tx, asking: Asking, missing: readonly Missing[]): Promise<boolean> {
  const { authority, person, nowMs } = asking;
  const room = Math.max(0, await roomFor(tx, asking));
  // What was told of after another restore shows nothing of this one.
  const before = await restoredMs(tx, authority.id);
  const sinceMs = Math.max(nowMs - regatherMs, before === undefined ? 0 : before + regatherMs);
  const isConfirmed = await insertMissing(tx, authority.id, missing, { person, nowMs, room, sinceMs });
  return isConfirmed && (await proveLoss(tx, asking));
}

/** How many more places this person may list. Nobody takes the room of others: it is counted by who told. */
async function roomFor(tx: Tx, asking: Asking): Promise<number> {
  const { authority, person } = asking;
  const forAll = await countTold(tx, authority.id, person, everybody);
  if (!(await isProved(tx, asking))) return tellerLimit + forAll - (await countTold(tx, authority.id, person, anybody));
  return Math.min(tellerLimit - forAll, missingLimit - (await countMissing(tx, authority.id, everybody)));
}
