/** The rows of who may sign in and how: accounts, sessions, second factors, invitations, recovery. Of `Tables` with the rest. */
import type { Generated } from 'kysely';

export interface AccountTable {
  readonly authority: string;
  readonly person: string;
  /** The scrypt hash with its parameters and salt, as JSON. */
  readonly password: string;
  readonly changed_ms: number;
  /** Since when this person may not sign in; null when they may. */
  readonly blocked_ms: Generated<number | null>;
}

export interface SessionTable {
  readonly authority: string;
  readonly token_hash: string;
  readonly person: string;
  readonly signed_in_ms: number;
  readonly seen_ms: number;
  /** SHA-256 of what only the unlocked copy can say; null until one has used the session. */
  readonly unlocked_hash: string | null;
  /** The keyring whose recovery secret this sign-in may fetch, once. */
  readonly recovers: string | null;
  /** The laptop that syncs with it; null before the first request. */
  readonly device: Generated<string | null>;
  /** The notices up to this have been read in it; null for none. */
  readonly noticed_ms: Generated<number | null>;
}

/** Wrong tries at signing in. */
export interface WrongTryTable {
  readonly authority: string;
  /** A hash of the account, the address or the browser. */
  readonly subject: string;
  readonly count: number;
  readonly last_ms: number;
}

/** What was done with an account, for its person to be told of. */
export interface NoticeTable {
  readonly authority: string;
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly at_ms: number;
  /** Of a recovery, which copy it opened, where that is known. */
  readonly copy: string | null;
}

/** The key of a person's second factor, sealed: the one in use, and the one that is being set up. */
export interface SecondFactorTable {
  readonly authority: string;
  readonly person: string;
  readonly secret: string | null;
  /** The time step of the last code that was taken. */
  readonly last_step: number;
  readonly pending: string | null;
  /** Since when the key is in use; null until one has been proved. */
  readonly confirmed_ms: number | null;
}

/** Recovery codes that have not been used, as keyed hashes. */
export interface RecoveryCodeTable {
  readonly authority: string;
  readonly person: string;
  readonly code_hash: string;
  /** 1 while its key is being set up. */
  readonly pending: number;
}

/** Which account of the council's provider is which person. */
export interface IdentityTable {
  readonly authority: string;
  readonly issuer: string;
  readonly subject: string;
  readonly person: string;
}

/** A sign-in with a council account that has begun, for one use. */
export interface CouncilTryTable {
  readonly authority: string;
  readonly state_hash: string;
  readonly browser_hash: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly recovers: string | null;
  readonly begun_ms: number;
  readonly session_hash: string | null;
  readonly marks: string | null;
}

export interface InvitationTable {
  readonly authority: string;
  readonly token_hash: string;
  readonly person: string;
  /** Who made it; null for the server, and for those from before that was kept. */
  readonly by_person: string | null;
  readonly created_ms: number;
  readonly expires_ms: number;
}

/** A laptop: one person's copy in one browser. */
export interface LaptopTable {
  readonly authority: string;
  readonly device: string;
  readonly person: string;
  readonly keyring: string | null;
  /** SHA-256 of what only the unlocked copy can say. */
  readonly unlocked_hash: string | null;
  /** Since when that has been so; null where it has said nothing. */
  readonly proved_ms: number | null;
  /** What its browser said at the first contact; empty where that was not kept. */
  readonly browser: string;
  /** What its person calls it. */
  readonly name: string;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly app: string | null;
  /** How many changes it had that the server did not, and when it said so. */
  readonly unsent: number | null;
  readonly unsent_ms: number | null;
  /** When, being revoked, it had handed over all it had; and when it said that its copy is no more. */
  readonly gave_ms: number | null;
  readonly gone_ms: number | null;
  readonly given_up: number | null;
}

/** A laptop that is to forget its copy, in one of two forms. Never updated, never deleted. */
export interface RevocationTable {
  readonly authority: string;
  readonly device: string;
  readonly form: string;
  /** Whose laptop it is. */
  readonly person: string;
  readonly by_person: string;
  readonly at_ms: number;
  readonly reason: string;
  /** What the chain has of the reason: `revocationHash`, and the salt of that. */
  readonly salt: string;
  readonly hash: string;
}

export interface RecoveryTable {
  readonly authority: string;
  readonly person: string;
  readonly keyring: string;
  readonly device: string;
  /** The recovery secret, encrypted under a key that is not in the database. */
  readonly sealed: string;
  /** When first. */
  readonly deposited_ms: number;
}
