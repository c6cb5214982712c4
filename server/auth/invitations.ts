/**
 * Invitations: a link with a token of 256 bits in its fragment, so that it reaches no server's log. Good for seven days and
 * for one use; a new one for the same person takes its place. It also serves to set a new password. It is worth what its maker
 * may do when it is used: one whose maker may not look after the person any more, or may not sign in, opens nothing.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Platform } from '../context.ts';
import { findInvitation, isBlocked, replaceInvitation } from '../db/accounts.ts';
import type { Authority } from '../db/authorities.ts';
import type { Tx } from '../db/tables.ts';
import { looksAfter } from './people.ts';
import { newToken, tokenHash } from './tokens.ts';

export const invitationMs = 7 * 24 * 60 * 60 * 1000;

export const invitationPath = (token: string): string => `/join#${token}`;

/** `by`: who makes it; null for the server, whose links are good without anybody. */
export async function invite(
  tx: Tx,
  authority: Authority,
  { person, by }: { readonly person: PersonId; readonly by: PersonId | null },
  { now, randomBytes }: Pick<Platform, 'now' | 'randomBytes'>,
): Promise<{ readonly token: string; readonly expiresMs: number }> {
  const token = newToken(randomBytes);
  const createdMs = now();
  const expiresMs = createdMs + invitationMs;
  await replaceInvitation(tx, authority.id, { tokenHash: tokenHash(token), person, by, createdMs, expiresMs });
  return { token, expiresMs };
}

/** Whom an open invitation is for; undefined when it is unknown, used, replaced, over or taken back: they look the same. */
export async function invitedPerson(
  tx: Tx,
  authority: Authority,
  token: string,
  nowMs: number,
): Promise<PersonId | undefined> {
  const invitation = await findInvitation(tx, authority.id, tokenHash(token));
  if (invitation === undefined || nowMs >= invitation.expiresMs) return undefined;
  const { person, by } = invitation;
  if (by === null) return person;
  const isGood =
    !(await isBlocked(tx, authority.id, by)) && (await looksAfter(tx, { authority, person: by, nowMs }, person));
  return isGood ? person : undefined;
}
