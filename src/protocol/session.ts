/** Sign-in, invitations and recovery on the wire. Replies are wrapped in the same envelope as sync's. */
import * as v from 'valibot';
import { secretMaximum } from '../domain/secrets.ts';
import { authorityId, deviceId, personId } from './op.ts';
import { line } from './text.ts';

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const secret = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const password = v.pipe(v.string(), v.maxLength(secretMaximum));

/** `recovers`: the copy whose passphrase was forgotten. Only a sign-in made for it gives its recovery secret, once. */
export const signInRequestSchema = v.object({ nonce, email: line(200), password, recovers: v.exactOptional(nonce) });
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
/** A QA lead says whether a person may sign in at all. */
export const accessRequestSchema = v.object({ nonce, person: personId, allowed: v.boolean() });
/** The person has read the notices up to this one. */
export const noticedRequestSchema = v.object({ nonce, atMs: v.number() });
/** Deposits, or after a sign-in made for it fetches, the secret that opens a laptop's copy when its passphrase is forgotten. */
export const depositRequestSchema = v.object({ nonce, device: deviceId, keyring: nonce, secret });
export const recoverRequestSchema = v.object({ nonce, keyring: nonce });

/** Whose server this is: said to anybody who asks, so that they see where they sign in. */
export const authorityReplySchema = v.object({ authorityName: v.string() });

/** How many laptops a person has set up, and when the last one, by the server's clock: null before the first. */
const laptopsSchema = v.object({ count: v.number(), lastMs: v.nullable(v.number()) });

/** What was done with an account that its person should know of, and may not have done themselves. */
export const noticeKinds = ['recovery', 'password'] as const;
const noticeSchema = v.object({ kind: v.picklist(noticeKinds), atMs: v.number() });
export type Notice = v.InferOutput<typeof noticeSchema>;

/** Who is signed in. `laptops` and `notices` are absent in replies of older servers. */
export const sessionSchema = v.object({
  authority: authorityId,
  authorityName: v.string(),
  person: personId,
  name: v.string(),
  email: v.string(),
  laptops: v.exactOptional(laptopsSchema),
  notices: v.exactOptional(v.array(noticeSchema)),
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
  access: '/api/session/access',
  noticed: '/api/session/noticed',
  deposit: '/api/session/deposit',
  recover: '/api/session/recover',
} as const;
