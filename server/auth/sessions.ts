/**
 * Sessions. A session ends 12 hours after it was last used, 30 days after it was signed in, when its person signs out, signs
 * in again in the same browser, gets a new password (but for the session in which they set it), or may not sign in any more. A request is use once it is let in. The
 * cookie is `__Host-`, Secure, HttpOnly and SameSite=Strict. Once an unlocked copy has used a session, the cookie alone is
 * worth nothing: see `isUnlocked`.
 */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { PersonId } from '../../src/domain/ids.ts';
import type { Authority } from '../db/authorities.ts';
import {
  bindSession,
  deleteSession,
  deleteSessionsBeyond,
  deleteStaleSessions,
  findSession,
  insertSession,
  touchSession,
  type SessionRow,
} from '../db/sessions.ts';
import type { Tx } from '../db/tables.ts';
import type { Database } from '../db/transact.ts';
import { newToken, tokenHash } from './tokens.ts';

export const idleMs = 12 * 60 * 60 * 1000;
export const absoluteMs = 30 * 24 * 60 * 60 * 1000;
/** Of one person at once: one more ends the one that was used longest ago. */
export const sessionsLimit = 50;
/** Use is written down at most this often, so that reading does not mean writing. */
const touchMs = 60 * 1000;

export const sessionCookie = '__Host-plumbline';

export const cookieOptions: CookieSerializeOptions = {
  path: '/',
  secure: true,
  httpOnly: true,
  sameSite: 'strict',
  maxAge: absoluteMs / 1000,
};

const isLive = ({ seenMs, signedInMs }: SessionRow, nowMs: number): boolean =>
  nowMs - seenMs < idleMs && nowMs - signedInMs < absoluteMs;

/** Starts a session and answers its token. The browser's earlier sessions, all stale ones, and those of its person beyond so many end. */
export async function startSession(
  tx: Tx,
  authority: Authority,
  person: PersonId,
  ask: {
    readonly nowMs: number;
    readonly randomBytes: (n: number) => Uint8Array;
    /** The token that the browser sends, if any. */
    readonly earlier: string | undefined;
    /** The hash of one that it had and need not send. */
    readonly earlierHash?: string | null;
    /** The keyring whose recovery secret this sign-in is for. */
    readonly recovers?: string | undefined;
  },
): Promise<string> {
  const { nowMs, randomBytes, earlier, earlierHash = null, recovers = null } = ask;
  if (earlier !== undefined) await deleteSession(tx, authority.id, tokenHash(earlier));
  if (earlierHash !== null) await deleteSession(tx, authority.id, earlierHash);
  await deleteStaleSessions(tx, authority.id, nowMs - idleMs, nowMs - absoluteMs);
  const token = newToken(randomBytes);
  const seen = { signedInMs: nowMs, seenMs: nowMs };
  await insertSession(tx, authority.id, {
    tokenHash: tokenHash(token),
    person,
    ...seen,
    unlockedHash: null,
    recovers,
    device: null,
    noticedMs: null,
  });
  await deleteSessionsBeyond(tx, authority.id, person, sessionsLimit);
  return token;
}

/** The live session of a cookie, or undefined. Looking is not use: whoever lets a request in says so (`noteUse`). */
export async function resolveSession(
  database: Database,
  authority: Authority,
  token: string | undefined,
  nowMs: number,
): Promise<SessionRow | undefined> {
  if (token === undefined) return undefined;
  const hash = tokenHash(token);
  const session = await database.read((tx) => findSession(tx, authority.id, hash));
  return session !== undefined && isLive(session, nowMs) ? session : undefined;
}

/** A request was let in with a session: its idle hours begin anew. What is refused for want of the proof is no use of it. */
export async function noteUse(
  database: Database,
  authority: Authority,
  { tokenHash, seenMs }: Pick<SessionRow, 'tokenHash' | 'seenMs'>,
  nowMs: number,
): Promise<void> {
  if (nowMs - seenMs >= touchMs) await database.write((tx) => touchSession(tx, authority.id, tokenHash, nowMs));
}

/** Whether a session is still live for whoever shows this, without counting as use of it. */
export async function isSessionLive(
  database: Database,
  authority: Authority,
  hash: string,
  nowMs: number,
  proof?: string,
): Promise<boolean> {
  const session = await database.read((tx) => findSession(tx, authority.id, hash));
  return session !== undefined && isLive(session, nowMs) && isUnlocked(session, proof);
}

/**
 * Whether a request shows what the copy shows that this session belongs to. A session of which no copy has shown anything yet
 * (between sign-in and the first unlocking) is its cookie's alone.
 */
export const isUnlocked = ({ unlockedHash }: SessionRow, proof: string | undefined): boolean =>
  unlockedHash === null || (proof !== undefined && tokenHash(proof) === unlockedHash);

/** The same, and a session that belongs to no copy yet belongs from now on to the one that shows this. */
export async function unlock(
  database: Database,
  authority: Authority,
  session: SessionRow,
  proof: string | undefined,
): Promise<boolean> {
  if (session.unlockedHash !== null || proof === undefined) return isUnlocked(session, proof);
  return database.write((tx) => bindSession(tx, authority.id, session.tokenHash, tokenHash(proof)));
}
