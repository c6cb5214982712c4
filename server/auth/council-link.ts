/**
 * A person's tie to their account at the council's provider. The provider's own name for an account changes when it is made
 * anew there, or when the provider is set up anew, and then it is nobody's here. Whoever looks after accounts unties it: the next
 * sign-in there with the person's email is bound to them, as the first was.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Server } from '../context.ts';
import { deleteIdentitiesOf } from '../db/council-sign-ins.ts';
import { tell } from '../db/news.ts';
import { addNotice } from '../db/notices.ts';
import { deleteSessionsOf } from '../db/sessions.ts';
import { looksAfter } from './people.ts';

/** Their sessions end, and they are told. False when the one who asks may not, or about themselves, or where nothing is tied. */
export async function unlinkCouncil(server: Server, by: PersonId, person: PersonId): Promise<boolean> {
  const { database, authority, now, newId, log } = server;
  const nowMs = now();
  const isDone = await database.write(async (tx) => {
    if (!(await looksAfter(tx, { authority, person: by, nowMs }, person)) || person === by) return false;
    if (!(await deleteIdentitiesOf(tx, authority.id, person))) return false;
    await deleteSessionsOf(tx, authority.id, person);
    await tell(tx, { kind: 'sessions', person });
    await addNotice(tx, authority.id, newId(), person, { kind: 'council-unlinked', atMs: nowMs });
    return true;
  });
  if (isDone) log({ event: 'council-unlinked', person, by });
  return isDone;
}
