/** Sign-in, invitations and recovery on the wire. Replies are wrapped in the same envelope as sync's. */
import * as v from 'valibot';
import { authorityId, deviceId, personId } from './op.ts';
import { line } from './text.ts';

/** Shortest password and passphrase, in characters. Length and no composition rules (NCSC). */
export const passwordMinimum = 12;
export const passwordMaximum = 200;

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const secret = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const password = v.pipe(v.string(), v.maxLength(passwordMaximum));

export const signInRequestSchema = v.object({ nonce, email: line(200), password });
export const plainRequestSchema = v.object({ nonce });
/** Looks at an invitation without using it. */
export const invitationRequestSchema = v.object({ nonce, token });
/** Uses an invitation: sets the password and signs in. `name` and `email` go with one that says `needsProfile`. */
export const joinRequestSchema = v.object({
  nonce,
  token,
  password,
  name: v.exactOptional(v.pipe(line(120), v.minLength(1))),
  email: v.exactOptional(v.pipe(line(200), v.regex(/^[^\s@]{1,100}@[^\s@]{1,99}$/))),
});
/** A QA lead asks for a link for a person whose record the server has. */
export const inviteRequestSchema = v.object({ nonce, person: personId });
/** Deposits, or after a fresh sign-in fetches, the secret that opens a laptop's copy when its passphrase is forgotten. */
export const depositRequestSchema = v.object({ nonce, device: deviceId, keyring: nonce, secret });
export const recoverRequestSchema = v.object({ nonce, keyring: nonce });

/** Whose server this is: said to anybody who asks, so that they see where they sign in. */
export const authorityReplySchema = v.object({ authorityName: v.string() });

/** Who is signed in. */
export const sessionSchema = v.object({
  authority: authorityId,
  authorityName: v.string(),
  person: personId,
  name: v.string(),
  email: v.string(),
});
export type Session = v.InferOutput<typeof sessionSchema>;

/** `needsProfile`: the first QA lead says their own name and email when joining; both are empty here then. */
export const invitationReplySchema = v.object({
  authorityName: v.string(),
  name: v.string(),
  email: v.string(),
  needsProfile: v.boolean(),
});
export type Invitation = v.InferOutput<typeof invitationReplySchema>;

/** `link` is a path with the token in its fragment, so that it reaches no server log. */
export const inviteReplySchema = v.object({ link: v.string(), expiresMs: v.number() });
export const recoverReplySchema = v.object({ secret });
export const nothingSchema = v.object({});

export const sessionPaths = {
  session: '/api/session',
  authority: '/api/session/authority',
  signIn: '/api/session/sign-in',
  signOut: '/api/session/sign-out',
  invitation: '/api/session/invitation',
  join: '/api/session/join',
  invite: '/api/session/invite',
  deposit: '/api/session/deposit',
  recover: '/api/session/recover',
} as const;
