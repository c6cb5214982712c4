/** Sign-in, invitations and recovery on the wire. Replies are wrapped in the same envelope as sync's. */
import * as v from 'valibot';
import { secretMaximum } from '../domain/secrets.ts';
import { authorityId, deviceId, personId } from './op.ts';
import { line } from './text.ts';

const nonce = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const secret = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const password = v.pipe(v.string(), v.maxLength(secretMaximum));

/** A code of an authenticator app, or a recovery code; spaces and dashes are for reading. */
const code = line(40);

/**
 * `code`: of the second factor, once the server has asked for it. `recovers`: the copy whose passphrase was forgotten. Only a
 * sign-in made for it gives its recovery secret, once.
 */
export const signInRequestSchema = v.object({
  nonce,
  email: line(200),
  password,
  code: v.exactOptional(code),
  recovers: v.exactOptional(nonce),
});
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
/** The notices up to this one have been read: in this session, or for good where its laptop vouches for its person. */
export const noticedRequestSchema = v.object({ nonce, atMs: v.number() });
/** Changes one’s own password, showing the one in use, and a code where there is a second factor. */
export const changePasswordRequestSchema = v.object({
  nonce,
  password,
  newPassword: password,
  code: v.exactOptional(code),
});
/** Begins setting up a second factor (with a code of the one in use, if any), proves it, or takes it away: each asks again for what only the person has. */
export const beginFactorRequestSchema = v.object({ nonce, password, code: v.exactOptional(code) });
export const confirmFactorRequestSchema = v.object({ nonce, code });
export const removeFactorRequestSchema = v.object({ nonce, password, code });
/** A QA lead takes away the second factor of somebody who has lost theirs. */
export const resetFactorRequestSchema = v.object({ nonce, person: personId });
/** Unties somebody from their account at the council's provider, so that another with their email may be theirs. */
export const unlinkCouncilRequestSchema = v.object({ nonce, person: personId });

/** Of each person with an account: what a QA lead sees of it. */
export const accountsReplySchema = v.object({
  accounts: v.array(
    v.object({
      person: personId,
      hasPassword: v.boolean(),
      blocked: v.boolean(),
      secondFactor: v.boolean(),
      /** Whether an account at the council's provider is tied to them; absent where none is. */
      council: v.exactOptional(v.boolean()),
    }),
  ),
});
export type Account = v.InferOutput<typeof accountsReplySchema>['accounts'][number];
/**
 * Deposits the secret that opens a laptop's copy when its passphrase is forgotten. `person`: whose secret it is, absent in requests
 * of older builds.
 */
export const depositRequestSchema = v.object({
  nonce,
  device: deviceId,
  keyring: nonce,
  secret,
  person: v.exactOptional(personId),
});
/** `mark`: the SHA-256 of the secret (`depositMark`), from which 256 random bits cannot be had. */
export const depositedRequestSchema = v.object({
  nonce,
  keyring: nonce,
  mark: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});
/** Fetches that secret, after a sign-in made for it. */
export const recoverRequestSchema = v.object({ nonce, keyring: nonce });

/** Whose server this is: said to anybody who asks, so that they see where they sign in. */
export const authorityReplySchema = v.object({
  authorityName: v.string(),
  /** Whether people sign in with their council's own account. Absent in replies of older servers. */
  councilSignIn: v.exactOptional(v.boolean()),
  /** Whom the council names for accessibility. Absent where it names nobody, and in replies of older servers. */
  accessibilityContact: v.exactOptional(v.string()),
});
export type AuthorityReply = v.InferOutput<typeof authorityReplySchema>;

/** How many laptops a person has set up, and when the last one, by the server's clock: null before the first. */
const laptopsSchema = v.object({ count: v.number(), lastMs: v.nullable(v.number()) });

/** What was done with an account that its person should know of, and may not have done themselves. */
export const noticeKinds = [
  'recovery',
  'password',
  'password-changed',
  'email-changed',
  'factor-set',
  'factor-reset',
  'factor-removed',
  'council-linked',
  'council-unlinked',
  'laptop-lost',
  'laptop-stolen',
] as const;
/** `other`: of a kind that this build does not know. */
const noticeKind = v.fallback(v.picklist([...noticeKinds, 'other']), 'other');
const noticeSchema = v.object({ kind: noticeKind, atMs: v.number() });
export type Notice = v.InferOutput<typeof noticeSchema>;

/** Whether a person has a second factor, must have one, and how many of its recovery codes are left. */
const factorSchema = v.object({ enrolled: v.boolean(), required: v.boolean(), codesLeft: v.number() });
export type FactorState = v.InferOutput<typeof factorSchema>;

/**
 * Who is signed in. `laptops`, `notices`, `factor` and `hasPassword` (whether they have a password here, and not a council account alone)
 * are absent in replies of older servers.
 */
export const sessionSchema = v.object({
  authority: authorityId,
  authorityName: v.string(),
  person: personId,
  name: v.string(),
  email: v.string(),
  laptops: v.exactOptional(laptopsSchema),
  notices: v.exactOptional(v.array(noticeSchema)),
  factor: v.exactOptional(factorSchema),
  hasPassword: v.exactOptional(v.boolean()),
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
/** Whether the server holds this very secret. */
export const depositedReplySchema = v.object({ isKept: v.boolean() });
export const recoverReplySchema = v.object({ secret });
export const nothingSchema = v.object({});

/** What a server is shown to compare a secret with the one it holds. */
export const depositMark = (hash: (text: string) => string, secret: string): string =>
  hash(`plumbline.deposit.1 ${secret}`);

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
  accounts: '/api/session/accounts',
  changePassword: '/api/session/password',
  beginFactor: '/api/session/factor/begin',
  confirmFactor: '/api/session/factor/confirm',
  removeFactor: '/api/session/factor/remove',
  resetFactor: '/api/session/factor/reset',
  unlinkCouncil: '/api/session/council/unlink',
  deposit: '/api/session/deposit',
  deposited: '/api/session/deposited',
  recover: '/api/session/recover',
} as const;

/** Addresses that the browser goes to: the way to the council's provider (`?recovers=` a keyring), and back into the app. */
export const councilPaths = { start: '/api/session/council', back: '/signed-in' } as const;

export const councilRefusals = ['refused', 'failed', 'away', 'unknown', 'blocked', 'groups'] as const;
export type CouncilRefusal = (typeof councilRefusals)[number];

/** The way there; with the keyring whose recovery secret the sign-in is to fetch. */
export const councilStart = (recovers?: string): string =>
  recovers === undefined ? councilPaths.start : `${councilPaths.start}?recovers=${recovers}`;

/** What came of the way to the council's provider: signed in, if need be to recover a keyring, or why not. */
const councilReturnSchema = v.object({
  refused: v.exactOptional(v.picklist(councilRefusals)),
  recovers: v.exactOptional(nonce),
});
export type CouncilReturn = v.InferOutput<typeof councilReturnSchema>;

/** The address in the app to which somebody comes back. */
export const councilReturn = ({ refused, recovers }: CouncilReturn): string => {
  const said = new URLSearchParams({ ...(refused ? { refused } : {}), ...(recovers ? { recovers } : {}) }).toString();
  return `${councilPaths.back}${said === '' ? '' : `#${said}`}`;
};

/** What an address says of it; null when it is another address. */
export function readCouncilReturn(path: string, fragment: string): CouncilReturn | null {
  if (path !== councilPaths.back) return null;
  const read = v.safeParse(councilReturnSchema, Object.fromEntries(new URLSearchParams(fragment.replace(/^#/, ''))));
  return read.success ? read.output : { refused: 'failed' };
}
