/** A person opens a record: docs/protocol.md, "Open". For 28 days from then on it is sent to them in full. */
import type { RecordId } from '../../src/domain/ids.ts';
import { noteOpened } from '../db/opened.ts';
import type { Tx } from '../db/tables.ts';
import type { OpenReply } from '../../src/protocol/sync.ts';
import type { Asking } from './context.ts';
import { readStanding } from './standing.ts';
import { sendRecord } from './visible.ts';

/** Null for a record that is absent and for one beyond the person's rights alike; only what is sent is noted. */
export async function openRecord(tx: Tx, asking: Asking, id: RecordId): Promise<OpenReply> {
  const standing = await readStanding(tx, asking);
  if ((await sendRecord(tx, asking, standing, id)) === null) return { record: null };
  await noteOpened(tx, asking.authority.id, asking.person, id, asking.nowMs);
  return { record: await sendRecord(tx, asking, standing, id) };
}
