/**
 * Invitations: a link with a token of 256 bits in its fragment, so that it reaches no server's log. Good for seven days and
 * for one use; a new one for the same person takes its place. It also serves to set a new password.
 */
import type { PersonId } from '../../src/domain/ids.ts';
import type { Platform } from '../context.ts';
import { findInvitation, replaceInvitation } from '../db/accounts.ts';
import type { Authority } from '../db/authorities.ts';
import type { Tx } from '../db/tables.ts';
import { newToken, tokenHash } from './tokens.ts';

export const invitationMs = 7 * 24 * 60 * 60 * 1000;

export const invitationPath = (token: string): string => `/join#${token}`;

export async function invite(
  tx: Tx,
  authority: Authority,
  person: PersonId,
  { now, randomBytes }: Pick<Platform, 'now' | 'randomBytes'>,
): Promise<{ readonly token: string; readonly expiresMs: number }> {
  const token = newToken(randomBytes);
  const createdMs = now();
  const expiresMs = createdMs + invitationMs;
  await replaceInvitation(tx, authority.id, { tokenHash: tokenHash(token), person, createdMs, expiresMs });
  return { token, expiresMs };
}

/** Whom an open invitation is for; undefined when it is unknown, used, replaced or over: the four look the same. */
export async function invitedPerson(
  tx: Tx,
  authority: Authority,
  token: string,
  nowMs: number,
): Promise<PersonId | undefined> {
  const invitation = await findInvitation(tx, authority.id, tokenHash(token));
  return invitation && nowMs < invitation.expiresMs ? invitation.person : undefined;
}
