/**
 * A person's tie to their account at the council's provider. The provider's own name for an account changes when it is made
 * anew there, or when the provider is set up anew, and then it is nobody's here. Whoever looks after accounts unties it: the next
 * sign-in there with the person's email is bound to them, as the first was. What was untied is listed outside the database too,
 * by its hash: a database that is put back does not tie it again.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Server } from '../context.ts';
import { deleteIdentitiesOf, type CouncilIdentity } from '../db/council-sign-ins.ts';
import { tell } from '../db/news.ts';
import { addNotice } from '../db/notices.ts';
import { deleteSessionsOf } from '../db/sessions.ts';
import { sha256 } from '../sync/context.ts';
import { looksAfter } from './people.ts';

/** Their sessions end, and they are told. False when the one who asks may not, or about themselves, or where nothing is tied. */
export async function unlinkCouncil(server: Server, by: PersonId, person: PersonId): Promise<boolean> {
  const { database, authority, now, newId, log, revoked } = server;
  const nowMs = now();
  const untied = await database.write(async (tx): Promise<readonly CouncilIdentity[]> => {
    if (!(await looksAfter(tx, { authority, person: by, nowMs }, person)) || person === by) return [];
    const identities = await deleteIdentitiesOf(tx, authority.id, person);
    if (identities.length === 0) return [];
    await deleteSessionsOf(tx, authority.id, person);
    await tell(tx, { kind: 'sessions', person });
    await addNotice(tx, authority.id, newId(), person, { kind: 'council-unlinked', atMs: nowMs });
    return identities;
  });
  if (untied.length === 0) return false;
  revoked.add(
    ...untied.map(
      (each) => ({ kind: 'council', person, account: accountHash(each), tied: false, atMs: nowMs }) as const,
    ),
  );
  log({ event: 'council-unlinked', person, by });
  return true;
}

/** By which the list knows a council account: SHA-256 of the provider and of its name for the account. */
export const accountHash = ({ issuer, subject }: CouncilIdentity): string => sha256(JSON.stringify([issuer, subject]));
