/**
 * Which notices of an account stand, and for whom reading one counts. Promises:
 *  - whoever takes over an account cannot keep from its person what they did: what their session reads is hidden in that session
 *  - a laptop vouches for its person when it was known before everything that stands, by its key: what is read there is read
 *    for good. One whose passphrase was recovered vouches for nothing while that stands: it may be in other hands
 *  - nobody is told for ever: after 30 days any session reads for good, after 90 days a notice goes by itself
 */
import { noticeKinds, type Notice } from '../../src/protocol/session.ts';
import type { Server } from '../context.ts';
import { isCopyBefore } from '../db/claims.ts';
import { deleteNotices, deleteNoticesOfAll, noticesSince, type NoticeRow } from '../db/notices.ts';
import { saveNoticed, type SessionRow } from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';

const dayMs = 24 * 60 * 60 * 1000;
export const standingMs = 90 * dayMs;
/** As long as only a laptop that vouches reads for good. No session lasts longer. */
export const vouchedMs = 30 * dayMs;

/** More are not told at once; the oldest come first. */
const toldLimit = 50;

type Asking = Pick<Server, 'authority' | 'now'>;

/** What a session is told, oldest first. A kind that this build does not know is passed over, and stays. */
export async function noticesFor(
  tx: Tx,
  { authority, now }: Asking,
  { person, noticedMs }: Pick<SessionRow, 'person' | 'noticedMs'>,
): Promise<Notice[]> {
  const afterMs = Math.max(now() - standingMs, noticedMs ?? 0);
  const rows = await noticesSince(tx, authority.id, person, afterMs);
  return rows.slice(0, toldLimit).flatMap(({ kind, atMs }) => {
    const known = noticeKinds.find((one) => one === kind);
    return known === undefined ? [] : [{ kind: known, atMs }];
  });
}

/** A session has read those up to `atMs`. */
export async function readNotices(
  tx: Tx,
  { authority, now }: Asking,
  session: SessionRow,
  atMs: number,
): Promise<void> {
  const nowMs = now();
  const standing = await noticesSince(tx, authority.id, session.person, nowMs - standingMs);
  const last = standing.filter((notice) => notice.atMs <= atMs).at(-1);
  if (last === undefined) return;
  await saveNoticed(tx, authority.id, session.tokenHash, Math.max(last.atMs, session.noticedMs ?? 0));
  const recent = standing.filter((notice) => nowMs - notice.atMs < vouchedMs);
  const forGood = (await vouches(tx, authority, session, recent)) ? last.atMs : Math.min(last.atMs, nowMs - vouchedMs);
  await deleteNotices(tx, authority.id, session.person, forGood);
}

async function vouches(
  tx: Tx,
  authority: Server['authority'],
  { person, unlockedHash }: SessionRow,
  notices: readonly NoticeRow[],
): Promise<boolean> {
  const [oldest] = notices;
  if (oldest === undefined) return true;
  if (unlockedHash === null) return false;
  const mayBeRecovered = ({ kind, copy }: NoticeRow): boolean =>
    kind === 'recovery' && (copy === null || copy === unlockedHash);
  if (notices.some(mayBeRecovered)) return false;
  return isCopyBefore(tx, authority.id, person, { unlockedHash, beforeMs: oldest.atMs });
}

/** What has stood its time goes. */
export const forgetNotices = ({ database, authority, now }: Server): Promise<void> =>
  database.write((tx) => deleteNoticesOfAll(tx, authority.id, now() - standingMs));
