/**
 * Who may sign in. A QA lead or an administrator stops somebody, or lets them again: every session and open link of theirs, and each
 * that they have made for others, ends, and nothing of their work is touched, here or on their laptop. What they had not sent is sent once they may sign in
 * again.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Server } from '../context.ts';
import { deleteInvitationsBy, deleteInvitationsOf, saveBlocked } from '../db/accounts.ts';
import { tell } from '../db/news.ts';
import { deleteSessionsOf } from '../db/sessions.ts';
import { looksAfter } from './people.ts';

interface Access {
  readonly person: PersonId;
  readonly allowed: boolean;
}

/** False when the one who asks may not, about themselves (so somebody stays QA lead), or about nobody there is. */
export async function changeAccess(server: Server, by: PersonId, { person, allowed }: Access): Promise<boolean> {
  const { database, authority, now, log, revoked } = server;
  const nowMs = now();
  const isDone = await database.write(async (tx) => {
    if (!(await looksAfter(tx, { authority, person: by, nowMs }, person)) || person === by) return false;
    await saveBlocked(tx, authority.id, person, allowed ? null : nowMs, nowMs);
    if (allowed) return true;
    await deleteInvitationsOf(tx, authority.id, person);
    await deleteInvitationsBy(tx, authority.id, person);
    await deleteSessionsOf(tx, authority.id, person);
    await tell(tx, { kind: 'sessions', person });
    return true;
  });
  if (!isDone) return false;
  revoked.add({ kind: 'access', person, blocked: !allowed, atMs: nowMs });
  log({ event: 'access-changed', person, by, allowed });
  return true;
}
